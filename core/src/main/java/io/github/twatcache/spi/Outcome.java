package io.github.twatcache.spi;

/** What became of a {@link Store#put}. */
public enum Outcome {
    /** Stored, in the place of what was there. An admission policy may have let go of it at once. */
    STORED,
    /** Not stored, nothing changed: the {@link Guard} did not hold. */
    REFUSED,
    /** Not stored, nothing changed: the cache is full and its policy lets nothing go. */
    FULL,
    /** Not stored, nothing changed: heavier than the whole cache may be. */
    TOO_HEAVY
}
