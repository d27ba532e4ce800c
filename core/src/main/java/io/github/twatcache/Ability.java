package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.Trait;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the store of one cache offers beyond entries, found once.
 *
 * @param core the cache
 * @param store the store, as the type that is the ability
 */
record Ability<C>(CacheCore core, C store) {
    /**
     * Asks the store of a cache for an ability.
     *
     * @throws ConfigurationException when its engine has it not, naming those that have
     * @throws IllegalArgumentException when the cache is none of ours
     * @throws IllegalStateException when the cache is closed
     */
    static <C> Ability<C> of(Cache<?, ?> cache, Class<?> type, Trait trait) {
        Objects.requireNonNull(cache, "cache");
        CacheCore core = face(cache).core;
        core.inFlight.requireOpen();
        C able = Cast.to(core.store.capability(type).orElse(null));
        if (able == null) {
            String why = core.store
                    .lacking(type)
                    .map(since -> "' and has not: " + trait.words() + ", since " + since)
                    .orElse("', which has not: " + trait.words());
            throw new ConfigurationException("cache '" + core.name() + "' is on engine '" + core.spec.engine() + why
                    + "; engines that have: " + core.having(trait)
                    + ". Name one where the cache is built: engine(\"...\")");
        }
        return new Ability<>(core, able);
    }

    /** The face that all our caches of data have. */
    @SuppressWarnings("unchecked") // the types are those that the cache was asked for with
    static <K, V extends @Nullable Object> DataCache<K, V> face(Cache<K, V> cache) {
        Objects.requireNonNull(cache, "cache");
        if (cache instanceof DataCache) {
            return (DataCache<K, V>) cache;
        }
        throw new IllegalArgumentException("cache '" + cache.name() + "' is a "
                + cache.getClass().getName() + ", which twat-cache has not made; give one that TwatCache built");
    }

    /** Asks the store something that changes no entry. */
    C open() {
        core.inFlight.requireOpen();
        return store;
    }

    /**
     * The same, and tells of it at DEBUG.
     *
     * @param operation what is about to be done, in words
     */
    C open(String operation) {
        core.tell(operation);
        return open();
    }

    /** Changes an entry: its running load is detached before and after. */
    <R extends @Nullable Object, X extends Exception> R change(Object key, Fn0<R, X> change) throws X {
        return core.changes.change(key, change);
    }
}
