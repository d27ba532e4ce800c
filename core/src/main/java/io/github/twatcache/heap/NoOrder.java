package io.github.twatcache.heap;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nobody leaves: for caches without a limit, and for those that refuse when they are full.
 *
 * @param <K> the type of the keys
 */
final class NoOrder<K> extends Order<K> {
    @Override
    void added(Node<K> node) {}

    @Override
    void replaced(Node<K> old, Node<K> fresh) {}

    @Override
    void removed(Node<K> node) {}

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        return null;
    }

    @Override
    void clear() {}

    @Override
    List<Node<K>> victims() {
        return List.of();
    }
}
