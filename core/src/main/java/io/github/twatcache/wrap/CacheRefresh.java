package io.github.twatcache.wrap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method compute anew what a {@link Cached} method of the same interface returns: what it returns takes the place of
 * the stored result for the same arguments.
 *
 * <pre>{@code
 * public interface Weather {
 *     @Cached(name = "forecasts")
 *     Forecast forecast(String city, int day);
 *
 *     @CacheRefresh(cache = "forecasts")
 *     default Forecast freshForecast(String city, int day) {
 *         return forecast(city, day); // of the target, which caches nothing
 *     }
 * }
 * }</pre>
 *
 * <p>It has the parameters of the cached method, in the same order, and its result. Others are answered with the old result
 * meanwhile; a computation of the same result that runs ends first; calls that arrive while others for the same key wait
 * share one run. If the method throws, the exception passes through unchanged, and the old result stays. It is no place for
 * writes, which must all run: they want {@link CacheInvalidate}. It may stand beside {@link CacheInvalidate} of other
 * caches.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface CacheRefresh {
    /**
     * The cache.
     *
     * @return the name, or the method, of a {@link Cached} method of the same interface
     */
    String cache();
}
