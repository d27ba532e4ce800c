package io.github.twatcache.config;

/**
 * What a change does that a failing engine has not taken: an invalidation that were swallowed would bring a stale value
 * back.
 */
public enum OnFailure {
    /** It throws: whoever changes an entry learns that it is not changed. */
    THROW,
    /**
     * It returns, and leaves a tombstone in this process, which is applied before the engine's next answer. Other
     * processes that share the store see the old value until then.
     */
    SERVE
}
