package io.github.twatcache.stats;

/** Why a look-up found nothing. Their counts add up to the misses. */
public enum MissReason {
    /** Never stored, or gone so long that nobody remembers why. */
    ABSENT,
    /** Was there, and its time had come. */
    EXPIRED,
    /** Was there, and had to make room. */
    EVICTED,
    /** Was there, and somebody removed it. */
    INVALIDATED,
    /** Stored by another version of the function, the codec or the value's class. */
    VERSION,
    /** Stored, but damaged or unreadable. */
    UNDECODABLE,
    /** The engine failed to answer. */
    ERROR
}
