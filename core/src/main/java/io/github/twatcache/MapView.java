package io.github.twatcache;

import io.github.twatcache.spi.Guard;
import java.io.Serial;
import java.util.AbstractCollection;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A cache as a {@link ConcurrentMap}, which knows no null: an entry whose value is null is invisible here, and written over
 * like an absent one.
 */
sealed class MapView<K, V extends @Nullable Object> extends AbstractMap<K, V> implements ConcurrentMap<K, V>
        permits OrderedMap {
    private final DataCache<K, V> cache;
    private final Iterable<Map.Entry<K, V>> walk;

    MapView(DataCache<K, V> cache) {
        this(cache, cache);
    }

    /** The same with an order of its own. */
    MapView(DataCache<K, V> cache, Iterable<Map.Entry<K, V>> walk) {
        this.cache = cache;
        this.walk = walk;
    }

    @SuppressWarnings("unchecked") // a key of another type is one that is not there
    private @Nullable V seen(@Nullable Object key) {
        return cache.peek((K) Objects.requireNonNull(key, "key")).orElse(Cast.to(null));
    }

    @Override
    @SuppressWarnings("unchecked") // a key of another type is one that is not there
    public @Nullable V get(@Nullable Object key) {
        return cache.getIfPresent((K) Objects.requireNonNull(key, "key"));
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return seen(key) != null;
    }

    @Override
    public boolean containsValue(@Nullable Object value) {
        return super.containsValue(Objects.requireNonNull(value, "value"));
    }

    /** Counts one by one, since entries whose value is null do not count here. */
    @Override
    public int size() {
        long size = 0;
        for (Map.Entry<K, V> entry : walk) {
            if (entry.getValue() != null) {
                size++;
            }
        }
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    @Override
    public boolean isEmpty() {
        return !entrySet().iterator().hasNext();
    }

    /** What was there before a change, and what is there now. */
    private record Changed<V extends @Nullable Object>(
            @Nullable V before, @Nullable V after) {}

    /**
     * Changes an entry in one atomic step, trying again while others change it.
     *
     * @param change from what is there, or null, to what shall be there, or null; the same object again is an update too,
     *     and starts a new life
     */
    private Changed<V> change(K key, Function<@Nullable V, @Nullable V> change) {
        return change(key, change, false);
    }

    /** Puts something where nothing is; what is there is left alone. */
    private Changed<V> fill(K key, Supplier<? extends @Nullable V> value) {
        return change(key, before -> before == null ? value.get() : before, true);
    }

    private Changed<V> change(K key, Function<@Nullable V, @Nullable V> change, boolean onlyWhereNothingIs) {
        Objects.requireNonNull(key, "key");
        Object raw = cache.keyOf(key);
        cache.core.tell("compute", raw);
        while (true) {
            io.github.twatcache.spi.Entry entry = cache.core.entryToChange(raw);
            V before = entry == null ? null : cache.valueOf(entry);
            V after = change.apply(before);
            if (before == null ? after == null : onlyWhereNothingIs) {
                return new Changed<>(before, after);
            }
            Guard guard = entry == null ? Guard.ABSENT : Guard.seen(entry.mark());
            if (after == null ? cache.core.changes.remove(raw, guard) : cache.stored(key, after, guard)) {
                return new Changed<>(before, after);
            }
        }
    }

    @Override
    public @Nullable V put(K key, V value) {
        Objects.requireNonNull(value, "value");
        while (true) {
            // An equal or even the same value is stored again: an update starts a new life.
            io.github.twatcache.spi.Entry entry =
                    cache.core.entryToChange(cache.keyOf(Objects.requireNonNull(key, "key")));
            if (cache.stored(key, value, entry == null ? Guard.ABSENT : Guard.seen(entry.mark()))) {
                return entry == null ? null : cache.valueOf(entry);
            }
        }
    }

    @Override
    public @Nullable V putIfAbsent(K key, V value) {
        Objects.requireNonNull(value, "value");
        return fill(key, () -> value).before;
    }

    @Override
    @SuppressWarnings("unchecked") // a key of another type is one that is not there
    public @Nullable V remove(@Nullable Object key) {
        Changed<V> changed = change((K) Objects.requireNonNull(key, "key"), before -> null);
        if (changed.before == null) {
            // What is not there yet may be on its way: a load that runs must not bring it after this.
            // Nor may what is there and not found for now.
            boolean finds = cache.core.inFlight.mode().finds();
            cache.core.changes.remove(cache.keyOf((K) key), finds ? Guard.ABSENT : Guard.ANY);
        }
        return changed.before;
    }

    @Override
    @SuppressWarnings("unchecked") // a key of another type is one that is not there
    public boolean remove(@Nullable Object key, @Nullable Object value) {
        Objects.requireNonNull(key, "key");
        return value != null && cache.remove((K) key, (V) value);
    }

    @Override
    public boolean replace(K key, V expected, V value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(value, "value");
        return cache.replace(key, expected, value);
    }

    @Override
    public @Nullable V replace(K key, V value) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(value, "value");
        return change(key, before -> before == null ? null : value).before;
    }

    @Override
    public V computeIfAbsent(K key, Function<? super K, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return Cast.to(fill(key, () -> function.apply(key)).after);
    }

    @Override
    public @Nullable V computeIfPresent(K key, BiFunction<? super K, ? super V, ? extends V> function) {
        Objects.requireNonNull(function, "function");
        return change(key, before -> before == null ? null : function.apply(key, before)).after;
    }

    @Override
    public @Nullable V compute(K key, BiFunction<? super K, ? super @Nullable V, ? extends @Nullable V> function) {
        Objects.requireNonNull(function, "function");
        return change(key, before -> function.apply(key, before)).after;
    }

    @Override
    public @Nullable V merge(K key, V value, BiFunction<? super V, ? super V, ? extends @Nullable V> function) {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(function, "function");
        return change(key, before -> before == null ? value : function.apply(before, value)).after;
    }

    @Override
    public void clear() {
        cache.clear();
    }

    @Override
    public Set<K> keySet() {
        return new Keys();
    }

    @Override
    public Collection<V> values() {
        return new Values();
    }

    @Override
    public Set<Map.Entry<K, V>> entrySet() {
        return new EntrySet();
    }

    /** Walks over the entries that are visible here. */
    private abstract class Walk<T> implements Iterator<T> {
        private final Iterator<Map.Entry<K, V>> entries = walk.iterator();
        private Map.@Nullable Entry<K, V> next;
        private Map.@Nullable Entry<K, V> last;

        abstract T shown(Map.Entry<K, V> entry);

        @Override
        public boolean hasNext() {
            while (next == null && entries.hasNext()) {
                Map.Entry<K, V> entry = entries.next();
                next = entry.getValue() == null ? null : entry;
            }
            return next != null;
        }

        @Override
        public T next() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException("no more entries; ask hasNext() first");
            }
            last = next;
            next = null;
            return shown(last);
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("next() has not been called since the last remove()");
            }
            cache.remove(last.getKey());
            last = null;
        }
    }

    private final class Keys extends AbstractSet<K> {
        @Override
        public Iterator<K> iterator() {
            return new Walk<>() {
                @Override
                K shown(Map.Entry<K, V> entry) {
                    return entry.getKey();
                }
            };
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object key) {
            return containsKey(key);
        }

        @Override
        public boolean remove(@Nullable Object key) {
            return MapView.this.remove(key) != null;
        }

        /** One by one, so that loads that run are reached as well; an engine that hangs is waited for once. */
        @Override
        public boolean removeAll(Collection<?> keys) {
            return cache.core.asOne(() -> {
                boolean changed = false;
                for (Object key : keys) {
                    changed |= key != null && remove(key);
                }
                return changed;
            });
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    private final class Values extends AbstractCollection<V> {
        @Override
        public Iterator<V> iterator() {
            return new Walk<>() {
                @Override
                V shown(Map.Entry<K, V> entry) {
                    return entry.getValue();
                }
            };
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    private final class EntrySet extends AbstractSet<Map.Entry<K, V>> {
        @Override
        public Iterator<Map.Entry<K, V>> iterator() {
            return new Walk<>() {
                @Override
                Map.Entry<K, V> shown(Map.Entry<K, V> entry) {
                    return new WriteThrough(entry);
                }
            };
        }

        @Override
        public int size() {
            return MapView.this.size();
        }

        @Override
        public boolean contains(@Nullable Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && entry.getValue() != null
                    && Objects.deepEquals(seen(entry.getKey()), entry.getValue());
        }

        @Override
        public boolean remove(@Nullable Object object) {
            return object instanceof Map.Entry<?, ?> entry
                    && entry.getKey() != null
                    && MapView.this.remove(entry.getKey(), entry.getValue());
        }

        @Override
        public void clear() {
            MapView.this.clear();
        }
    }

    /** An entry whose {@code setValue} reaches the cache. */
    private final class WriteThrough extends SimpleEntry<K, V> {
        @Serial
        private static final long serialVersionUID = 1L;

        WriteThrough(Map.Entry<K, V> entry) {
            super(entry);
        }

        @Override
        public V setValue(V value) {
            cache.put(getKey(), Objects.requireNonNull(value, "value"));
            return super.setValue(value);
        }
    }
}
