package io.github.twatcache.heap;

import io.github.twatcache.error.OperationException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks a {@link VictimOrder}.
 *
 * @param <K> the type of the keys
 */
final class UserOrder<K> extends Order<K> {
    private final VictimOrder.Factory factory;
    private final Function<K, @Nullable Node<K>> find;
    private VictimOrder<K> order;

    UserOrder(VictimOrder.Factory factory, Function<K, @Nullable Node<K>> find) {
        this.factory = factory;
        this.find = find;
        this.order = create(factory);
    }

    @Override
    boolean hearsUses() {
        return true;
    }

    @Override
    void added(Node<K> node) {
        order.added(node.key);
        node.slot = 0;
    }

    @Override
    void used(Node<K> node) {
        order.used(node.key);
    }

    @Override
    void replaced(Node<K> old, Node<K> fresh) {
        fresh.slot = 0;
        old.slot = Node.UNORDERED;
        order.updated(fresh.key);
    }

    @Override
    void removed(Node<K> node) {
        node.slot = Node.UNORDERED;
        order.removed(node.key);
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        K key = order.victim(spared == null ? null : spared.key);
        if (key == null) {
            return null;
        }
        Node<K> node = find.apply(key);
        if (node == null || node == spared || !node.ordered()) {
            throw new OperationException("the victim order " + order.getClass().getName() + " named "
                    + (node == null ? "a key that has no entry" : "an entry that must stay")
                    + "; let it name keys it was told of as added and not as removed, other than the spared one");
        }
        return node;
    }

    @Override
    void clear() {
        order = create(factory);
    }

    @Override
    List<Node<K>> victims() {
        return List.of();
    }

    @SuppressWarnings("unchecked") // documented: its keys are those of the cache
    private static <K> VictimOrder<K> create(VictimOrder.Factory factory) {
        return (VictimOrder<K>) factory.create();
    }
}
