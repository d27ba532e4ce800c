package io.github.twatcache.load;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The loads that callers may join, by key.
 *
 * <p>Every miss puts one load in and takes it out again, so both cost one atomic operation each where no other load is in
 * the same row; a {@link java.util.concurrent.ConcurrentHashMap} needs about eight for the two. Rows are chains that are
 * only ever changed at the head: a load that is over further down is passed by, and leaves when it comes to the head. What a
 * load has below it is fixed when it is put in, so a head that has not changed stands for a row that has no new load.
 *
 * <p>The table does not grow: 10,000 loads at a time are walks of forty steps, beside functions that are slow enough for so
 * many to run at a time. No code of a key runs when a load leaves.
 */
final class LoadTable {
    private static final int ROWS = 256;
    private static final VarHandle HEADS = MethodHandles.arrayElementVarHandle(Load[].class);

    private final @Nullable Load[] heads = new Load[ROWS];

    /**
     * Puts a load in, where no other of its key can be joined.
     *
     * @return the other, or {@code null} where there is none
     */
    @Nullable Load putIfAbsent(Load mine) {
        int row = row(mine.hash);
        while (true) {
            Load head = head(row);
            Load other = search(head, mine.key, mine.hash);
            if (other != null) {
                return other;
            }
            mine.below = joinable(head);
            if (HEADS.compareAndSet(heads, row, head, mine)) {
                return null;
            }
        }
    }

    /** The load of a key that can be joined. */
    @Nullable Load get(Object key) {
        int hash = hash(key);
        return search(head(row(hash)), key, hash);
    }

    /**
     * Takes a load out that is over, or has been detached; with it all that have come to the head meanwhile. A full fence,
     * whatever it finds.
     */
    void remove(Load over) {
        int row = row(over.hash);
        if (over.joinable() || !HEADS.compareAndSet(heads, row, over, joinable(over.below))) {
            VarHandle.fullFence();
        }
        // Of two that leave at once, one under the other, the upper sees that the lower is over, or the lower that it
        // is the head: each says that it is over, and with a fence behind that, before it looks.
        for (Load head = head(row); head != null && !head.joinable(); head = head(row)) {
            HEADS.compareAndSet(heads, row, head, joinable(head));
        }
    }

    /** Shows all loads that can be joined, those that are put in meanwhile or not. */
    void forEach(Consumer<Load> action) {
        for (int row = 0; row < ROWS; row++) {
            for (Load load = joinable(head(row)); load != null; load = joinable(load.below)) {
                action.accept(load);
            }
        }
    }

    /** How many the table holds on to, over or not. */
    int kept() {
        int kept = 0;
        for (int row = 0; row < ROWS; row++) {
            for (Load load = head(row); load != null; load = load.below) {
                kept++;
            }
        }
        return kept;
    }

    private static @Nullable Load search(@Nullable Load head, Object key, int hash) {
        for (Load load = head; load != null; load = load.below) {
            if (load.hash == hash && load.joinable() && load.key.equals(key)) {
                return load;
            }
        }
        return null;
    }

    private static @Nullable Load joinable(@Nullable Load head) {
        Load load = head;
        while (load != null && !load.joinable()) {
            load = load.below;
        }
        return load;
    }

    private @Nullable Load head(int row) {
        return (Load) HEADS.getVolatile(heads, row);
    }

    private static int row(int hash) {
        return hash & (ROWS - 1);
    }

    /** Spreads the key's hash, whose upper bits would otherwise choose no row. */
    static int hash(Object key) {
        int hash = key.hashCode();
        hash ^= hash >>> 16;
        return hash ^ hash >>> 8;
    }
}
