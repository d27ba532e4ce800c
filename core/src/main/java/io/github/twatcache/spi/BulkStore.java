package io.github.twatcache.spi;

import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A store that looks up and stores many entries in one step, cheaper than one after the other. Core uses it for
 * {@code getAll}, {@code getAllPresent}, {@code putAll} and for what a bulk load has computed; a cache on a store without
 * it does the same one by one.
 *
 * @param <K> the type of the keys
 */
public interface BulkStore<K> {
    /**
     * Looks many values up; each counts as a use of its entry, as with {@link Store#get}. A store with transactions sees
     * all of them at one instant.
     *
     * @param keys the masked keys, each once
     * @return the masked values of those that have a live entry, by key
     */
    Map<K, Object> getAll(Collection<? extends K> keys);

    /**
     * Stores many entries. Each is guarded on its own: one that is refused does not keep the others from being stored. A
     * store with transactions stores all of them in one; if it throws, none is stored.
     *
     * @param puts the entries, each key once
     * @return what became of each, in the same order
     */
    List<Outcome> putAll(List<Put<K>> puts);

    /**
     * One entry to be stored, with what {@link Store#put} takes.
     *
     * @param <K> the type of the keys
     * @param key the masked key
     * @param value the masked value
     * @param terms on which it is kept
     * @param guard the condition
     */
    record Put<K>(K key, Object value, Terms terms, Guard guard) {}
}
