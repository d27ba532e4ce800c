package io.github.twatcache.heap;

import io.github.twatcache.spi.Cursor;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over a store share by share: a share holds the nodes whose hashes leave the same rest by the number of bins at
 * the start. A key never changes its share, however the table grows, and each share is read at once under the lock:
 * hence no key comes twice, and none that is there all the while is missed.
 *
 * @param <K> the type of the keys
 */
final class HeapCursor<K> implements Cursor<K> {
    private final HeapStore<K> store;
    private final int shares;
    private int nextShare;
    private Iterator<Node<K>> share = List.<Node<K>>of().iterator();
    private @Nullable Node<K> at;

    HeapCursor(HeapStore<K> store, int shares) {
        this.store = store;
        this.shares = shares;
    }

    @Override
    public boolean advance() {
        while (true) {
            while (share.hasNext()) {
                Node<K> node = store.current(share.next());
                if (node != null) {
                    at = node;
                    return true;
                }
            }
            if (nextShare == shares) {
                at = null;
                return false;
            }
            share = store.share(nextShare++, shares).iterator();
        }
    }

    @Override
    public K key() {
        return here().key;
    }

    @Override
    public @Nullable Object value() {
        Node<K> node = store.current(here());
        return node == null ? null : node.value;
    }

    private Node<K> here() {
        Node<K> node = at;
        if (node == null) {
            throw new IllegalStateException(
                    "the cursor is on no entry; call advance first and stop when it says false");
        }
        return node;
    }

    @Override
    public void close() {
        nextShare = shares;
        share = List.<Node<K>>of().iterator();
        at = null;
    }
}
