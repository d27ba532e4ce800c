package io.github.twatcache.heap;

import org.jspecify.annotations.Nullable;

/**
 * First in, first out: an update keeps the place (as in cachebox; cachetools queues the entry anew), a hit changes
 * nothing and takes no lock.
 *
 * @param <K> the type of the keys
 */
final class FifoOrder<K> extends ListOrder<K> {
    FifoOrder() {
        super(false);
    }

    @Override
    void replaced(Node<K> old, Node<K> fresh) {
        substitute(old, fresh);
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        return oldest(spared);
    }
}
