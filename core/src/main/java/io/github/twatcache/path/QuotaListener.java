package io.github.twatcache.path;

/**
 * Is told when the caches of a directory hold 80 % of their quota: once, and again only after they had fallen below 70 %.
 * Each process tells its own listener, at its own writes.
 */
@FunctionalInterface
public interface QuotaListener {
    /**
     * Tells. Runs on the thread whose write was counted, outside all locks; what it throws is logged and goes no further.
     *
     * @param usage what the caches hold
     * @param quota what they may hold
     */
    void reached(DiskUsage usage, Quota quota);
}
