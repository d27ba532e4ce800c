package io.github.twatcache.heap;

import org.jspecify.annotations.Nullable;

/**
 * A node with a weight and tags.
 *
 * @param <K> the type of the keys
 */
class WeighedNode<K> extends Node<K> {
    private final int weight;

    /** The first of its tags. */
    TagIndex.@Nullable Link<K> tags;

    WeighedNode(K key, int hash, Object value, int weight) {
        super(key, hash, value);
        this.weight = weight;
    }

    @Override
    final int weight() {
        return weight;
    }
}
