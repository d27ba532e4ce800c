package io.github.twatcache.heap;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random replacement: every node but the one that is being stored leaves with the same chance. The nodes lie in an array
 * without gaps; the last fills the hole of the one that leaves.
 *
 * @param <K> the type of the keys
 */
final class RandomOrder<K> extends Order<K> {
    private static final int LEAST = 16;

    private final SplittableRandom random;
    private Node<K>[] nodes = nodes(LEAST);
    private int count;

    RandomOrder(SplittableRandom random) {
        this.random = random;
    }

    @Override
    void added(Node<K> node) {
        if (count == nodes.length) {
            nodes = Arrays.copyOf(nodes, count << 1);
        }
        node.slot = count;
        nodes[count++] = node;
    }

    @Override
    void replaced(Node<K> old, Node<K> fresh) {
        fresh.slot = old.slot;
        nodes[fresh.slot] = fresh;
        old.slot = Node.UNORDERED;
    }

    @Override
    @SuppressWarnings("NullAway") // beyond the count the array holds nothing
    void removed(Node<K> node) {
        Node<K> last = nodes[--count];
        nodes[count] = null;
        if (last != node) {
            nodes[node.slot] = last;
            last.slot = node.slot;
        }
        node.slot = Node.UNORDERED;
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        if (spared == null || !spared.ordered()) {
            return count == 0 ? null : nodes[random.nextInt(count)];
        }
        if (count <= 1) {
            return null;
        }
        int drawn = random.nextInt(count - 1);
        return nodes[drawn < spared.slot ? drawn : drawn + 1];
    }

    @Override
    void clear() {
        nodes = nodes(LEAST);
        count = 0;
    }

    @Override
    List<Node<K>> victims() {
        for (int index = 0; index < count; index++) {
            if (nodes[index].slot != index) {
                throw new IllegalStateException("broken slot at " + index);
            }
        }
        return List.of(Arrays.copyOf(nodes, count));
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array cannot be made otherwise
    private static <K> Node<K>[] nodes(int length) {
        return new Node[length];
    }
}
