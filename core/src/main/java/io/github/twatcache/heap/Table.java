package io.github.twatcache.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of nodes: many readers without a lock, one writer under the store's.
 *
 * <p>Why not a ConcurrentHashMap: that one asks the key's {@code hashCode} and {@code equals} again to remove an entry.
 * An {@code equals} that throws would then leave an eviction half done, and a key that was changed after it was stored
 * could never be removed at all. Here a node remembers its hash and is unlinked by identity; user code runs in look-ups
 * only. It also saves an object of 32 bytes for each entry.
 *
 * <h2>Readers and the writer</h2>
 *
 * A bin is a chain of nodes, the newest first. A chain always leads from newer to older nodes, so that a reader comes to
 * its end whatever the writer does meanwhile; a node that was unlinked keeps its own link, so that a reader who stands
 * on it finds the way on. Whoever finds the key is right: the node was in the table while the look-up ran. Who finds
 * nothing may have been led into another bin by a growing table; the sequence number, odd while the table grows, tells,
 * and the reader looks again.
 *
 * <p>The table doubles when it holds more nodes than three quarters of its bins. Growing splits each chain in two and
 * keeps its order. Look-ups cost the length of a chain: keys that share one hash code are found one after the other.
 *
 * @param <K> the type of the keys
 */
final class Table<K> {
    private static final VarHandle BIN = MethodHandles.arrayElementVarHandle(Node[].class);
    private static final VarHandle ADDITIONS;
    private static final int LEAST = 16;
    private static final int MOST = 1 << 30;

    static {
        try {
            ADDITIONS = MethodHandles.lookup().findVarHandle(Table.class, "additions", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Even while chains stay in their bins, odd while they are being split. */
    private volatile int sequence;

    private volatile Node<K>[] bins = bins(LEAST);
    private int count;

    /** How often a node was added; written by release after the node. */
    @SuppressWarnings("unused") // through ADDITIONS
    private int additions;

    /** Spreads the higher bits of a hash code downward, since only the lower ones choose a bin. */
    static int spread(int hashCode) {
        return hashCode ^ (hashCode >>> 16);
    }

    /** Finds a node; runs the key's {@code equals}, may be called with or without the lock. */
    @Nullable Node<K> find(K key, int hash) {
        while (true) {
            int before = sequence;
            Node<K>[] now = bins;
            for (Node<K> node = bin(now, hash & (now.length - 1)); node != null; node = node.chain()) {
                if (node.hash == hash && (node.key == key || key.equals(node.key))) {
                    return node;
                }
            }
            VarHandle.acquireFence();
            if (before == sequence && (before & 1) == 0) {
                return null;
            }
            Thread.onSpinWait();
        }
    }

    int count() {
        return count;
    }

    /**
     * A number that changes with each addition: a look-up without the lock that found nothing still holds under the lock
     * if this is as it was before the look-up.
     */
    int additions() {
        return (int) ADDITIONS.getAcquire(this);
    }

    /** Makes room for one more node, so that {@link #add} cannot fail. */
    void reserve() {
        Node<K>[] now = bins;
        if (count >= now.length - (now.length >> 2) && now.length < MOST) {
            grow(now);
        }
    }

    /** Adds a node whose key is not there. */
    void add(Node<K> node) {
        Node<K>[] now = bins;
        int index = node.hash & (now.length - 1);
        node.chain(bin(now, index));
        BIN.setRelease(now, index, node);
        count++;
        ADDITIONS.setRelease(this, additions + 1);
    }

    /** Puts a node of the same hash into the place of another. */
    void replace(Node<K> old, Node<K> fresh) {
        fresh.chain(old.chain());
        relink(old, fresh);
    }

    /** Takes a node out. */
    void remove(Node<K> node) {
        relink(node, node.chain());
        count--;
    }

    void clear() {
        bins = bins(LEAST);
        count = 0;
    }

    int length() {
        return bins.length;
    }

    /**
     * The nodes whose hash leaves a given rest by a power of two: over all rests each node exactly once, also when the
     * table grows between the calls. Under the lock.
     */
    List<Node<K>> withRest(int rest, int powerOfTwo) {
        List<Node<K>> found = new ArrayList<>();
        Node<K>[] now = bins;
        for (int index = rest & (now.length - 1); index < now.length; index += powerOfTwo) {
            for (Node<K> node = bin(now, index); node != null; node = node.chain()) {
                if ((node.hash & (powerOfTwo - 1)) == rest) {
                    found.add(node);
                }
            }
        }
        return found;
    }

    private void relink(Node<K> node, @Nullable Node<K> successor) {
        Node<K>[] now = bins;
        int index = node.hash & (now.length - 1);
        Node<K> before = null;
        for (Node<K> at = bin(now, index); at != node; at = at.chain()) {
            if (at == null) {
                throw new IllegalStateException("the node is not in its bin");
            }
            before = at;
        }
        if (before == null) {
            BIN.setRelease(now, index, successor);
        } else {
            before.chain(successor);
        }
    }

    // Written by one thread, under the lock
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void grow(Node<K>[] old) {
        Node<K>[] grown = bins(old.length << 1);
        sequence++;
        try {
            for (int index = 0; index < old.length; index++) {
                split(old, index, grown);
            }
            bins = grown;
        } finally {
            sequence++;
        }
    }

    private static <K> void split(Node<K>[] old, int index, Node<K>[] grown) {
        Node<K> lowLast = null;
        Node<K> highLast = null;
        Node<K> following;
        for (Node<K> node = bin(old, index); node != null; node = following) {
            following = node.chain();
            if ((node.hash & old.length) == 0) {
                append(lowLast, node, grown, index);
                lowLast = node;
            } else {
                append(highLast, node, grown, index + old.length);
                highLast = node;
            }
        }
        if (lowLast != null) {
            lowLast.chain(null);
        }
        if (highLast != null) {
            highLast.chain(null);
        }
    }

    private static <K> void append(@Nullable Node<K> last, Node<K> node, Node<K>[] bins, int index) {
        if (last == null) {
            BIN.setRelease(bins, index, node);
        } else {
            last.chain(node);
        }
    }

    @SuppressWarnings("unchecked") // an array of Node<K> holds nothing else
    private static <K> @Nullable Node<K> bin(Node<K>[] bins, int index) {
        return (Node<K>) BIN.getAcquire(bins, index);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array cannot be made otherwise
    private static <K> Node<K>[] bins(int length) {
        return new Node[length];
    }
}
