package io.github.twatcache;

import io.github.twatcache.spi.OrderedStore;
import io.github.twatcache.spi.OrderedStore.Order;
import io.github.twatcache.spi.Trait;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a cache in order, while others write. Thread-safe.
 *
 * <p>Two orders: by insertion, where an update leaves an entry in its place, and by key, where strings, numbers and times
 * have their natural order and other keys one that is always the same. An entry that is there all the while is seen exactly
 * once, in its place; in insertion order, what is inserted after the walk has begun is not seen. Walking is not a use.
 *
 * <pre>{@code
 * try (Stream<Map.Entry<String, Report>> newest = Ordered.of(reports).byInsertionDescending()) {
 *     newest.limit(10).forEach(...);
 * }
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class Ordered<K, V extends @Nullable Object> {
    private final DataCache<K, V> cache;
    private final Ability<OrderedStore<Object>> ability;

    private Ordered(Cache<K, V> cache) {
        this.cache = Ability.face(cache);
        this.ability = Ability.of(cache, OrderedStore.class, Trait.ORDERED);
    }

    /**
     * The entries of a cache in order. Cheap; may be asked for each time.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param cache the cache
     * @return its entries in order
     * @throws io.github.twatcache.error.ConfigurationException when the engine keeps no order, naming those that do
     * @throws IllegalStateException when the cache is closed
     */
    public static <K, V extends @Nullable Object> Ordered<K, V> of(Cache<K, V> cache) {
        return new Ordered<>(cache);
    }

    /**
     * The entries from the first that was inserted to the last.
     *
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byInsertion() {
        return stream(Order.INSERTION, false, null);
    }

    /**
     * The entries from the last that was inserted to the first.
     *
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byInsertionDescending() {
        return stream(Order.INSERTION, true, null);
    }

    /**
     * The entries from the least key to the greatest.
     *
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byKey() {
        return stream(Order.KEY, false, null);
    }

    /**
     * The entries from the greatest key to the least.
     *
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byKeyDescending() {
        return stream(Order.KEY, true, null);
    }

    /**
     * The entries whose keys are greater than a key, from the least.
     *
     * @param key the key, whether or not it has an entry
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byKeyAfter(K key) {
        Objects.requireNonNull(key, "key");
        return stream(Order.KEY, false, key);
    }

    /**
     * The entries whose keys are less than a key, from the greatest.
     *
     * @param key the key, whether or not it has an entry
     * @return a stream, to be closed
     */
    public Stream<Map.Entry<K, V>> byKeyBefore(K key) {
        Objects.requireNonNull(key, "key");
        return stream(Order.KEY, true, key);
    }

    /**
     * The entry that was inserted first.
     *
     * @return the entry; empty where there is none
     */
    public Optional<Map.Entry<K, V>> first() {
        return end(false);
    }

    /**
     * The entry that was inserted last.
     *
     * @return the entry; empty where there is none
     */
    public Optional<Map.Entry<K, V>> last() {
        return end(true);
    }

    /**
     * Takes the entry out that was inserted first. Atomic: it goes to one taker.
     *
     * @return the entry; empty where there is none
     */
    public Optional<Map.Entry<K, V>> pollFirst() {
        return poll(false);
    }

    /**
     * Takes the entry out that was inserted last. Atomic: it goes to one taker.
     *
     * @return the entry; empty where there is none
     */
    public Optional<Map.Entry<K, V>> pollLast() {
        return poll(true);
    }

    private Optional<Map.Entry<K, V>> poll(boolean descending) {
        while (true) {
            Optional<Map.Entry<K, V>> end = end(descending);
            if (end.isEmpty()) {
                return end;
            }
            K key = end.get().getKey();
            Lookup<V> taken = cache.pop(key);
            if (taken.present()) {
                return Optional.of(Entries.of(key, taken.value()));
            }
        }
    }

    private Optional<Map.Entry<K, V>> end(boolean descending) {
        try (Stream<Map.Entry<K, V>> entries = stream(Order.INSERTION, descending, null)) {
            return entries.findFirst();
        }
    }

    /** Walks in insertion order; the cursor is closed when it has come to its end. */
    Iterator<Map.Entry<K, V>> iterator(boolean descending) {
        return cache.walking(ability.open("walk in order").entries(Order.INSERTION, descending, null));
    }

    private Stream<Map.Entry<K, V>> stream(Order order, boolean descending, @Nullable K beyond) {
        Object key = beyond == null ? null : cache.core.keys.settled(cache.keyOf(beyond));
        return cache.walked(ability.open("walk in order").entries(order, descending, key));
    }
}
