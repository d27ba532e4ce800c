package io.github.twatcache.config;

/**
 * What a cache does for now; may be changed while it runs.
 *
 * <p>Whatever the mode, {@code invalidate}, {@code remove} and {@code clear} do their work, so that no stale value is there
 * when the cache is on again. For the same reason a {@code put} that may not store removes what it would have replaced.
 * One computation per key at a time holds in every mode. Size and iteration tell of what is held, found or not.
 */
public enum Mode {
    /** Finds and stores. */
    ON,
    /** Finds what is there; what is computed or put is not stored. */
    READ_ONLY,
    /** Finds nothing, so that each call computes; what is computed replaces what is stored. */
    WRITE_ONLY,
    /** Finds nothing and stores nothing; what is held stays until the cache is on again or it expires. */
    OFF;

    /**
     * Whether look-ups find what is stored.
     *
     * @return whether they do
     */
    public boolean finds() {
        return this == ON || this == READ_ONLY;
    }

    /**
     * Whether what is computed or put is stored.
     *
     * @return whether it is
     */
    public boolean stores() {
        return this == ON || this == WRITE_ONLY;
    }
}
