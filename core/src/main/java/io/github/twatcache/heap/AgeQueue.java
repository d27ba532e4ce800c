package io.github.twatcache.heap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that all live equally long, in the order in which they die: who starts a life goes to the end, hence the front
 * dies first. Constant time. A doubly linked list through the nodes.
 *
 * @param <K> the type of the keys
 */
final class AgeQueue<K> {
    private @Nullable AgingNode<K> oldest;
    private @Nullable AgingNode<K> youngest;

    @Nullable AgingNode<K> oldest() {
        return oldest;
    }

    void append(AgingNode<K> node) {
        AgingNode<K> last = youngest;
        node.older = last;
        node.aging = true;
        youngest = node;
        if (last == null) {
            oldest = node;
        } else {
            last.younger = node;
        }
    }

    void remove(AgingNode<K> node) {
        AgingNode<K> before = node.older;
        AgingNode<K> after = node.younger;
        if (before == null) {
            oldest = after;
        } else {
            before.younger = after;
        }
        if (after == null) {
            youngest = before;
        } else {
            after.older = before;
        }
        node.older = null;
        node.younger = null;
        node.aging = false;
    }

    /** Starts a node's life again. */
    void renew(AgingNode<K> node) {
        if (node != youngest) {
            remove(node);
            append(node);
        }
    }

    void clear() {
        oldest = null;
        youngest = null;
    }

    /** All nodes in order; verifies the links on the way. For tests. */
    List<AgingNode<K>> nodes() {
        List<AgingNode<K>> all = new ArrayList<>();
        AgingNode<K> before = null;
        for (AgingNode<K> node = oldest; node != null; node = node.younger) {
            if (node.older != before || !node.aging) {
                throw new IllegalStateException("broken age link at " + all.size());
            }
            all.add(node);
            before = node;
        }
        if (youngest != before) {
            throw new IllegalStateException("the queue of ages does not end with the youngest");
        }
        return all;
    }
}
