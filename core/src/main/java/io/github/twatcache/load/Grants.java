package io.github.twatcache.load;

/**
 * What a cache was built with, of what a function may say of its value.
 *
 * @param lifetimes whether entries may have lifetimes of their own
 * @param tags whether they may carry tags
 * @param stale whether they may be kept past their freshness
 */
public record Grants(boolean lifetimes, boolean tags, boolean stale) {
    /** Nothing of it. */
    public static final Grants NONE = new Grants(false, false, false);
}
