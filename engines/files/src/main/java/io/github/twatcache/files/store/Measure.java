package io.github.twatcache.files.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;

/**
 * What is limited, and to how much.
 *
 * @param unit what is counted
 * @param maximum the most of it; {@link Long#MAX_VALUE} where nothing is limited
 */
record Measure(Unit unit, long maximum) {
    /** What an entry counts for. */
    enum Unit {
        /** One. */
        ENTRIES,
        /** Its weight, by the cache's weigher. */
        WEIGHT,
        /** The lengths of its files. */
        BYTES
    }

    static Measure of(CacheSpec spec) {
        Long size = spec.get(Settings.MAXIMUM_SIZE);
        Long weight = spec.get(Settings.MAXIMUM_WEIGHT);
        Long bytes = spec.get(Settings.MAXIMUM_BYTES);
        if (bytes != null) {
            return new Measure(Unit.BYTES, bytes);
        } else if (weight != null) {
            return new Measure(Unit.WEIGHT, weight);
        }
        return new Measure(Unit.ENTRIES, size == null ? Long.MAX_VALUE : size);
    }

    boolean bounded() {
        return maximum != Long.MAX_VALUE;
    }

    long of(Item item) {
        return of(item.weight, item.bytes);
    }

    long of(int weight, long bytes) {
        return switch (unit) {
            case ENTRIES -> 1;
            case WEIGHT -> weight;
            case BYTES -> bytes;
        };
    }
}
