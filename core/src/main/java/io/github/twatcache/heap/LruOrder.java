package io.github.twatcache.heap;

import org.jspecify.annotations.Nullable;

/**
 * Least recently used: hits and writes move a node to the newest end, the oldest leaves.
 *
 * @param <K> the type of the keys
 */
final class LruOrder<K> extends ListOrder<K> {
    LruOrder() {
        super(true);
    }

    @Override
    void replaced(Node<K> old, Node<K> fresh) {
        removed(old);
        added(fresh);
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        return oldest(spared);
    }
}
