package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.*;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The least that is an engine: a map from keys to values, each in an array of its own, which is its mark. */
@SuppressWarnings("MissingOverride") // every method here overrides one; without the word it fits on one page
record MapEngine(String name, int rank, Set<Trait> traits, Availability availability) implements Engine {
    MapEngine() {
        this("map", -1, Set.of(Trait.BY_REFERENCE), new Availability.Available());
    }

    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return new MapStore<>(new ConcurrentHashMap<>());
    }

    record MapStore<K>(Map<K, Object[]> map) implements Store<K> {
        public Object get(K key) {
            return map.getOrDefault(key, new Object[1])[0];
        }

        public Entry entry(K key) {
            Object[] held = map.get(key);
            return held == null ? null : new Entry(held[0], held, Terms.PLAIN);
        }

        public Outcome put(K key, Object value, Terms terms, Guard guard) {
            Object[] held = {value};
            boolean stored = guard instanceof Guard.Seen seen
                    ? map.replace(key, (Object[]) seen.mark(), held)
                    : guard == Guard.ANY ? map.put(key, held) != held : map.putIfAbsent(key, held) == null;
            return stored ? Outcome.STORED : Outcome.REFUSED;
        }

        public boolean remove(K key, Guard guard) {
            return guard instanceof Guard.Seen seen
                    ? map.remove(key, seen.mark())
                    : guard == Guard.ANY && map.remove(key) != null;
        }

        public void clear() {
            map.clear();
        }

        public long size() {
            return map.size();
        }

        public Cursor<K> entries() {
            return Cursor.over(map.keySet().iterator(), this::get);
        }

        public void close() {
            map.clear();
        }
    }
}
