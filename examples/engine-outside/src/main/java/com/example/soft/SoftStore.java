package com.example.soft;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * A map whose values are softly held, each with the moment when it was stored.
 *
 * @param <K> the type of the keys
 */
final class SoftStore<K> implements Store<K> {
    /** How many dead entries a write clears away, at most: more than it makes. */
    private static final int SWEEP = 2;

    /** One stored value. It is the mark of its entry too: the same value stored twice is two of these. */
    private static final class Held<K> extends SoftReference<Object> {
        final K key;
        final long storedAt;

        Held(K key, Object value, long storedAt, ReferenceQueue<Object> taken) {
            super(value, taken);
            this.key = key;
            this.storedAt = storedAt;
        }
    }

    private final ConcurrentHashMap<K, Held<K>> map;
    private final ReferenceQueue<Object> taken = new ReferenceQueue<>();
    private final Queue<Held<K>> oldestFirst = new ConcurrentLinkedQueue<>();
    private final Ticker ticker;
    private final long lifetime;

    SoftStore(CacheSpec spec, Ticker ticker) {
        this.map = new ConcurrentHashMap<>(
                spec.get(SoftEngine.INITIAL_CAPACITY, 16L).intValue());
        this.ticker = ticker;
        Duration given = spec.get(Settings.EXPIRE_AFTER_WRITE);
        this.lifetime = given == null ? Terms.FOREVER : nanos(given);
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException over292Years) {
            return Terms.FOREVER;
        }
    }

    /** The value while the entry lives: read once, since the collector may take it between two looks. */
    private @Nullable Object value(@Nullable Held<K> held) {
        return held == null || left(held) <= 0 ? null : held.get();
    }

    private boolean live(@Nullable Held<K> held) {
        return value(held) != null;
    }

    /** What is left of its life. Ticks may overflow: only their difference counts. */
    private long left(Held<K> held) {
        return lifetime == Terms.FOREVER ? Terms.FOREVER : lifetime - (ticker.read() - held.storedAt);
    }

    @Override
    public @Nullable Object get(K key) {
        return value(map.get(key));
    }

    @Override
    public @Nullable Entry entry(K key) {
        Held<K> held = map.get(key);
        Object value = value(held);
        return held == null || value == null ? null : new Entry(value, held, Terms.PLAIN.lasting(left(held)));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        Held<K> held = new Held<>(key, value, ticker.read(), taken);
        if (!stored(key, held, guard)) {
            return Outcome.REFUSED;
        }
        if (lifetime != Terms.FOREVER) {
            oldestFirst.add(held);
        }
        sweep();
        return Outcome.STORED;
    }

    private boolean stored(K key, Held<K> held, Guard guard) {
        if (guard instanceof Guard.Absent) {
            Held<K> before = map.putIfAbsent(key, held);
            while (before != null && !live(before)) { // the dead are absent: take their place, unless another does
                if (map.replace(key, before, held)) {
                    return true;
                }
                before = map.putIfAbsent(key, held);
            }
            return before == null;
        }
        if (guard instanceof Guard.Seen seen) {
            Held<K> mark = map.get(key);
            return mark == seen.mark() && live(mark) && map.replace(key, mark, held);
        }
        map.put(key, held);
        return true;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        Held<K> held = map.get(key);
        if (guard instanceof Guard.Seen seen) {
            return held == seen.mark() && live(held) && map.remove(key, held);
        }
        return guard instanceof Guard.Any && live(map.remove(key));
    }

    /** Lets go of the keys of values that were taken, and of a few that have expired. */
    private void sweep() {
        for (Reference<?> gone = taken.poll(); gone != null; gone = taken.poll()) {
            if (gone instanceof Held<?> held) {
                map.remove(held.key, held);
            }
        }
        for (int i = 0; i < SWEEP; i++) {
            Held<K> oldest = oldestFirst.peek();
            if (oldest == null || (map.get(oldest.key) == oldest && live(oldest))) {
                return;
            }
            if (oldestFirst.remove(oldest)) { // of two threads that see it, one
                map.remove(oldest.key, oldest);
            }
        }
    }

    @Override
    public void clear() {
        map.clear();
        oldestFirst.clear();
    }

    @Override
    public long size() {
        sweep();
        return map.values().stream().filter(this::live).count();
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(map.keySet().iterator(), this::get);
    }

    @Override
    public void close() {
        clear();
    }
}
