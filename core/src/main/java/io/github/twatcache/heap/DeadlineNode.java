package io.github.twatcache.heap;

import io.github.twatcache.spi.Terms;

/**
 * A node whose death has an hour of its own, which no use puts off.
 *
 * @param <K> the type of the keys
 */
class DeadlineNode<K> extends AgingNode<K> {
    /** The first tick at which it is dead whatever its uses. */
    long hard = Terms.FOREVER;

    /** Its place in the heap of deadlines, or -1. */
    int index = -1;

    DeadlineNode(K key, int hash, Object value, int weight) {
        super(key, hash, value, weight);
    }
}
