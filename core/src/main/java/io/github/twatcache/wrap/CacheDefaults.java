package io.github.twatcache.wrap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What holds for each {@link Cached} method of an interface that does not say otherwise.
 *
 * <pre>{@code
 * @CacheDefaults(expireAfterWrite = "10m", maximumSize = 10_000)
 * public interface Weather {
 *     @Cached
 *     Forecast forecast(String city, int day);
 *
 *     @Cached(maximumBytes = "64MiB") // in the place of maximumSize, which it excludes
 *     Image map(String city);
 * }
 * }</pre>
 *
 * <p>Looked for on the interface that is wrapped, then on the one that declares the method; the first found counts, whole.
 * It caches nothing by itself.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface CacheDefaults {
    /**
     * See {@link Cached#engine}.
     *
     * @return the engine, in words
     */
    String engine() default "";

    /**
     * See {@link Cached#expireAfterWrite}.
     *
     * @return a duration
     */
    String expireAfterWrite() default "";

    /**
     * See {@link Cached#expireAfterAccess}.
     *
     * @return a duration
     */
    String expireAfterAccess() default "";

    /**
     * See {@link Cached#maximumSize}; for each method's cache.
     *
     * @return 1 or more
     */
    long maximumSize() default Long.MIN_VALUE;

    /**
     * See {@link Cached#maximumBytes}; for each method's cache.
     *
     * @return a number of bytes
     */
    String maximumBytes() default "";

    /**
     * See {@link Cached#tags}; a method's own are added to these.
     *
     * @return the tags, possibly none
     */
    String[] tags() default {};

    /**
     * See {@link Cached#statistics}.
     *
     * @return whether hits are counted too
     */
    boolean statistics() default false;
}
