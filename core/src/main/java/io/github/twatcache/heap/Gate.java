package io.github.twatcache.heap;

import io.github.twatcache.spi.StoreContext;
import org.jspecify.annotations.Nullable;

/**
 * The way to the entries: look up, lock, act, unlock, report.
 *
 * <p>A write looks its key up before it takes the lock, and looks again if the answer has become doubtful meanwhile: so
 * {@code hashCode} and {@code equals} of the user's keys run without the lock, as do the ticker and the removal listener.
 * Only a {@link VictimOrder} runs under it.
 *
 * @param <K> the type of the keys
 */
final class Gate<K> {
    /** How many dead nodes a write or a miss removes, beyond those in its way. */
    static final int SWEEP = 32;

    /** How many dead nodes are removed under one hold of the lock when all are to go. */
    private static final int BATCH = 1024;

    private final ShortLock lock = new ShortLock();
    private final Entries<K> entries;
    private final Table<K> table;
    private final Expiry<K> expiry;
    private final boolean mortal;
    private final StoreContext<K> context;

    Gate(Entries<K> entries, StoreContext<K> context) {
        this.entries = entries;
        this.table = entries.table;
        this.expiry = entries.expiry;
        this.mortal = entries.mortal;
        this.context = context;
    }

    /** Where in the table a key belongs. */
    int hash(K key) {
        return Table.spread(key.hashCode());
    }

    /** The time, read before the lock is taken; nobody asks for it where nothing dies. */
    long now() {
        return mortal ? expiry.now() : 0;
    }

    /** The time at which the holder of the lock acts, see {@link Expiry#inOrder}. */
    long inOrder(long read) {
        return mortal ? expiry.inOrder(read) : 0;
    }

    void lock() {
        lock.lock();
    }

    /** Takes the lock with what the table holds for a key at that moment. */
    @Nullable Node<K> lockAndFind(K key, int hash) {
        while (true) {
            int additions = table.additions();
            Node<K> node = table.find(key, hash);
            lock.lock();
            if (node == null ? additions == table.additions() : !node.gone()) {
                return node;
            }
            lock.unlock();
        }
    }

    /** Lets go of a node if it is dead, and of some others that are. */
    void sweep(@Nullable Node<K> node, long read) {
        lock.lock();
        try {
            long now = inOrder(read);
            entries.buryIfGone(node, now);
            entries.bury(now, SWEEP);
        } finally {
            unlockAndTell();
        }
    }

    /** Lets go of all that are dead. */
    void sweepAll() {
        boolean done = !mortal;
        while (!done) {
            long read = now();
            lock.lock();
            try {
                done = entries.bury(inOrder(read), BATCH);
            } finally {
                unlockAndTell();
            }
        }
    }

    /** Lets go of the lock after nothing can have left. */
    void unlock() {
        lock.unlock();
    }

    /** Lets go of the lock and reports what has left under it. */
    void unlockAndTell() {
        Node<K> node = entries.takeDeparted();
        lock.unlock();
        while (node != null) {
            Node<K> next = node.prev;
            node.prev = null;
            context.removed(node.key, node.value, node.cause());
            node = next;
        }
    }
}
