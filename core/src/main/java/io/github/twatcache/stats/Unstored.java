package io.github.twatcache.stats;

/** Why a value was returned to its caller and not stored. */
public enum Unstored {
    /** The key was invalidated, put or cleared while the value was being computed. */
    LATE,
    /** The cache's own condition, {@code storeIf}, said no. */
    CONDITION,
    /** Its lifetime was zero or less. */
    EXPIRED,
    /** Heavier than the whole cache may be. */
    TOO_HEAVY,
    /** The cache was full and its policy lets nothing go. */
    FULL,
    /** A weigher, a condition or another function of the user's threw an exception. */
    FUNCTION_FAILED,
    /** The engine threw an exception. */
    ENGINE_FAILED,
    /**
     * A kind of value that cannot be kept: a {@link java.util.concurrent.CompletionStage}, whose failure would be kept too; a
     * publisher, a stream or an iterator, which would be kept spent; or one that has no encoding, on an engine that writes
     * bytes.
     */
    UNSUITABLE,
    /** The cache is read-only, for now or because its store can only be read, or it is off. */
    SWITCHED_OFF,
    /** The cache was closed meanwhile. */
    CLOSED
}
