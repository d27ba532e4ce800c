package io.github.twatcache.config;

/** How a cache is expected to be used: a hint for the choice of its engine, and no promise. */
public enum AccessPattern {
    /** Many look-ups for each change: engines whose hits wait for nothing come first. */
    READ_MOSTLY,
    /** Changes as often as look-ups: engines whose writes are cheap come first. */
    WRITE_HEAVY,
    /** What was used lately is used again: an engine with {@link Policy#LRU} comes first, and takes it where none is given. */
    RECENT,
    /**
     * What was used often is used again: an engine that keeps what is used often comes first; another takes
     * {@link Policy#LFU} where none is given.
     */
    FREQUENT,
    /** Anything may be used next: an engine with {@link Policy#RR} comes first, and takes it where none is given. */
    RANDOM
}
