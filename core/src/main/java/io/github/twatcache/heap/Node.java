package io.github.twatcache.heap;

import io.github.twatcache.stats.RemovalCause;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * One life of an entry: an update makes a new node in the place of the old one, so that a node's identity tells whether
 * an entry is still the one that was seen.
 *
 * <p>Key, value and hash never change and are read without the lock. The links and the slot belong to whoever holds the
 * store's lock; {@link #chain} is followed without it. With 4-byte references and a 12-byte header a node takes 40 bytes;
 * the subclasses add what only some caches need: {@link WeighedNode} 48, {@link AgingNode} 64, {@link DeadlineNode} 80.
 *
 * @param <K> the type of the keys
 */
class Node<K> {
    /** The slot of a node that no order holds: it weighs nothing, or nobody ever has to leave. */
    static final int UNORDERED = -1;

    // The slots of nodes that have left the store, by their causes
    private static final int REMOVED = -2;
    private static final int REPLACED = -3;
    private static final int EXPIRED = -4;
    private static final int EVICTED = -5;

    private static final VarHandle CHAIN;

    static {
        try {
            CHAIN = MethodHandles.lookup().findVarHandle(Node.class, "chain", Node.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final K key;
    final Object value;
    final int hash;

    /** The next node of the same bin; written by release, so that who follows it sees a whole node. */
    @SuppressWarnings("unused") // through CHAIN
    private @Nullable Node<K> chain;

    /** The neighbour on the victims' side, under LFU; in a node that has left, the next departure to be told. */
    @Nullable Node<K> prev;

    /** The neighbour on the other side, under LFU. */
    @Nullable Node<K> next;

    /** What the order makes of it (a bucket, an index) from 0 up, or {@link #UNORDERED}; lower when it has left. */
    int slot = UNORDERED;

    Node(K key, int hash, Object value) {
        this.key = key;
        this.hash = hash;
        this.value = value;
    }

    @SuppressWarnings("unchecked") // the field is declared as Node<K>
    final @Nullable Node<K> chain() {
        return (Node<K>) CHAIN.getAcquire(this);
    }

    final void chain(@Nullable Node<K> node) {
        CHAIN.setRelease(this, node);
    }

    int weight() {
        return 1;
    }

    final boolean ordered() {
        return slot >= 0;
    }

    final boolean gone() {
        return slot <= REMOVED;
    }

    /** Marks a node that has left. */
    final void leave(RemovalCause cause) {
        slot = switch (cause) {
            case EXPLICIT -> REMOVED;
            case REPLACED -> REPLACED;
            case EXPIRED -> EXPIRED;
            case SIZE -> EVICTED;
            case DAMAGED -> throw new IllegalArgumentException("nothing on the heap is damaged");
        };
    }

    /** Why a node left that is {@link #gone}. */
    final RemovalCause cause() {
        return switch (slot) {
            case REMOVED -> RemovalCause.EXPLICIT;
            case REPLACED -> RemovalCause.REPLACED;
            case EXPIRED -> RemovalCause.EXPIRED;
            case EVICTED -> RemovalCause.SIZE;
            default -> throw new IllegalStateException("the node is still there");
        };
    }
}
