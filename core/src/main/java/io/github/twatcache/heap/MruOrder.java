package io.github.twatcache.heap;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Most recently used: hits and writes move a node to the newest end, and the newest leaves. The node to come is not in
 * the list yet when the victim is asked for, hence it is never the one.
 *
 * @param <K> the type of the keys
 */
final class MruOrder<K> extends ListOrder<K> {
    MruOrder() {
        super(true);
    }

    @Override
    void replaced(Node<K> old, Node<K> fresh) {
        removed(old);
        added(fresh);
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        return newest(spared);
    }

    @Override
    List<Node<K>> victims() {
        List<Node<K>> all = super.victims();
        Collections.reverse(all);
        return all;
    }
}
