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
     * Has all results that carry a tag be stale, so that the next call of each is answered with it and has it computed anew in the
     * background. A computation that is running is not stored. The cost grows with their number.
     *
     * @param tag the tag
     * @return how many there were
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values, or has no tags
     * @throws IllegalStateException when the cache is closed
     */
    long invalidateTagSoftly(String tag);

    /**
     * Has all results be stale, so that the next call of each is answered with it and has it computed anew in the
     * background. A computation that is running is not stored. The cost grows with their number.
     *
     * @return how many there were
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values
     * @throws IllegalStateException when the cache is closed
     */
    long invalidateAllSoftly();

    /**
     * Counts the results exactly, after finishing what the engine may have put off.
     *
     * @return how many live results are stored
     * @throws IllegalStateException when the cache is closed
     */
    long size();
}
