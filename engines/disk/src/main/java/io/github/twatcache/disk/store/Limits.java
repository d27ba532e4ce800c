package io.github.twatcache.disk.store;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The settings that all processes must agree on, and that therefore stand in the database.
 *
 * @param measure what the maximum counts
 * @param maximum the most that it may come to; {@link Long#MAX_VALUE} where there is no limit
 * @param policy the name of a {@link Policy}, or {@link #OWN}
 * @param idleNanos how long an entry lives from its last use; {@link Terms#FOREVER} for no such end
 */
record Limits(Measure measure, long maximum, String policy, long idleNanos) {
    /** The engine's own policy. */
    static final String OWN = "S3_FIFO";

    static Limits of(CacheSpec spec) {
        Policy policy = spec.get(Settings.POLICY);
        Measure measure = Measure.NOTHING;
        Long maximum = spec.get(Settings.MAXIMUM_SIZE);
        if (maximum != null) {
            measure = Measure.ENTRIES;
        } else if (spec.get(Settings.MAXIMUM_WEIGHT) != null) {
            measure = Measure.WEIGHT;
            maximum = spec.get(Settings.MAXIMUM_WEIGHT);
        } else if (spec.get(Settings.MAXIMUM_BYTES) != null) {
            measure = Measure.BYTES;
            maximum = spec.get(Settings.MAXIMUM_BYTES);
        }
        return new Limits(
                measure,
                maximum == null ? Long.MAX_VALUE : maximum,
                policy == null ? OWN : policy.name(),
                nanos(spec.get(Settings.EXPIRE_AFTER_ACCESS)));
    }

    static long nanos(@Nullable Duration duration) {
        if (duration == null) {
            return Terms.FOREVER;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException longerThanLong) {
            return Terms.FOREVER;
        }
    }

    /** Says that these count, whatever a cache was opened with. */
    void tell(StoreContext<?> context, String source) {
        context.effective(Settings.MAXIMUM_SIZE, measure == Measure.ENTRIES ? maximum : null, source);
        context.effective(Settings.MAXIMUM_WEIGHT, measure == Measure.WEIGHT ? maximum : null, source);
        context.effective(Settings.MAXIMUM_BYTES, measure == Measure.BYTES ? maximum : null, source);
        context.effective(Settings.POLICY, policy.equals(OWN) ? null : Policy.valueOf(policy), source);
        context.effective(
                Settings.EXPIRE_AFTER_ACCESS, idleNanos == Terms.FOREVER ? null : Duration.ofNanos(idleNanos), source);
    }

    /** One shard's part of the limit; the parts add up to it. */
    Limits part(int shards, int number) {
        if (shards == 1 || !bounded()) {
            return this;
        }
        long part = maximum / shards + (number < maximum % shards ? 1 : 0);
        return new Limits(measure, part, policy, idleNanos);
    }

    /** The limits that the parts of all shards come to; null while they do not say the same. */
    static @Nullable Limits whole(Collection<Limits> parts) {
        Limits whole = null;
        for (Limits part : parts) {
            if (whole == null) {
                whole = part;
            } else if (part.measure != whole.measure || !part.policy.equals(whole.policy)) {
                return null;
            } else if (whole.bounded()) {
                whole = new Limits(whole.measure, whole.maximum + part.maximum, whole.policy, whole.idleNanos);
            }
        }
        return whole;
    }

    boolean bounded() {
        return measure != Measure.NOTHING;
    }

    @Override
    public String toString() {
        String limit = switch (measure) {
            case NOTHING -> "no maximum";
            case ENTRIES -> "maximum-size = " + maximum;
            case WEIGHT -> "maximum-weight = " + maximum;
            case BYTES -> "maximum-bytes = " + maximum;
        };
        return limit + ", policy = " + policy
                + (idleNanos == Terms.FOREVER
                        ? ""
                        : ", expire-after-access = "
                                + Settings.EXPIRE_AFTER_ACCESS.format(Duration.ofNanos(idleNanos)));
    }
}
