package io.github.twatcache.wrap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has the results of an interface's method cached, by {@link io.github.twatcache.TwatCache#wrap}: the method is memoized,
 * with all that this means for keys, loads, exceptions and {@code null}.
 *
 * <pre>{@code
 * public interface Weather {
 *     @Cached(name = "forecasts", expireAfterWrite = "10m", maximumSize = 10_000)
 *     Forecast forecast(String city, int day) throws WeatherException;
 * }
 *
 * Weather weather = twat.wrap(Weather.class, new RemoteWeather());
 * }</pre>
 *
 * <p>What is not given comes from {@link CacheDefaults} on the interface, else it is as with a builder. What is wrong is
 * refused by {@code wrap}. The method returns something, and no {@link java.util.concurrent.CompletionStage} or {@link
 * java.util.concurrent.Flow.Publisher}. With more than five parameters it is cached too; a hit then costs two arrays more.
 *
 * <p>A memoized function is an {@link io.github.twatcache.Cached} too: in a file that imports all of both packages, import
 * this one by its name.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Cached {
    /**
     * The cache's name.
     *
     * @return the name; empty for the name of the interface and the method, such as {@code com.acme.Weather.forecast},
     *     followed by the parameters' types where several methods of that name are cached
     */
    String name() default "";

    /**
     * The engine, in words.
     *
     * @return such as {@code "heap"}; empty for the first heap engine that honours every setting
     */
    String engine() default "";

    /**
     * How long a result lives from its storing.
     *
     * @return such as {@code "5m"}, {@code "1h30m"}, {@code "PT5M"}; empty for as long as it may
     */
    String expireAfterWrite() default "";

    /**
     * How long a result lives from its last use.
     *
     * @return such as {@code "5m"}, {@code "1h30m"}, {@code "PT5M"}; empty for as long as it may
     */
    String expireAfterAccess() default "";

    /**
     * How many results are kept at most. Excludes {@link #maximumBytes}.
     *
     * @return 1 or more; left out for no limit
     */
    long maximumSize() default Long.MIN_VALUE;

    /**
     * How many bytes are kept at most, by {@link io.github.twatcache.heap.ByteEstimate}. Excludes {@link #maximumSize}.
     *
     * @return such as {@code "64MiB"}, {@code "1GB"}, {@code "500_000"}; empty for no limit
     */
    String maximumBytes() default "";

    /**
     * What every result is tagged with; {@link CacheInvalidate#tags} removes by tag.
     *
     * @return the tags, possibly none
     */
    String[] tags() default {};

    /**
     * Whether hits are counted too.
     *
     * @return whether they are
     */
    boolean statistics() default false;

    /**
     * The parameters that make the key; the others are passed on and tell no two calls apart.
     *
     * @return the names of parameters, or their places: {@code "#0"} is the first. Names are known where the interface was
     *     compiled with {@code -parameters}, or the target with debug information, as build tools do. None for all of them
     */
    String[] key() default {};

    /**
     * What stands for the code of the method, where results outlive the process; see
     * {@link io.github.twatcache.CacheBuilder#version}. Excludes {@link #dependsOn}.
     *
     * @return the version; empty for a digest of the code of the wrapped object's method
     */
    String version() default "";

    /**
     * The classes whose code counts beside the method's own, where results outlive the process; see
     * {@link io.github.twatcache.CacheBuilder#dependsOn}. Excludes {@link #version}.
     *
     * @return the classes, possibly none
     */
    Class<?>[] dependsOn() default {};
}
