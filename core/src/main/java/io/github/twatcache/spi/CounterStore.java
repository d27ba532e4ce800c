package io.github.twatcache.spi;

import java.util.OptionalLong;

/**
 * A store that counts in one atomic step, over all processes that share it. A counter is an entry like any other whose
 * value is a {@link Long}. Every store with {@link Trait#COUNTERS} is one.
 *
 * @param <K> the type of the keys
 */
public interface CounterStore<K> {
    /**
     * Adds to the value of an entry. A live entry keeps its lifetime, its tags and its place in insertion order; an expired
     * one is absent. Ends a lease of the key ({@link Leases}). Counts as a use. The value that was there is reported as
     * replaced, where removals are reported.
     *
     * @param key the masked key; the store keeps it, so it must not change any more
     * @param delta what to add, negative to subtract
     * @param initial from what to count where there is no live entry: {@code initial + delta} is stored then; empty for
     *     changing nothing there
     * @param terms on which a new entry is kept
     * @return the new value; empty where there is no live entry and no initial value
     * @throws ArithmeticException when the sum does not fit a {@code long}; nothing has changed. Core puts the cache and
     *     the key's digest into the message
     * @throws io.github.twatcache.error.ValueException when the live entry holds something other than a {@link Long};
     *     nothing has changed
     */
    OptionalLong add(K key, long delta, OptionalLong initial, Terms terms);
}
