package io.github.twatcache.heap;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Least frequently used, in constant time: after K. Shah, A. Mitra, D. Matani, "An O(1) algorithm for implementing the
 * LFU cache eviction scheme" (2010).
 *
 * <p>Nodes of the same number of uses share a bucket, a doubly linked list in the order of their last uses. Buckets form
 * a list themselves, by rising number of uses. A use moves a node to the end of the next bucket, which is made where it
 * is missing; the victim is the first node of the first bucket. The storing is the first use, a hit and an update are
 * one more each; an entry that left and comes again starts anew.
 *
 * <p>Buckets live in parallel arrays, and a node's slot is the index of its bucket: a bucket costs no object, and a node
 * no field.
 *
 * @param <K> the type of the keys
 */
final class LfuOrder<K> extends Order<K> {
    private static final int LEAST = 16;
    private static final int NONE = -1;

    private Node<K>[] firsts = nodes(LEAST);
    private Node<K>[] lasts = nodes(LEAST);
    private long[] uses = new long[LEAST];
    private int[] rarer = new int[LEAST];
    private int[] busier = new int[LEAST];

    /** The bucket with the fewest uses. */
    private int rarest = NONE;

    /** The first bucket that is free again, the next by {@link #busier}. */
    private int free = NONE;

    /** How many buckets were ever taken; those beyond are free too. */
    private int taken;

    @Override
    boolean hearsUses() {
        return true;
    }

    @Override
    void added(Node<K> node) {
        int bucket = rarest;
        if (bucket == NONE || uses[bucket] != 1) {
            bucket = open(1, NONE, bucket);
        }
        append(node, bucket);
    }

    @Override
    void used(Node<K> node) {
        int bucket = node.slot;
        long more = uses[bucket] + 1;
        int next = busier[bucket];
        boolean there = next != NONE && uses[next] == more;
        if (!there && node.prev == null && node.next == null) {
            uses[bucket] = more;
            return;
        }
        int target = there ? next : open(more, bucket, next);
        removed(node);
        append(node, target);
    }

    @Override
    @SuppressWarnings("NullAway") // the ends of a bucket are null only while it is free
    void replaced(Node<K> old, Node<K> fresh) {
        int bucket = old.slot;
        Node<K> before = old.prev;
        Node<K> after = old.next;
        fresh.slot = bucket;
        fresh.prev = before;
        fresh.next = after;
        if (before == null) {
            firsts[bucket] = fresh;
        } else {
            before.next = fresh;
        }
        if (after == null) {
            lasts[bucket] = fresh;
        } else {
            after.prev = fresh;
        }
        old.prev = null;
        old.next = null;
        old.slot = Node.UNORDERED;
        used(fresh);
    }

    @Override
    @SuppressWarnings("NullAway") // the ends of a bucket are null only while it is free
    void removed(Node<K> node) {
        int bucket = node.slot;
        Node<K> before = node.prev;
        Node<K> after = node.next;
        if (before == null) {
            firsts[bucket] = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            lasts[bucket] = before;
        } else {
            after.prev = before;
        }
        node.prev = null;
        node.next = null;
        node.slot = Node.UNORDERED;
        if (firsts[bucket] == null) {
            close(bucket);
        }
    }

    @Override
    @Nullable Node<K> victim(@Nullable Node<K> spared) {
        if (rarest == NONE) {
            return null;
        }
        Node<K> first = firsts[rarest];
        if (first != spared) {
            return first;
        }
        if (first.next != null) {
            return first.next;
        }
        int next = busier[rarest];
        return next == NONE ? null : firsts[next];
    }

    @Override
    void clear() {
        firsts = nodes(LEAST);
        lasts = nodes(LEAST);
        uses = new long[LEAST];
        rarer = new int[LEAST];
        busier = new int[LEAST];
        rarest = NONE;
        free = NONE;
        taken = 0;
    }

    @Override
    List<Node<K>> victims() {
        List<Node<K>> all = new ArrayList<>();
        int below = NONE;
        for (int bucket = rarest; bucket != NONE; bucket = busier[bucket]) {
            if (rarer[bucket] != below || (below != NONE && uses[below] >= uses[bucket]) || firsts[bucket] == null) {
                throw new IllegalStateException("broken bucket after " + all.size());
            }
            Node<K> before = null;
            for (Node<K> node = firsts[bucket]; node != null; node = node.next) {
                if (node.slot != bucket || node.prev != before) {
                    throw new IllegalStateException("broken link at " + all.size());
                }
                all.add(node);
                before = node;
            }
            if (lasts[bucket] != before) {
                throw new IllegalStateException("the bucket does not end with its last");
            }
            below = bucket;
        }
        return all;
    }

    private void append(Node<K> node, int bucket) {
        Node<K> last = lasts[bucket];
        node.slot = bucket;
        node.prev = last;
        lasts[bucket] = node;
        if (last == null) {
            firsts[bucket] = node;
        } else {
            last.next = node;
        }
    }

    /** Opens a bucket between two others. */
    private int open(long number, int below, int above) {
        int bucket = free;
        if (bucket != NONE) {
            free = busier[bucket];
        } else {
            bucket = taken++;
            if (bucket == uses.length) {
                grow(bucket << 1);
            }
        }
        uses[bucket] = number;
        rarer[bucket] = below;
        busier[bucket] = above;
        if (below == NONE) {
            rarest = bucket;
        } else {
            busier[below] = bucket;
        }
        if (above != NONE) {
            rarer[above] = bucket;
        }
        return bucket;
    }

    /** Frees a bucket that is empty. */
    private void close(int bucket) {
        int below = rarer[bucket];
        int above = busier[bucket];
        if (below == NONE) {
            rarest = above;
        } else {
            busier[below] = above;
        }
        if (above != NONE) {
            rarer[above] = below;
        }
        busier[bucket] = free;
        free = bucket;
    }

    private void grow(int length) {
        firsts = Arrays.copyOf(firsts, length);
        lasts = Arrays.copyOf(lasts, length);
        uses = Arrays.copyOf(uses, length);
        rarer = Arrays.copyOf(rarer, length);
        busier = Arrays.copyOf(busier, length);
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // a generic array cannot be made otherwise
    private static <K> Node<K>[] nodes(int length) {
        return new Node[length];
    }
}
