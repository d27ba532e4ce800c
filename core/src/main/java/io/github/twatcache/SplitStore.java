package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.heap.ByteEstimate;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Two stores as one: a key is in one of them at most.
 *
 * <p><b>Writers.</b> A stripe of keys has one writer at a time, so that the two steps of a move (an update whose size
 * crosses the threshold) are one to all writers. A guard is tested against whichever store has the entry; a mark tells
 * which one it was seen in.
 *
 * <p><b>Readers</b> take no lock: they look in the store of the small values, then in the other. While a key moves it may
 * for a moment be in neither; a reader that finds nothing therefore asks whether a move of that stripe was under way, and
 * if so looks again behind the writer.
 *
 * <p><b>The order of a move</b> is such that no old value can come back, whatever breaks off between the two steps. To
 * the large ones: the new value is put before the old one goes, and until then readers see the old one. To the small ones:
 * the old value goes before the new one is put, because readers would not see it again before the new one is evicted, and
 * then as a ghost. Where the cache has a maximum, which may refuse the new value and must then leave the old one as it is,
 * the new value is put first all the same; a process that is killed between the two steps may leave such a ghost in a
 * store that outlives it.
 *
 * @param <K> the type of the keys
 */
final class SplitStore<K> implements Store<K> {
    private static final int STRIPES = 64;

    private final ByteEstimate estimate = new ByteEstimate();
    private final long threshold;
    private final Store<K> small;
    private final Store<K> large;
    private final boolean mayRefuse;
    private final boolean countsBytes;
    private final SplitReports<K> reports;
    private final SplitWalks<K> walks = new SplitWalks<>();
    private final ReentrantLock[] locks = new ReentrantLock[STRIPES];
    private final @Nullable SplitStaleness<K> staleness;

    /** One for each stripe: odd while one of its keys moves. */
    private final AtomicIntegerArray moves = new AtomicIntegerArray(STRIPES);

    SplitStore(long threshold, Store<K> small, Store<K> large, CacheSpec spec, SplitReports<K> reports) {
        this.threshold = threshold;
        this.small = small;
        this.large = large;
        this.reports = reports;
        this.mayRefuse = spec.given().stream().anyMatch(given -> given.group().equals(Settings.MAXIMUM_SIZE.group()));
        this.countsBytes = spec.get(Settings.MAXIMUM_BYTES) != null;
        for (int i = 0; i < STRIPES; i++) {
            locks[i] = new ReentrantLock();
        }
        this.staleness = both(StaleStore.class) ? new SplitStaleness<>(this, small, large) : null;
    }

    private static int stripe(Object key) {
        int hash = key.hashCode() * 0x9E3779B9;
        return hash >>> 26;
    }

    private Store<K> storeFor(Object value) {
        long bytes = (long) estimate.weigh(null, Nil.unmask(value)) - ByteEstimate.ENTRY;
        return bytes <= threshold ? small : large;
    }

    private Store<K> other(Store<K> store) {
        return store == small ? large : small;
    }

    @Override
    public @Nullable Object get(K key) {
        int stripe = stripe(key);
        int before = moves.get(stripe);
        Object value = small.get(key);
        if (value == null) {
            value = large.get(key);
        }
        return value == null && (before % 2 != 0 || moves.get(stripe) != before) ? behindTheWriter(key) : value;
    }

    private @Nullable Object behindTheWriter(K key) {
        return locked(stripe(key), () -> {
            Object value = small.get(key);
            return value == null ? large.get(key) : value;
        });
    }

    @Override
    public @Nullable Entry entry(K key) {
        return seen(key, () -> found(key));
    }

    @Override
    public boolean holds(K key) {
        return seen(key, () -> (small.holds(key) || large.holds(key)) ? Boolean.TRUE : null) != null;
    }

    /** What is seen of a key, looked for again behind the writer where a move may have hidden it. */
    <T> @Nullable T seen(K key, Supplier<@Nullable T> look) {
        int stripe = stripe(key);
        int before = moves.get(stripe);
        T found = look.get();
        return found == null && (before % 2 != 0 || moves.get(stripe) != before)
                ? this.<@Nullable T>locked(stripe, look)
                : found;
    }

    private @Nullable Entry found(K key) {
        Entry entry = seenIn(small, key);
        return entry == null ? seenIn(large, key) : entry;
    }

    private @Nullable Entry seenIn(Store<K> store, K key) {
        Entry entry = store.entry(key);
        return entry == null ? null : marked(store, entry);
    }

    Entry marked(Store<K> store, Entry entry) {
        return new Entry(entry.value(), new Mark(store == large, entry.mark()), entry.terms());
    }

    /** A mark, with the store that it was seen in. */
    private record Mark(boolean large, Object mark) {}

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        Store<K> target = storeFor(value);
        int stripe = stripe(key);
        return locked(stripe, () -> put(stripe, key, value, terms, guard, target));
    }

    private Outcome put(int stripe, K key, Object value, Terms terms, Guard guard, Store<K> target) {
        Outcome outcome = putFresh(stripe, key, value, terms, guard, target);
        if (outcome == Outcome.STORED && staleness != null && staleness.in(other(target), key)) {
            // Nobody has it in the way, and it must not come back when its successor is gone.
            takeOldOrNew(target, key);
        }
        return outcome;
    }

    private Outcome putFresh(int stripe, K key, Object value, Terms terms, Guard guard, Store<K> target) {
        Entry elsewhere = other(target).entry(key);
        if (guard instanceof Guard.Seen seen) {
            if (!(seen.mark() instanceof Mark mark)) {
                return Outcome.REFUSED;
            }
            if (mark.large == (target == large)) {
                return target.put(key, value, terms, Guard.seen(mark.mark));
            }
            return elsewhere != null && elsewhere.mark().equals(mark.mark)
                    ? move(stripe, key, value, terms, target)
                    : Outcome.REFUSED;
        }
        if (elsewhere == null) {
            return target.put(key, value, terms, guard);
        }
        return guard == Guard.ANY ? move(stripe, key, value, terms, target) : Outcome.REFUSED;
    }

    /** Puts a value whose predecessor is in the other store. */
    private Outcome move(int stripe, K key, Object value, Terms terms, Store<K> target) {
        walks.moved(key);
        moves.incrementAndGet(stripe);
        try {
            if (target == small && !mayRefuse) {
                takeOld(large, key);
                return small.put(key, value, terms, Guard.ANY);
            }
            Outcome outcome = target.put(key, value, terms, Guard.ANY);
            if (outcome == Outcome.STORED) {
                takeOldOrNew(target, key);
            }
            return outcome;
        } finally {
            moves.incrementAndGet(stripe);
        }
    }

    private void takeOldOrNew(Store<K> target, K key) {
        try {
            takeOld(other(target), key);
        } catch (Throwable stays) {
            Thrown.passUnlessFailure(stays);
            try {
                target.remove(key, Guard.ANY);
            } catch (Throwable staysToo) {
                Thrown.passUnlessFailure(staysToo);
                stays.addSuppressed(staysToo);
            }
            throw stays;
        }
    }

    private void takeOld(Store<K> store, K key) {
        reports.replacing(key);
        try {
            store.remove(key, Guard.ANY);
        } finally {
            reports.replacing(null);
        }
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return locked(stripe(key), () -> {
            if (guard instanceof Guard.Seen seen) {
                return seen.mark() instanceof Mark mark
                        && (mark.large ? large : small).remove(key, Guard.seen(mark.mark));
            }
            if (guard != Guard.ANY) {
                return false;
            }
            boolean wasSmall = small.remove(key, guard);
            boolean wasLarge = large.remove(key, guard);
            return wasSmall || wasLarge;
        });
    }

    private boolean touch(K key, long nanos) {
        return locked(stripe(key), () -> touch(small, key, nanos) || touch(large, key, nanos));
    }

    @SuppressWarnings("unchecked") // a store's keys are those of its capabilities
    private static <K> boolean touch(Store<K> store, K key, long nanos) {
        return store.capability(TouchStore.class)
                .map(touching -> ((TouchStore<K>) touching).touch(key, nanos))
                .orElse(false);
    }

    /** Runs something that concerns one key while nobody else writes in its stripe. */
    <T extends @Nullable Object> T alone(K key, Supplier<T> action) {
        return locked(stripe(key), action);
    }

    /** Runs something that concerns one stripe while nobody else writes there. A lock is let go of in every case. */
    private <T extends @Nullable Object> T locked(int stripe, Supplier<T> action) {
        try {
            reports.hold();
            locks[stripe].lock();
            try {
                return action.get();
            } finally {
                locks[stripe].unlock();
            }
        } finally {
            reports.tell();
        }
    }

    /** Runs something that concerns all keys while nobody else writes. */
    long alone(LongSupplier action) {
        try {
            reports.hold();
            return from(0, action);
        } finally {
            reports.tell();
        }
    }

    private long from(int stripe, LongSupplier action) {
        if (stripe == STRIPES) {
            return action.getAsLong();
        }
        locks[stripe].lock();
        try {
            return from(stripe + 1, action);
        } finally {
            locks[stripe].unlock();
        }
    }

    private long sum(ToLongFunction<Store<K>> of) {
        return alone(() -> of.applyAsLong(small) + of.applyAsLong(large));
    }

    @Override
    public void clear() {
        sum(store -> {
            store.clear();
            return 0;
        });
    }

    @Override
    public long size() {
        return sum(Store::size);
    }

    @Override
    public long estimatedSize() {
        return small.estimatedSize() + large.estimatedSize();
    }

    @Override
    public long weight() {
        return countsBytes ? bytes(small) + bytes(large) : sum(Store::weight);
    }

    @Override
    public Cursor<K> entries() {
        return walks.begin(small, large, this);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == TagStore.class && both(TagStore.class)) {
            TagStore tagged = tag ->
                    sum(store -> store.capability(TagStore.class).orElseThrow().removeTagged(tag));
            return Optional.of(type.cast(tagged));
        }
        if (type == TouchStore.class && both(TouchStore.class)) {
            TouchStore<K> touching = this::touch;
            return Optional.of(type.cast(touching));
        }
        if (type == StaleStore.class) {
            return Optional.ofNullable(type.cast(staleness));
        }
        if (type == ByteCount.class && (accounts(small) || accounts(large))) {
            ByteCount counting = () -> bytes(small) + bytes(large);
            return Optional.of(type.cast(counting));
        }
        return Store.super.capability(type);
    }

    private static boolean accounts(Store<?> store) {
        return store.capability(ByteCount.class).isPresent();
    }

    /** What the entries of one store take; where it keeps no account, they are measured one by one. */
    private long bytes(Store<K> store) {
        return store.capability(ByteCount.class)
                .map(ByteCount::bytes)
                .orElseGet(() -> countsBytes ? store.weight() : measured(store));
    }

    private long measured(Store<K> store) {
        long bytes = 0;
        try (Cursor<K> entries = store.entries()) {
            while (entries.advance()) {
                Object value = entries.value();
                bytes += value == null ? 0 : estimate.weigh(Building.measurable(entries.key()), value);
            }
        }
        return bytes;
    }

    private boolean both(Class<?> type) {
        return small.capability(type).isPresent() && large.capability(type).isPresent();
    }

    @Override
    public void close() {
        try {
            small.close();
        } finally {
            large.close();
        }
    }
}
