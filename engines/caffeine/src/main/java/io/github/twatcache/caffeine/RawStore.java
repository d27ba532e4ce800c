package io.github.twatcache.caffeine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Policy;
import com.github.benmanes.caffeine.cache.Policy.CacheEntry;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.RemovalCause;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Values as they are, in a Caffeine cache; an entry's mark is its value.
 *
 * <p>A record for the sake of a hit: a memoized function has its store as a constant of its class, and of a constant
 * record the JIT compiler takes the components for constants too, as it does not with other classes. So it knows which of
 * Caffeine's many map classes this is, and can inline its look-up, however many others the program uses.
 *
 * @param cache the cache
 * @param map the cache as a map, which answers a look-up without the hop from the cache
 * @param policy looks without being a use
 * @param removals takes note of what Caffeine does not tell, or {@code null} where nobody listens
 * @param counter counts what Caffeine does not call an eviction, or {@code null} where nobody counts
 * @param expires whether entries die
 */
record RawStore<K>(
        Cache<K, Object> cache,
        ConcurrentMap<K, Object> map,
        Policy<K, Object> policy,
        @Nullable Removals<K> removals,
        @Nullable StoreContext<K> counter,
        boolean expires)
        implements Store<K> {
    RawStore(
            Cache<K, Object> cache,
            @Nullable Removals<K> removals,
            @Nullable StoreContext<K> counter,
            boolean expires) {
        this(cache, cache.asMap(), cache.policy(), removals, counter, expires);
    }

    @Override
    public @Nullable Object get(K key) {
        // As getIfPresent, without the hop from the cache to its map and the counter that nobody reads.
        return map.get(key);
    }

    @Override
    public @Nullable Entry entry(K key) {
        if (!expires) {
            Object value = policy.getIfPresentQuietly(key);
            return value == null ? null : new Entry(value, value, Terms.PLAIN);
        }
        CacheEntry<K, Object> entry = policy.getEntryIfPresentQuietly(key);
        if (entry == null) {
            return null;
        }
        long left = entry.expiresAt() - entry.snapshotAt();
        return new Entry(entry.getValue(), entry.getValue(), Terms.PLAIN.lasting(left));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        boolean stored;
        Object before = null;
        if (guard instanceof Guard.Seen seen) {
            stored = map.replace(key, new Is(seen.mark()), value);
            before = stored ? seen.mark() : null;
        } else if (guard instanceof Guard.Absent) {
            stored = map.putIfAbsent(key, value) == null;
        } else {
            before = map.put(key, value);
            stored = true;
        }
        if (counter != null && before != null) {
            counter.removed(key, before, RemovalCause.REPLACED);
        }
        if (removals != null && before == value) {
            // Caffeine says nothing when a value takes its own place.
            removals.note(key, value, RemovalCause.REPLACED);
        }
        return stored ? Outcome.STORED : Outcome.REFUSED;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        Object before;
        if (guard instanceof Guard.Seen seen) {
            before = map.remove(key, new Is(seen.mark())) ? seen.mark() : null;
        } else {
            before = guard instanceof Guard.Absent ? null : map.remove(key);
        }
        if (counter != null && before != null) {
            counter.removed(key, before, RemovalCause.EXPLICIT);
        }
        return before != null;
    }

    @Override
    public void clear() {
        if (counter == null) {
            cache.invalidateAll();
        } else {
            map.keySet().forEach(key -> remove(key, Guard.ANY));
        }
    }

    @Override
    public long size() {
        cache.cleanUp();
        if (!expires) {
            return cache.estimatedSize();
        }
        // Caffeine's sweeping is coarser than its look-ups; its iteration is as exact as they are.
        long live = 0;
        for (Object ignored : map.values()) {
            live++;
        }
        return live;
    }

    @Override
    public long estimatedSize() {
        return cache.estimatedSize();
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(map.keySet().iterator(), policy::getIfPresentQuietly);
    }

    @Override
    public void close() {
        cache.invalidateAll();
        cache.cleanUp();
    }
}
