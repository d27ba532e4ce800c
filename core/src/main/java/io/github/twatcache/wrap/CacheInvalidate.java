package io.github.twatcache.wrap;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a method remove results: those of one call, all of a cache, or all that carry a tag. May be repeated.
 *
 * <pre>{@code
 * public interface Users {
 *     @Cached(name = "users", tags = "people")
 *     User user(long id);
 *
 *     @CacheInvalidate(cache = "users") // the result of user(id)
 *     void rename(long id, String name);
 *
 *     @CacheInvalidate(cache = "users", key = "owner")
 *     void assign(Item item, long owner);
 *
 *     @CacheInvalidate(cache = "users", all = true)
 *     void importAll(Path file);
 *
 *     @CacheInvalidate(tags = "people") // in every cache of the TwatCache
 *     void forgetPeople();
 * }
 * }</pre>
 *
 * <p>A computation that runs while results are removed answers its callers and is not stored, and a call that begins
 * afterwards computes anew. So the usual moment is after the method, {@link When#AFTER}: whatever was computed from the
 * state before it is gone. That holds when the method throws, too, since what it did until then is not known; its exception
 * passes through unchanged.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@Repeatable(CacheInvalidate.Several.class)
public @interface CacheInvalidate {
    /**
     * The cache: the name, or the method, of a {@link Cached} method of the same interface; or the name of a cache that is
     * open in the {@link io.github.twatcache.TwatCache} when {@code wrap} is called, of which one call's result cannot be
     * removed. Where none of that name is open any more when the method is called, it throws {@code IllegalStateException}.
     *
     * @return the cache; left out, with {@link #tags}, for every cache that has tags
     */
    String cache() default "";

    /**
     * The parameters of this method that make the key, one for each that makes the key of the cached method, in its order.
     *
     * @return names, or places such as {@code "#0"}; none for the first ones of this method
     */
    String[] key() default {};

    /**
     * Whether all results of the cache are removed. Excludes {@link #key} and {@link #tags}.
     *
     * @return whether they are
     */
    boolean all() default false;

    /**
     * Removes what carries one of these tags. Excludes {@link #key} and {@link #all}.
     *
     * @return the tags
     */
    String[] tags() default {};

    /**
     * When results are removed.
     *
     * @return the moment
     */
    When when() default When.AFTER;

    /** The moments at which results can be removed. */
    enum When {
        /** After the method, whether it returned or threw. */
        AFTER,
        /** After the method, if it returned; if it threw, the results stay. */
        AFTER_RETURN,
        /**
         * Before the method. What others compute while it runs, from the state before it, is stored and stays. If removing
         * fails, the method is not called.
         */
        BEFORE
    }

    /** Holds the annotation where it is repeated. */
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target(ElementType.METHOD)
    @interface Several {
        /**
         * The annotations.
         *
         * @return each
         */
        CacheInvalidate[] value();
    }
}
