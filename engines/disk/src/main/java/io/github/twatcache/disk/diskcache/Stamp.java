package io.github.twatcache.disk.diskcache;

import org.jspecify.annotations.Nullable;

/**
 * The times of a row that is being written.
 *
 * @param stored {@code store_time}
 * @param accessed {@code access_time}
 * @param end when it dies, in nanoseconds; {@link Long#MAX_VALUE} for never
 * @param markedByCount whether {@code access_count} shows that the row is ours, and not {@code access_time}: see {@link Seal}
 */
record Stamp(double stored, double accessed, long end, boolean markedByCount) {
    /** The times of what is stored now; never the very time at which what is replaced was stored. */
    static Stamp of(long now, @Nullable Row old, long end, EvictionPolicy policy) {
        double stored = Expiry.seconds(now);
        if (old != null && stored <= old.storeTime()) {
            stored = Math.nextUp(old.storeTime());
        }
        boolean byCount = policy == EvictionPolicy.LEAST_RECENTLY_USED;
        return new Stamp(stored, byCount ? stored : Math.nextUp(stored), end, byCount);
    }
}
