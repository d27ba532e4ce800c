package io.github.twatcache.disk.front;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
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
    private static final int FIRST = 256;
    private static final int MOST = 1 << 27;

    private final Stripes stripes;
    private final int maximumEntries;
    private final long maximumBytes;
    private final int widest;

    /** Changed under this object's lock alone. */
    private volatile Table<K, F> table;

    private int entries;
    private long bytes;
    private int hand;

    /**
     * Makes an empty one, which takes room as entries come.
     *
     * @param stripes what says whether entries stand
     * @param maximumEntries how many there may be
     * @param maximumBytes how many bytes they may take
     */
    public Front(Stripes stripes, int maximumEntries, long maximumBytes) {
        this.stripes = stripes;
        this.maximumEntries = Math.max(1, maximumEntries);
        this.maximumBytes = maximumBytes;
        this.widest = widest(this.maximumEntries);
        this.table = new Table<>(Math.min(FIRST, widest));
    }

    /** Two to four times as many places as entries: so less than one row in a thousand overflows. */
    private static int widest(int entries) {
        return Math.max(WAYS, Integer.highestOneBit(Math.min(MOST, entries) * 4 - 1));
    }

    /**
     * Rows of eight places, and beside them the hash codes of what is there: a row's lie in one line of the processor's
     * cache, so that a look-up fetches the one entry that it is about. A hash code read too early or too late hides an
     * entry, and no more.
     */
    private static final class Table<K, F> {
        private static final VarHandle PLACES = MethodHandles.arrayElementVarHandle(Held[].class);

        final int[] hashes;
        final int size;
        private final @Nullable Held<K, F>[] places;

        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Table(int size) {
            this.size = size;
            this.hashes = new int[size];
            this.places = new Held[size];
        }

        int row(int hash) {
            return hash & (size - WAYS);
        }

        @SuppressWarnings("unchecked") // what the table holds
        @Nullable Held<K, F> at(int place) {
            return (Held<K, F>) PLACES.getAcquire(places, place);
        }

        void set(int place, @Nullable Held<K, F> held) {
            PLACES.setRelease(places, place, held);
            hashes[place] = held == null ? 0 : held.hash;
        }
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
        Table<K, F> now = table;
        int hash = hash(key);
        int first = now.row(hash);
        for (int place = first; place < first + WAYS; place++) {
            if (now.hashes[place] == hash) {
                Held<K, F> held = now.at(place);
                if (held != null && held.hash == hash && held.key.equals(key)) {
                    if (!stands(held)) {
                        return null;
                    }
                    if (!held.used) {
                        held.used = true;
                    }
                    return held;
                }
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
        keep(new Held<>(key, hash, stripe, stamp, size, found, value));
    }

    private synchronized void keep(Held<K, F> held) {
        int place = place(table, held);
        while (place < 0 && table.size < widest) {
            table = grown();
            place = place(table, held);
        }
        if (place < 0) {
            place = anyOf(table.row(held.hash));
        }
        replace(place, held);
        shrink();
    }

    private void replace(int place, @Nullable Held<K, F> held) {
        Held<K, F> old = table.at(place);
        table.set(place, held);
        entries += (held == null ? 0 : 1) - (old == null ? 0 : 1);
        bytes += (held == null ? 0 : held.bytes) - (old == null ? 0 : old.bytes);
    }

    /**
     * Its own place, else a free one, else that of an entry that does not stand any more, else of one that was not used;
     * -1 where all were.
     */
    private int place(Table<K, F> now, Held<K, F> newcomer) {
        int first = now.row(newcomer.hash);
        int choice = -1;
        int rank = 0;
        for (int place = first; place < first + WAYS; place++) {
            Held<K, F> held = now.at(place);
            if (held == null) {
                choice = rank < 3 ? place : choice;
                rank = 3;
            } else if (held.hash == newcomer.hash && held.key.equals(newcomer.key)) {
                return place;
            } else if (rank < 2 && stripes.stamp(held.stripe) != held.stamp) {
                choice = place;
                rank = 2;
            } else if (rank < 1 && !held.used && now.size == widest) {
                choice = place;
                rank = 1;
            }
        }
        return choice;
    }

    /** One place of a row whose entries were all used; they show anew from now on whether they are. */
    private int anyOf(int first) {
        for (int place = first; place < first + WAYS; place++) {
            Held<K, F> held = table.at(place);
            if (held != null) {
                held.used = false;
            }
        }
        return first + (hand++ & (WAYS - 1));
    }

    /** Twice as many places. The entries of a row come to lie in two, so that each has one. */
    private Table<K, F> grown() {
        Table<K, F> old = table;
        Table<K, F> now = new Table<>(2 * old.size);
        for (int place = 0; place < old.size; place++) {
            Held<K, F> held = old.at(place);
            if (held != null) {
                // The upper half of the rows mirrors the lower: the place within the row is as free there as it was
                // here.
                now.set(now.row(held.hash) + place % WAYS, held);
            }
        }
        return now;
    }

    /** Lets entries go, round the table, until the bounds are kept to: those that were not used since the last round. */
    private void shrink() {
        while (entries > maximumEntries || bytes > maximumBytes) {
            int place = hand++ & (table.size - 1);
            Held<K, F> old = table.at(place);
            if (old != null && old.used) {
                old.used = false;
            } else if (old != null) {
                replace(place, null);
            }
        }
    }

    /** The bytes that all entries take, about. */
    synchronized long bytes() {
        return bytes;
    }

    private static int hash(Object key) {
        int hash = key.hashCode() * 0x9E37_79B9;
        return hash ^ hash >>> 15;
    }
}
