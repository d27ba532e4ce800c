package io.github.twatcache.key;

import java.io.Serializable;

/**
 * A function that a cache stands before. Where another function has captured it, it counts as the function behind the
 * cache, so that memoized functions compose.
 */
public interface Memoized {
    /**
     * The function behind the cache.
     *
     * @return the function as it was given to {@code memoize}
     */
    Serializable originalFunction();
}
