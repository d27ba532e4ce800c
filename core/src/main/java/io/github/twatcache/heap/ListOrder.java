package io.github.twatcache.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order that is a doubly linked list, from the oldest to the newest.
 *
 * <p>The links are numbers in one array, not references in the nodes: a move writes no reference, so the garbage
 * collector has nothing to note, which would cost as much as the rest of a hit. A node's slot is its place in the arrays;
 * place 0 holds no node and closes the ring: what is newer than it is the oldest, what is older is the newest.
 *
 * @param <K> the type of the keys
 */
abstract class ListOrder<K> extends Order<K> {
    private static final int LEAST = 16;
    private static final int END = 0;

    /** Where the newer neighbour of a place would stand that holds no node. */
    private static final int NOBODY = -1;

    private @Nullable Node<K>[] nodes = nodes(LEAST);

    /** For each place the older neighbour's, then the newer neighbour's; of a free place, the next free one and {@link #NOBODY}. */
    private int[] links = vacant(new int[2 * LEAST], 1);

    /** The first place that is free again, or {@link #END}. */
    private int free = END;

    /** How many places were ever taken; those beyond are free too. */
    private int taken = 1;

    /** Hits that the list has yet to hear of; {@code null} where it does not care. */
    private final @Nullable UseLog log;

    /** @param hearsUses whether a hit moves a node to the newest end */
    ListOrder(boolean hearsUses) {
        this.log = hearsUses ? UseLog.empty() : null;
    }

    @Override
    final boolean hearsUses() {
        return log != null;
    }

    @Override
    final @Nullable UseLog log() {
        return log;
    }

    /** Hears of the hits so far; the first thing that every change does. */
    private void hear() {
        if (log != null) {
            log.hear(this::hit);
            log.calm();
        }
    }

    /**
     * Hears of a hit of whatever is in a place. A look-up that is overtaken by the departure of what it has found, and by
     * the arrival of another node in that place, so counts as a use of the newcomer; if nobody has come, as nothing.
     */
    private void hit(int place) {
        // The links tell, which are needed next, rather than the nodes, which lie elsewhere.
        int newer = 2 * place + 1;
        if (newer < links.length && links[newer] != NOBODY) {
            renew(place);
        }
    }

    @Override
    final void used(Node<K> node) {
        if (log != null) {
            log.hear(this::hit);
            log.join();
            renew(node.slot);
        }
    }

    @Override
    void added(Node<K> node) {
        hear();
        int place = free;
        if (place != END) {
            free = links[2 * place];
        } else {
            place = taken++;
            if (place == nodes.length) {
                nodes = Arrays.copyOf(nodes, 2 * place);
                links = vacant(Arrays.copyOf(links, 4 * place), place);
            }
        }
        nodes[place] = node;
        node.slot = place;
        append(place);
    }

    @Override
    final void removed(Node<K> node) {
        hear();
        int place = node.slot;
        unlink(place);
        nodes[place] = null;
        links[2 * place] = free;
        links[2 * place + 1] = NOBODY;
        free = place;
        node.slot = Node.UNORDERED;
    }

    @Override
    final void clear() {
        hear();
        nodes = nodes(LEAST);
        links = vacant(new int[2 * LEAST], 1);
        free = END;
        taken = 1;
    }

    /** The oldest node, or null; the one after it if that one is to be spared. */
    final @Nullable Node<K> oldest(@Nullable Node<K> spared) {
        hear();
        int first = links[1];
        Node<K> node = nodes[first];
        return node == null || node != spared ? node : nodes[links[2 * first + 1]];
    }

    /** The newest node, or null; the one before it if that one is to be spared. */
    final @Nullable Node<K> newest(@Nullable Node<K> spared) {
        hear();
        int last = links[0];
        Node<K> node = nodes[last];
        return node == null || node != spared ? node : nodes[links[2 * last]];
    }

    private void append(int place) {
        int[] all = links;
        int last = all[0];
        all[2 * place] = last;
        all[2 * place + 1] = END;
        all[2 * last + 1] = place;
        all[0] = place;
    }

    private void unlink(int place) {
        int[] all = links;
        int before = all[2 * place];
        int after = all[2 * place + 1];
        all[2 * before + 1] = after;
        all[2 * after] = before;
    }

    /** Moves what is in a place to the newest end. */
    private void renew(int place) {
        if (links[0] != place) {
            unlink(place);
            append(place);
        }
    }

    /** Puts a node exactly where another was. */
    final void substitute(Node<K> old, Node<K> fresh) {
        hear();
        int place = old.slot;
        nodes[place] = fresh;
        fresh.slot = place;
        old.slot = Node.UNORDERED;
    }

    @Override
    List<Node<K>> victims() {
        hear();
        List<Node<K>> all = new ArrayList<>();
        int before = END;
        for (int place = links[1]; place != END; place = links[2 * place + 1]) {
            Node<K> node = nodes[place];
            if (node == null || node.slot != place || links[2 * place] != before) {
                throw new IllegalStateException("broken link at " + all.size());
            }
            all.add(node);
            before = place;
        }
        if (links[0] != before) {
            throw new IllegalStateException("the list does not end with the newest");
        }
        return all;
    }

    /** The links in which the places from one on hold no node. */
    private static int[] vacant(int[] links, int from) {
        Arrays.fill(links, 2 * from, links.length, NOBODY);
        return links;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array cannot be made otherwise
    private static <K> @Nullable Node<K>[] nodes(int length) {
        return new Node[length];
    }
}
