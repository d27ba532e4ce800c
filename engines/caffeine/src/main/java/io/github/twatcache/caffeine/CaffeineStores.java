package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Makes the stores of the engine; apart from it, so that the engine can be asked whether Caffeine is there. */
final class CaffeineStores {
    private CaffeineStores() {}

    static <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        boolean enveloped = weightLimit(spec) != null
                || spec.on(Settings.PER_ENTRY_EXPIRY)
                || spec.on(Settings.TAGS)
                || spec.on(Settings.KEEP_STALE)
                || spec.get(Settings.EXPIRE_AFTER_READS) != null
                || spec.get(Settings.EXPIRE_AFTER_ACCESS) != null;
        if (!enveloped && context.removals() && context.countsOnly()) {
            return counted(spec, context);
        }
        Removals<K> removals = context.removals() ? new Removals<>(context) : null;
        Store<K> store = enveloped ? enveloped(spec, context, removals) : raw(spec, context, removals);
        return removals == null ? store : new ReportingStore<>(store, removals);
    }

    /**
     * A raw store whose removals are only counted: evictions as they happen, under Caffeine's locks and on its threads;
     * the others by the store, which brings them about. So a hit costs no more than without.
     */
    private static <K> Store<K> counted(CacheSpec spec, StoreContext<K> context) {
        Duration expireAfterWrite = spec.get(Settings.EXPIRE_AFTER_WRITE);
        Caffeine<K, Object> typed = expiring(typed(sized(spec)), expireAfterWrite, context)
                .evictionListener((key, value, cause) -> {
                    if (key != null && value != null) { // null only for weak and soft references, and none are used
                        context.removed(key, value, Removals.causeOf(cause));
                    }
                });
        return new RawStore<>(typed.build(), null, context, expireAfterWrite != null);
    }

    private static <K> Store<K> raw(CacheSpec spec, StoreContext<K> context, @Nullable Removals<K> removals) {
        Duration expireAfterWrite = spec.get(Settings.EXPIRE_AFTER_WRITE);
        Caffeine<K, Object> typed = expiring(typed(sized(spec)), expireAfterWrite, context);
        if (removals != null) {
            typed = typed.executor(Runnable::run).removalListener(removals);
        }
        return new RawStore<>(typed.build(), removals, null, expireAfterWrite != null);
    }

    private static <K> Caffeine<K, Object> expiring(
            Caffeine<K, Object> caffeine, @Nullable Duration expireAfterWrite, StoreContext<K> context) {
        return expireAfterWrite == null
                ? caffeine
                : caffeine.ticker(context.ticker()::read).expireAfter(new FixedLifetime<K>(nanos(expireAfterWrite)));
    }

    private static <K> Store<K> enveloped(CacheSpec spec, StoreContext<K> context, @Nullable Removals<K> removals) {
        Caffeine<K, Envelope> typed = typed(sized(spec));
        boolean perEntry = spec.on(Settings.PER_ENTRY_EXPIRY);
        Long reads = spec.get(Settings.EXPIRE_AFTER_READS);
        Lifetimes<K> lifetimes = new Lifetimes<>(
                context.ticker(),
                nanos(spec.get(Settings.EXPIRE_AFTER_WRITE)),
                nanos(spec.get(Settings.EXPIRE_AFTER_ACCESS)),
                perEntry,
                spec.on(Settings.KEEP_STALE),
                reads == null ? 0 : reads.intValue());
        Long weightLimit = weightLimit(spec);
        if (weightLimit != null) {
            typed = typed.maximumWeight(weightLimit).weigher((key, envelope) -> envelope.weight);
        }
        if (lifetimes.limited()) {
            typed = typed.ticker(context.ticker()::read).expireAfter(lifetimes);
        }
        TagIndex tags = spec.on(Settings.TAGS) ? new TagIndex() : null;
        if (removals != null || tags != null) {
            typed = typed.executor(Runnable::run).removalListener((key, envelope, cause) -> {
                if (key == null || envelope == null) {
                    return; // only weak and soft references come to this, and none are used
                }
                if (tags != null) {
                    tags.withdraw(envelope);
                }
                if (removals != null) {
                    removals.note(key, envelope.value, lifetimes.causeOf(envelope, cause));
                }
            });
        }
        return new EnvelopeStore<>(
                typed.build(), lifetimes, perEntry, tags, weightLimit == null ? Long.MAX_VALUE : weightLimit);
    }

    private static Caffeine<Object, Object> sized(CacheSpec spec) {
        Caffeine<Object, Object> caffeine = Caffeine.newBuilder();
        Long maximumSize = spec.get(Settings.MAXIMUM_SIZE);
        return maximumSize == null ? caffeine : caffeine.maximumSize(maximumSize);
    }

    /** Caffeine's builder has the types of what is built from it; nothing is in it yet. */
    @SuppressWarnings("unchecked")
    private static <K, V> Caffeine<K, V> typed(Caffeine<Object, Object> caffeine) {
        return (Caffeine<K, V>) (Caffeine<?, ?>) caffeine;
    }

    private static @Nullable Long weightLimit(CacheSpec spec) {
        Setting<Long> given =
                spec.get(Settings.MAXIMUM_WEIGHT) != null ? Settings.MAXIMUM_WEIGHT : Settings.MAXIMUM_BYTES;
        return spec.get(given);
    }

    private static long nanos(@Nullable Duration duration) {
        if (duration == null) {
            return Terms.FOREVER;
        }
        try {
            return duration.toNanos();
        } catch (ArithmeticException longerThanLong) {
            return Terms.FOREVER;
        }
    }
}
