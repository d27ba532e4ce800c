package io.github.twatcache.heap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides who leaves. It holds the entries that weigh something; all its methods run under the store's lock and take
 * constant time.
 *
 * @param <K> the type of the keys
 */
abstract class Order<K> {
    /** Whether {@link #used} does anything; where not, a hit does nothing for it. */
    boolean hearsUses() {
        return false;
    }

    /**
     * Where hits may be noted, by the slots of the nodes, without the lock; the order hears of them before anything else
     * happens to it. Where a note fails the lock must be taken and {@link #used} called.
     *
     * @return the log, or {@code null} where {@link #used} must always be called
     */
    @Nullable UseLog log() {
        return null;
    }

    /** Takes a new node in and gives it a slot. */
    abstract void added(Node<K> node);

    /** Hears of a hit. */
    void used(Node<K> node) {}

    /** Puts a node in the place of the one it updates. */
    abstract void replaced(Node<K> old, Node<K> fresh);

    /** Lets a node go. */
    abstract void removed(Node<K> node);

    /**
     * Names the one to leave, without letting it go.
     *
     * @param spared the node that is being updated, which must not be the one
     * @return the victim, or {@code null} when nobody leaves
     */
    abstract @Nullable Node<K> victim(@Nullable Node<K> spared);

    /** Forgets all nodes. */
    abstract void clear();

    /** All nodes, where there is an order the first victim first; verifies the links on the way. For tests. */
    abstract List<Node<K>> victims();
}
