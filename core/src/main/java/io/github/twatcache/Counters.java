package io.github.twatcache;

import io.github.twatcache.load.Unfit;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import java.util.OptionalLong;

/**
 * Counts in the entries of a cache, each step atomic over all threads and processes that share it. Thread-safe.
 *
 * <p>A counter is an entry like any other: it can be read, put, removed, and it expires or is evicted as the cache's
 * settings say. Counting leaves its lifetime as it is, so that a window of time ends when it was said to; an expired counter
 * begins anew.
 *
 * <pre>{@code
 * Cache<String, Long> visits = twat.disk("visits").types(String.class, Long.class).build();
 * long now = Counters.of(visits).increment("front page");
 * }</pre>
 *
 * @param <K> the type of the keys
 */
public final class Counters<K> {
    private final DataCache<K, Long> cache;
    private final Ability<CounterStore<Object>> ability;

    private Counters(Cache<K, Long> cache) {
        this.cache = Ability.face(cache);
        this.ability = Ability.of(cache, CounterStore.class, Trait.COUNTERS);
    }

    /**
     * The counters of a cache. Cheap; may be asked for each time.
     *
     * @param <K> the type of the keys
     * @param cache a cache of {@link Long}
     * @return its counters
     * @throws io.github.twatcache.error.ConfigurationException when the engine does not count, naming those that do
     * @throws IllegalStateException when the cache is closed
     */
    public static <K> Counters<K> of(Cache<K, Long> cache) {
        return new Counters<>(cache);
    }

    /**
     * Adds one; where there is no counter, from zero.
     *
     * @param key the key, not null
     * @return the new value
     * @throws ArithmeticException when the counter stands at {@link Long#MAX_VALUE}; it stays there
     */
    public long increment(K key) {
        return add(key, 1, 0);
    }

    /**
     * Subtracts one; where there is no counter, from zero.
     *
     * @param key the key, not null
     * @return the new value
     * @throws ArithmeticException when the counter stands at {@link Long#MIN_VALUE}; it stays there
     */
    public long decrement(K key) {
        return add(key, -1, 0);
    }

    /**
     * Adds; where there is no counter, to zero.
     *
     * @param key the key, not null
     * @param delta what to add; negative to subtract
     * @return the new value
     * @throws ArithmeticException when the sum does not fit a {@code long}; nothing has changed
     */
    public long add(K key, long delta) {
        return add(key, delta, 0);
    }

    /**
     * Adds; where there is no counter, to an initial value.
     *
     * @param key the key, not null
     * @param delta what to add; negative to subtract
     * @param initial what the counter counts from where there is none: it then stands at {@code initial + delta}
     * @return the new value
     * @throws ArithmeticException when the sum does not fit a {@code long}; nothing has changed
     * @throws io.github.twatcache.error.ValueException when the value of the key is null
     * @throws IllegalStateException when the cache is closed
     */
    public long add(K key, long delta, long initial) {
        return counted(key, delta, OptionalLong.of(initial)).orElseThrow();
    }

    /**
     * Adds where there is a counter.
     *
     * @param key the key, not null
     * @param delta what to add; negative to subtract
     * @return the new value; empty where there is no counter, and then there still is none
     * @throws ArithmeticException when the sum does not fit a {@code long}; nothing has changed
     * @throws io.github.twatcache.error.ValueException when the value of the key is null
     * @throws IllegalStateException when the cache is closed
     */
    public OptionalLong addIfPresent(K key, long delta) {
        return counted(key, delta, OptionalLong.empty());
    }

    private OptionalLong counted(K key, long delta, OptionalLong initial) {
        CacheCore core = ability.core();
        Object settled = core.keys.settled(cache.keyOf(key));
        core.tell("count", settled);
        Terms terms = initial.isPresent() ? terms(key, settled, initial.getAsLong() + delta) : Terms.PLAIN;
        try {
            OptionalLong sum = ability.change(settled, () -> ability.store().add(settled, delta, initial, terms));
            if (sum.isPresent()) {
                core.tally.put();
            }
            return sum;
        } catch (ArithmeticException overflow) {
            throw (ArithmeticException) new ArithmeticException("adding " + delta + " to counter "
                            + core.keys.digest(settled) + " of cache '" + core.name()
                            + "' exceeds the range of long; the counter is unchanged")
                    .initCause(overflow);
        }
    }

    /** A lifetime that is over at once means a counter that is forgotten at once, which would count nothing. */
    private Terms terms(K key, Object settled, long value) {
        try {
            return cache.judge(key).put(settled, value, Terms.PLAIN);
        } catch (Unfit forgotten) {
            return Terms.PLAIN;
        }
    }
}
