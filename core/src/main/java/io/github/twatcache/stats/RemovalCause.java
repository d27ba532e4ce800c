package io.github.twatcache.stats;

/** Why an entry left a cache. */
public enum RemovalCause {
    /** The user removed it: {@code invalidate}, {@code remove}, {@code clear}, by tag, or through the map view. */
    EXPLICIT,
    /** A new value took its place: {@code put}, {@code replace}, {@code compute}, a refresh. */
    REPLACED,
    /** Its time had come; told when an operation sweeps it, which may be later than its time. */
    EXPIRED,
    /** The cache was at its limit, and this entry was the one to go. */
    SIZE
}
