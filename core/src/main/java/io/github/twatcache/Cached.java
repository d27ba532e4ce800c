package io.github.twatcache;

import io.github.twatcache.key.Memoized;
import io.github.twatcache.stats.CacheStats;

/**
 * What all memoized functions have, whatever their arguments. Thread-safe.
 *
 * <p>It looks serializable, because the function types are; it is not, and says so when tried.
 */
public interface Cached extends Memoized {
    /**
     * The cache's name.
     *
     * @return the name
     */
    String name();

    /**
     * What has been counted so far.
     *
     * @return a snapshot
     */
    CacheStats stats();

    /**
     * How the cache came to be what it is.
     *
     * @return engine, reasons, settings with their sources
     */
    Explanation explain();

    /**
     * Removes all results. A computation that is running answers its callers and is not stored.
     *
     * @throws IllegalStateException when the cache is closed
     */
    void clear();

    /**
     * Removes all results that carry a tag. The cost grows with their number. A computation that is running answers its
     * callers and is not stored.
     *
     * @param tag the tag
     * @return how many were removed
     * @throws io.github.twatcache.error.ConfigurationException when the cache has no tags
     * @throws IllegalStateException when the cache is closed
     */
    long invalidateTag(String tag);

    /**
     * Counts the results exactly, after finishing what the engine may have put off.
     *
     * @return how many live results are stored
     * @throws IllegalStateException when the cache is closed
     */
    long size();
}
