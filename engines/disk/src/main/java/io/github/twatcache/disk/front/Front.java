package io.github.twatcache.disk.front;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Entries that were read of a database, as long as they stand there. Thread-safe without a lock; bounded in entries and
 * bytes.
 *
 * <p>A table of rows of eight places: a key has its row, and who comes into a full row takes the place of one that has
 * not been used since the last who came. Nothing is lost with an entry that leaves: the database has it.
 *
 * @param <K> the keys, which must not change
 * @param <F> what the store wants to know of an entry that is found
 */
public final class Front<K, F> {
    /** What an entry takes beside its key and value, about. */
    public static final int OVERHEAD = 160;

    private static final int WAYS = 8;
    private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Held[].class);

    private final Stripes stripes;
    private final long maximumBytes;
    private final int rowMask;
    private final @Nullable Held<K, F>[] places;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger hand = new AtomicInteger();

    /**
     * Makes an empty one.
     *
     * @param stripes what says whether entries stand
     * @param entries how many there may be; rounded up to a power of two
     * @param maximumBytes how many bytes they may take
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    public Front(Stripes stripes, int entries, long maximumBytes) {
        this.stripes = stripes;
        this.maximumBytes = maximumBytes;
        int size = Math.max(WAYS, Integer.highestOneBit(Math.max(1, entries * 2 - 1)));
        this.rowMask = size / WAYS - 1;
        this.places = new Held[size];
    }

    /**
     * An entry that was read.
     *
     * @param <K> the key
     * @param <F> what the store wants to know of it
     */
    public static final class Held<K, F> {
        final K key;
        final int hash;
        final int stripe;
        final long stamp;
        final int bytes;
        final F found;
        final Handing value;

        /** Whether it was used since somebody last looked for a place. A lost write costs an eviction in another order. */
        boolean used;

        Held(K key, int hash, int stripe, long stamp, int bytes, F found, Handing value) {
            this.key = key;
            this.hash = hash;
            this.stripe = stripe;
            this.stamp = stamp;
            this.bytes = bytes;
            this.found = found;
            this.value = value;
        }

        /**
         * What the store wants to know.
         *
         * @return what it gave
         */
        public F found() {
            return found;
        }

        /**
         * The value, which is the caller's own, or cannot change.
         *
         * @return the masked value
         */
        public Object value() {
            return value.hand();
        }
    }

    /**
     * Finds an entry that stands in the database as it was read.
     *
     * @param key the key
     * @return the entry, or {@code null} where the database must be asked
     */
    public @Nullable Held<K, F> get(K key) {
        int hash = hash(key);
        int first = (hash & rowMask) * WAYS;
        for (int place = first; place < first + WAYS; place++) {
            Held<K, F> held = places[place];
            if (held != null && held.hash == hash && held.key.equals(key)) {
                if (stripes.stamp(held.stripe) != held.stamp || !stripes.current()) {
                    return null;
                }
                if (!held.used) {
                    held.used = true;
                }
                return held;
            }
        }
        return null;
    }

    /**
     * Whether an entry that was found here still stands in the database as it was read.
     *
     * @param held the entry
     * @return whether it does
     */
    public boolean stands(Held<K, F> held) {
        return stripes.stamp(held.stripe) == held.stamp && stripes.current();
    }

    /**
     * Keeps what was read.
     *
     * @param key the key, which must not change
     * @param stripe its stripe
     * @param stamp where the stripe stood before the database was read; nothing is kept that was read while it was odd
     * @param size the bytes that key and value take, about
     * @param found what the store wants to know
     * @param value how the value is handed out
     */
    public void put(K key, int stripe, long stamp, int size, F found, Handing value) {
        if (!Stripes.settled(stamp) || size > maximumBytes || !stripes.current()) {
            return;
        }
        int hash = hash(key);
        Held<K, F> held = new Held<>(key, hash, stripe, stamp, size, found, value);
        int place = place(key, hash);
        Held<K, F> old = at(place);
        if (PLACES.compareAndSet(places, place, old, held)) {
            bytes.addAndGet(size - (old == null ? 0L : old.bytes));
            shrink();
        }
    }

    /** Its own place, else a free one, else that of an entry that does not stand any more, else of one that was not used. */
    private int place(K key, int hash) {
        int first = (hash & rowMask) * WAYS;
        int choice = -1;
        int rank = 0;
        for (int place = first; place < first + WAYS; place++) {
            Held<K, F> held = at(place);
            if (held == null) {
                choice = rank < 3 ? place : choice;
                rank = 3;
            } else if (held.hash == hash && held.key.equals(key)) {
                return place;
            } else if (rank < 2 && stripes.stamp(held.stripe) != held.stamp) {
                choice = place;
                rank = 2;
            } else if (rank < 1 && !held.used) {
                choice = place;
                rank = 1;
            }
        }
        if (rank > 0) {
            return choice;
        }
        for (int place = first; place < first + WAYS; place++) {
            Held<K, F> held = at(place);
            if (held != null) {
                held.used = false;
            }
        }
        return first + (hand.getAndIncrement() & (WAYS - 1));
    }

    /** Lets entries go, row by row round the table, until the bytes are kept to. */
    @SuppressWarnings("unchecked") // what the table holds
    private void shrink() {
        while (bytes.get() > maximumBytes) {
            int place = hand.getAndIncrement() & (places.length - 1);
            Held<K, F> old = (Held<K, F>) PLACES.getAndSet(places, place, null);
            if (old != null) {
                bytes.addAndGet(-old.bytes);
            }
        }
    }

    @SuppressWarnings("unchecked") // what the table holds
    private @Nullable Held<K, F> at(int place) {
        return (Held<K, F>) PLACES.getVolatile(places, place);
    }

    /** The bytes that all entries take, about. */
    long bytes() {
        return bytes.get();
    }

    private static int hash(Object key) {
        int hash = key.hashCode() * 0x9E37_79B9;
        return hash ^ hash >>> 15;
    }
}
