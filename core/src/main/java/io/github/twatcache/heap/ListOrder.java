package io.github.twatcache.heap;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that is a doubly linked list through the nodes themselves, from the oldest to the newest.
 *
 * @param <K> the type of the keys
 */
abstract class ListOrder<K> extends Order<K> {
    @Nullable Node<K> oldest;

    @Nullable Node<K> newest;

    @Override
    void added(Node<K> node) {
        node.slot = 0;
        append(node);
    }

    @Override
    final void removed(Node<K> node) {
        unlink(node);
        node.slot = Node.UNORDERED;
    }

    @Override
    final void clear() {
        oldest = null;
        newest = null;
    }

    final void append(Node<K> node) {
        Node<K> last = newest;
        node.prev = last;
        newest = node;
        if (last == null) {
            oldest = node;
        } else {
            last.next = node;
        }
    }

    final void unlink(Node<K> node) {
        Node<K> before = node.prev;
        Node<K> after = node.next;
        if (before == null) {
            oldest = after;
        } else {
            before.next = after;
            node.prev = null;
        }
        if (after == null) {
            newest = before;
        } else {
            after.prev = before;
            node.next = null;
        }
    }

    /** Moves a node to the newest end. */
    final void renew(Node<K> node) {
        if (node != newest) {
            unlink(node);
            append(node);
        }
    }

    /** Puts a node exactly where another was. */
    final void substitute(Node<K> old, Node<K> fresh) {
        Node<K> before = old.prev;
        Node<K> after = old.next;
        fresh.prev = before;
        fresh.next = after;
        if (before == null) {
            oldest = fresh;
        } else {
            before.next = fresh;
        }
        if (after == null) {
            newest = fresh;
        } else {
            after.prev = fresh;
        }
        fresh.slot = 0;
        old.prev = null;
        old.next = null;
        old.slot = Node.UNORDERED;
    }

    @Override
    List<Node<K>> victims() {
        List<Node<K>> all = new ArrayList<>();
        Node<K> before = null;
        for (Node<K> node = oldest; node != null; node = node.next) {
            if (node.prev != before || node.slot != 0) {
                throw new IllegalStateException("broken link at " + all.size());
            }
            all.add(node);
            before = node;
        }
        if (newest != before) {
            throw new IllegalStateException("the list does not end with the newest");
        }
        return all;
    }
}
