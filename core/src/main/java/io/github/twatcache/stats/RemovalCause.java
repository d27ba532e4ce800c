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
    SIZE,
    /**
     * What is stored of it was not what had been written: a look-up, a walk or a check came upon that and set it aside. Only
     * engines that keep bytes have it. It is counted, and a listener is not told, since there is no value to tell.
     */
    DAMAGED
}
