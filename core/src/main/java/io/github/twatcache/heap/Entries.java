package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * All that the store's lock guards: the {@link Table}, and over the same nodes the {@link Order} that names victims, the
 * {@link Expiry} and the {@link TagIndex}. Methods keep them agreeing also when a step throws.
 *
 * <p>Room is made before a newcomer enters, hence the limit holds at each instant. A node that leaves is marked with the
 * cause and put on a chain, which whoever holds the lock takes along ({@link #takeDeparted}) and reports after letting
 * go of it: each departure once.
 *
 * @param <K> the type of the keys
 */
final class Entries<K> {
    final Table<K> table = new Table<>();
    final Order<K> order;
    final Expiry<K> expiry;
    final @Nullable TagIndex<K> tags;

    /** Whether anything ever dies; then all nodes are {@link AgingNode}s. */
    final boolean mortal;

    /** Whether entries die when they have been read so often; then all nodes are {@link CountedNode}s. */
    final boolean counts;

    private final int reads;
    private final StoreContext<K> context;
    private final boolean weighs;
    private final long limit;

    /** The sum of the weights of all nodes in the table. */
    private long used;

    /** The first and last of the nodes that have left and are not reported yet, linked by {@link Node#prev}. */
    private @Nullable Node<K> departed;

    private @Nullable Node<K> lastDeparted;

    Entries(CacheSpec spec, StoreContext<K> context) {
        Long size = spec.get(Settings.MAXIMUM_SIZE);
        Long weight = spec.get(Settings.MAXIMUM_WEIGHT);
        Long bytes = spec.get(Settings.MAXIMUM_BYTES);
        this.context = context;
        this.weighs = weight != null || bytes != null;
        this.limit = weight != null ? weight : bytes != null ? bytes : size != null ? size : Long.MAX_VALUE;
        this.expiry = new Expiry<>(spec, context.ticker());
        this.reads =
                spec.get(Settings.EXPIRE_AFTER_READS, (long) Integer.MAX_VALUE).intValue();
        this.counts = spec.get(Settings.EXPIRE_AFTER_READS) != null;
        this.mortal = counts || expiry.any();
        this.tags = spec.on(Settings.TAGS) ? new TagIndex<>() : null;
        this.order = limit == Long.MAX_VALUE ? new NoOrder<>() : order(spec);
    }

    private Order<K> order(CacheSpec spec) {
        VictimOrder.Factory own = spec.get(HeapSettings.ORDER);
        if (own != null) {
            return new UserOrder<>(own, key -> table.find(key, Table.spread(key.hashCode())));
        }
        Long seed = spec.get(HeapSettings.SEED);
        return switch (spec.get(Settings.POLICY, Policy.LRU)) {
            case LRU -> new LruOrder<>();
            case LFU -> new LfuOrder<>();
            case FIFO -> new FifoOrder<>();
            case MRU -> new MruOrder<>();
            case RR -> new RandomOrder<>(seed == null ? new SplittableRandom() : new SplittableRandom(seed));
            case NONE -> new NoOrder<>();
        };
    }

    int count() {
        return table.count();
    }

    long weight() {
        return used;
    }

    /** What a put of these terms weighs. */
    int weight(Terms terms) {
        return weighs ? terms.weight() : 1;
    }

    boolean tooHeavy(int weight) {
        return weight > limit;
    }

    /** Whether a node is absent to all but those who ask for what is kept. */
    boolean dead(Node<K> node, long now) {
        return mortal && ((AgingNode<K>) node).expiredAt(now);
    }

    /** Lets go of a node that is in the way of a miss, if nobody can ask for it any more. */
    void buryIfGone(@Nullable Node<K> node, long now) {
        if (node != null && !node.gone() && ((AgingNode<K>) node).goneAt(now)) {
            depart(node, RemovalCause.EXPIRED);
        }
    }

    /** Lets go of a node that is dead, though it may be kept; any other is returned. */
    @Nullable Node<K> living(@Nullable Node<K> node, long now) {
        if (node == null || node.gone()) {
            return null;
        }
        if (dead(node, now)) {
            depart(node, RemovalCause.EXPIRED);
            return null;
        }
        return node;
    }

    /** What is left of the terms of a node; with tags under the lock. */
    Terms terms(Node<K> node, long now) {
        if (!(node instanceof WeighedNode<K> weighed)) {
            return Terms.PLAIN;
        }
        if (node instanceof KeptNode<K> kept) {
            return kept(kept, now);
        }
        long left = Terms.UNSET;
        if (node instanceof AgingNode<K> aging) {
            long deadline = aging.deadline();
            left = deadline == Terms.FOREVER ? Terms.FOREVER : Math.max(1, deadline - now);
        }
        return new Terms(left, left, tags == null ? Set.of() : tags.of(weighed), node.weight(), 0);
    }

    private Terms kept(KeptNode<K> node, long now) {
        return new Terms(
                left(node.fresh(), now),
                left(node.hard, now),
                tags == null ? Set.of() : tags.of(node),
                node.weight(),
                node.costNanos,
                left(node.deadline(), now),
                node.version);
    }

    private static long left(long end, long now) {
        return end == Terms.FOREVER ? Terms.FOREVER : Math.max(0, end - now);
    }

    /** The nodes that are fresh, one by one: among them are stale ones that nobody has swept. */
    private List<Node<K>> fresh(long now) {
        List<Node<K>> fresh = table.withRest(0, 1);
        fresh.removeIf(node -> dead(node, now));
        return fresh;
    }

    /** How many are fresh. */
    int freshCount(long now) {
        return expiry.keeps() ? fresh(now).size() : table.count();
    }

    /** What those that are fresh weigh together. */
    long freshWeight(long now) {
        return expiry.keeps() ? fresh(now).stream().mapToLong(Node::weight).sum() : used;
    }

    /** Has some nodes be stale from now on; returns how many of them were fresh. */
    long age(Iterable<? extends Node<K>> nodes, long now) {
        long aged = 0;
        for (Node<K> node : nodes) {
            if (!node.gone() && !dead(node, now)) {
                expiry.age((KeptNode<K>) node, now);
                aged++;
            }
        }
        return aged;
    }

    /** Ends the life of a node that has been read as often as it may be. */
    void wearOut(Node<K> node, long now) {
        if (node.gone()) {
            return;
        }
        if (node instanceof KeptNode<K> kept) {
            expiry.end(kept, now);
        } else {
            depart(node, RemovalCause.EXPIRED);
        }
    }

    /** Notes a use. */
    void used(Node<K> node, long now) {
        if (node.gone()) {
            return;
        }
        if (mortal) {
            expiry.used((AgingNode<K>) node, expiry.inOrder(now));
        }
        if (node.ordered()) {
            order.used(node);
        }
    }

    /** Lets others leave, the dead first, until a weight fits in the place of that of the old node. */
    boolean makeRoom(@Nullable Node<K> old, int weight, long now) {
        long more = weight - (old == null ? 0L : old.weight());
        while (more > 0 && used > limit - more) {
            Node<K> dead = mortal ? expiry.expired(now) : null;
            Node<K> victim = dead == null ? order.victim(old) : dead;
            if (victim == null) {
                return false;
            }
            depart(victim, dead(victim, now) ? RemovalCause.EXPIRED : RemovalCause.SIZE);
        }
        return true;
    }

    /** Makes a node with the fields that this cache needs. */
    Node<K> node(K key, int hash, Object value, int weight) {
        if (expiry.keeps()) {
            return new KeptNode<>(key, hash, value, weight, reads);
        }
        if (counts) {
            return new CountedNode<>(key, hash, value, weight, reads);
        }
        if (mortal) {
            return expiry.hasDeadlines()
                    ? new DeadlineNode<>(key, hash, value, weight)
                    : new AgingNode<>(key, hash, value, weight);
        }
        return weighs || tags != null ? new WeighedNode<>(key, hash, value, weight) : new Node<>(key, hash, value);
    }

    /** Takes a node in under a key that has none; it is whole before anybody can see it. */
    void add(Node<K> node, long lifetime, Terms terms, long now) {
        table.reserve();
        if (node.weight() > 0) {
            order.added(node);
        }
        if (mortal) {
            expiry.start((AgingNode<K>) node, lifetime, terms, now);
        }
        if (tags != null) {
            tags.add((WeighedNode<K>) node, terms.tags());
        }
        used += node.weight();
        table.add(node);
    }

    /** Takes a node in, in the place of another. */
    void replace(Node<K> old, Node<K> fresh, long lifetime, Terms terms, long now) {
        boolean ordered = fresh.weight() > 0;
        boolean inPlace = ordered && old.ordered();
        if (ordered && !inPlace) {
            order.added(fresh);
        }
        if (mortal) {
            expiry.stop((AgingNode<K>) old);
            expiry.start((AgingNode<K>) fresh, lifetime, terms, now);
        }
        if (tags != null) {
            tags.remove((WeighedNode<K>) old);
            tags.add((WeighedNode<K>) fresh, terms.tags());
        }
        used += (long) fresh.weight() - old.weight();
        table.replace(old, fresh);
        try {
            if (inPlace) {
                order.replaced(old, fresh);
            } else if (old.ordered()) {
                order.removed(old);
            }
        } finally {
            left(old, RemovalCause.REPLACED);
        }
    }

    /** Lets a node go. */
    void depart(Node<K> node, RemovalCause cause) {
        table.remove(node);
        used -= node.weight();
        if (mortal) {
            expiry.stop((AgingNode<K>) node);
        }
        if (tags != null) {
            tags.remove((WeighedNode<K>) node);
        }
        try {
            if (node.ordered()) {
                order.removed(node);
            }
        } finally {
            left(node, cause);
        }
    }

    /** Removes dead nodes, at most so many; whether none is left. */
    boolean bury(long now, int most) {
        for (int buried = 0; buried < most; buried++) {
            AgingNode<K> dead = expiry.dead(now);
            if (dead == null) {
                return true;
            }
            depart(dead, RemovalCause.EXPIRED);
        }
        return expiry.dead(now) == null;
    }

    /** Lets all nodes go. */
    void clear(long now) {
        for (Node<K> node : table.withRest(0, 1)) {
            left(node, dead(node, now) ? RemovalCause.EXPIRED : RemovalCause.EXPLICIT);
        }
        forget();
    }

    /** Drops everything without a word. */
    void forget() {
        table.clear();
        used = 0;
        expiry.clear();
        if (tags != null) {
            tags.clear();
        }
        order.clear();
    }

    /** Says that a look-up finds an entry that has expired and that nobody has swept yet. */
    void expired(K key) {
        context.missed(key, MissReason.EXPIRED);
    }

    /** Marks a node that is in none of the structures any more, and remembers to report it. */
    void left(Node<K> node, RemovalCause cause) {
        node.leave(cause);
        node.prev = null;
        if (!context.removals()) {
            return;
        }
        Node<K> last = lastDeparted;
        if (last == null) {
            departed = node;
        } else {
            last.prev = node;
        }
        lastDeparted = node;
    }

    /** The nodes that left under this hold of the lock. */
    @Nullable Node<K> takeDeparted() {
        Node<K> first = departed;
        if (first != null) {
            departed = null;
            lastDeparted = null;
        }
        return first;
    }
}
