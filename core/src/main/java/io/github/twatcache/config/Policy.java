package io.github.twatcache.config;

/**
 * Who leaves a full cache.
 *
 * <p>Whatever the policy, entries that have expired leave before any other, the one that is being stored never leaves,
 * and no more leave than needed. A use is a look-up that finds the entry, and each storing; {@code peek}, iteration and a
 * new lifetime for an old value are none. Where the Python libraries cachetools and cachebox differ, the side taken is
 * named.
 */
public enum Policy {
    /** The entry whose last use (a hit or a write) lies furthest back. */
    LRU,
    /**
     * The entry with the fewest uses; among these, the one whose last use lies furthest back (as cachebox; cachetools
     * leaves it open). The first storing is one use, an update another: the count outlives the old value (both). An entry
     * that left and comes again starts anew.
     */
    LFU,
    /** The entry that came first; an update does not change its place (as cachebox; cachetools queues it anew). */
    FIFO,
    /** The entry used last (a hit or a write) before the new one came. */
    MRU,
    /** Any entry but the new one, each with the same chance. */
    RR,
    /**
     * Nobody: a new entry that does not fit is refused, and an update that does not fit too; a memoized function returns
     * its value unstored. Updates that fit are stored.
     */
    NONE
}
