package io.github.twatcache.files;

/** Who leaves a full cache of the engine {@code files}. */
public enum Victims {
    /** The entry whose last use (a hit or a write) lies furthest back, by the cache's own record of uses. */
    LEAST_RECENTLY_USED,
    /**
     * The entry that saves the least time for each byte that it takes: how long it took to compute, times one more than the
     * number of its hits, divided by the lengths of its files; among equals the one whose last use lies furthest back.
     */
    LEAST_COST_PER_BYTE
}
