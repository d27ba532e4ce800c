package io.github.twatcache.config;

/** Who leaves a full cache. */
public enum Policy {
    /** The entry whose last use (a hit or a write) lies furthest back. */
    LRU,
    /** The entry with the fewest uses; among these, the one that came first. */
    LFU,
    /** The entry that came first; an update does not change its place. */
    FIFO,
    /** The entry used last, before the new one came. */
    MRU,
    /** Any entry but the new one, each with the same chance. */
    RR,
    /** Nobody: a put into a full cache fails, a memoized function returns its value unstored. */
    NONE
}
