package io.github.twatcache.heap;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Nodes by their own deadlines, the next to die at the top. A heap in which each node has four children (D. B. Johnson,
 * "Priority queues with update and finding minimum spanning trees", 1975): half as deep as a binary one, and the four
 * deadlines that are compared lie side by side. Each node knows its index, so that any can be taken out in
 * O(log n).
 *
 * @param <K> the type of the keys
 */
final class DeadlineHeap<K> {
    private static final int LEAST = 16;

    private DeadlineNode<K>[] nodes = nodes(LEAST);
    private long[] ticks = new long[LEAST];
    private int count;

    @Nullable DeadlineNode<K> first() {
        return count == 0 ? null : nodes[0];
    }

    void add(DeadlineNode<K> node) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, count << 1);
            ticks = Arrays.copyOf(ticks, count << 1);
        }
        rise(node, node.hard, count++);
    }

    @SuppressWarnings("NullAway") // beyond the count the array holds nothing
    void remove(DeadlineNode<K> node) {
        int hole = node.index;
        DeadlineNode<K> last = nodes[--count];
        long tick = ticks[count];
        nodes[count] = null;
        node.index = -1;
        if (last == node) {
            return;
        }
        if (hole > 0 && tick < ticks[(hole - 1) >> 2]) {
            rise(last, tick, hole);
        } else {
            sink(last, tick, hole);
        }
    }

    void clear() {
        nodes = nodes(LEAST);
        ticks = new long[LEAST];
        count = 0;
    }

    /** How many nodes are in no queue of ages beside; verifies order and indexes on the way. For tests. */
    int verify() {
        int alone = 0;
        for (int index = 0; index < count; index++) {
            DeadlineNode<K> node = nodes[index];
            if (node.index != index
                    || node.hard != ticks[index]
                    || (index > 0 && ticks[(index - 1) >> 2] > ticks[index])) {
                throw new IllegalStateException("the heap of deadlines is broken at " + index);
            }
            alone += node.aging ? 0 : 1;
        }
        return alone;
    }

    private void rise(DeadlineNode<K> node, long tick, int from) {
        int hole = from;
        while (hole > 0) {
            int parent = (hole - 1) >> 2;
            if (ticks[parent] <= tick) {
                break;
            }
            place(nodes[parent], ticks[parent], hole);
            hole = parent;
        }
        place(node, tick, hole);
    }

    private void sink(DeadlineNode<K> node, long tick, int from) {
        int hole = from;
        for (int child = (hole << 2) + 1; child < count; child = (hole << 2) + 1) {
            int least = child;
            int end = Math.min(child + 4, count);
            for (int other = child + 1; other < end; other++) {
                if (ticks[other] < ticks[least]) {
                    least = other;
                }
            }
            if (tick <= ticks[least]) {
                break;
            }
            place(nodes[least], ticks[least], hole);
            hole = least;
        }
        place(node, tick, hole);
    }

    private void place(DeadlineNode<K> node, long tick, int index) {
        nodes[index] = node;
        ticks[index] = tick;
        node.index = index;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array cannot be made otherwise
    private static <K> DeadlineNode<K>[] nodes(int length) {
        return new DeadlineNode[length];
    }
}
