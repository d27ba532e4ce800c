package io.github.twatcache.config;

/** What to do where the engine that was asked for is missing or cannot be opened. */
public enum OnUnavailable {
    /** Take the next engine of its chain that keeps all that was asked for: the default. */
    FALL_BACK,
    /** Take the next engine of its chain, even one that does not outlive the process or is not shared as asked. */
    DEGRADE,
    /** Take no other engine: the cache is not made. */
    FAIL
}
