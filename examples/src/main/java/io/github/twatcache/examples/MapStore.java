package io.github.twatcache.examples;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A store that is a map and nothing else: no limit, no lifetimes, no tags.
 *
 * @param <K> the type of the keys
 */
final class MapStore<K> implements Store<K> {
    /** A stored value, and the mark of its entry: the same value stored twice is two of these. */
    private static final class Held {
        final Object value;

        Held(Object value) {
            this.value = value;
        }
    }

    private final Map<K, Held> map = new ConcurrentHashMap<>();

    @Override
    public @Nullable Object get(K key) {
        Held held = map.get(key);
        return held == null ? null : held.value;
    }

    @Override
    public @Nullable Entry entry(K key) {
        Held held = map.get(key);
        return held == null ? null : new Entry(held.value, held, Terms.PLAIN);
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        Held held = new Held(value);
        if (guard instanceof Guard.Absent) {
            return map.putIfAbsent(key, held) == null ? Outcome.STORED : Outcome.REFUSED;
        }
        if (guard instanceof Guard.Seen seen) {
            return seen.mark() instanceof Held mark && map.replace(key, mark, held) ? Outcome.STORED : Outcome.REFUSED;
        }
        map.put(key, held);
        return Outcome.STORED;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return guard instanceof Guard.Seen seen
                ? map.remove(key, seen.mark())
                : guard == Guard.ANY && map.remove(key) != null;
    }

    @Override
    public void clear() {
        map.clear();
    }

    @Override
    public long size() {
        return map.size();
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(map.keySet().iterator(), this::get);
    }

    @Override
    public void close() {}
}
