package io.github.twatcache.path;

/** Which cache makes room when the quota over all caches is reached. When it has nothing to give, the next in order does. */
public enum QuotaPolicy {
    /** The cache that holds the most bytes. */
    LARGEST,
    /** The cache that was written to longest ago. */
    IDLE,
    /** The cache that is being written to. The others are left alone; where it has nothing to give, the write is refused. */
    WRITER,
    /** None: what finds no room is not stored. */
    REFUSE
}
