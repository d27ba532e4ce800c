package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.RemovalCause;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The store of the engine {@code heap}.
 *
 * <p>One short lock guards all that changes. Look-ups do without; a hit takes the lock only when it has something to
 * note, and lets go of it at once. A write looks its key up before it takes the lock, and looks again if the answer has
 * become doubtful meanwhile: so {@code hashCode} and {@code equals} of the user's keys run without the lock, as do the
 * ticker and the removal listener. Only a {@link VictimOrder} runs under it.
 *
 * @param <K> the type of the keys
 */
final class HeapStore<K> implements Store<K> {
    /** How many dead nodes a write or a miss removes, beyond those in its way. */
    static final int SWEEP = 32;

    /** How many dead nodes are removed under one hold of the lock when all are to go. */
    private static final int BATCH = 1024;

    private final StoreContext<K> context;
    private final ShortLock lock = new ShortLock();
    private final Entries<K> entries;
    private final Table<K> table;
    private final Order<K> order;
    private final Expiry<K> expiry;
    private final boolean mortal;
    private final boolean notesUses;

    HeapStore(CacheSpec spec, StoreContext<K> context) {
        this.context = context;
        this.entries = new Entries<>(spec, context);
        this.table = entries.table;
        this.order = entries.order;
        this.expiry = entries.expiry;
        this.mortal = entries.mortal;
        this.notesUses = order.hearsUses() || expiry.renews();
    }

    @Override
    public @Nullable Object get(K key) {
        Node<K> node = table.find(key, hash(key));
        if (mortal) {
            return mortal(node);
        }
        if (node == null) {
            return null;
        }
        if (notesUses && !order.settled(node)) {
            use(node, 0);
        }
        return node.value;
    }

    private @Nullable Object mortal(@Nullable Node<K> node) {
        long now = expiry.now();
        if (node == null || ((AgingNode<K>) node).deadAt(now)) {
            sweep(node, now);
            return null;
        }
        if (notesUses) {
            use(node, now);
        }
        return node.value;
    }

    private void use(Node<K> node, long now) {
        lock.lock();
        try {
            entries.used(node, now);
        } finally {
            lock.unlock();
        }
    }

    private void sweep(@Nullable Node<K> node, long now) {
        lock.lock();
        try {
            entries.living(node, now);
            entries.bury(now, SWEEP);
        } finally {
            unlockAndTell();
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        Node<K> node = table.find(key, hash(key));
        long now = now();
        return node == null || entries.dead(node, now) ? null : new Entry(node.value, node, terms(node, now));
    }

    private Terms terms(Node<K> node, long now) {
        if (!(node instanceof WeighedNode<K> weighed)) {
            return Terms.PLAIN;
        }
        Set<String> names = Set.of();
        TagIndex<K> tags = entries.tags;
        if (tags != null) {
            lock.lock();
            try {
                names = tags.of(weighed);
            } finally {
                lock.unlock();
            }
        }
        long left = Terms.UNSET;
        if (node instanceof AgingNode<K> aging) {
            long deadline = aging.deadline();
            left = deadline == Terms.FOREVER ? Terms.FOREVER : Math.max(1, deadline - now);
        }
        return new Terms(left, left, names, node.weight(), 0);
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        int hash = hash(key);
        long read = now();
        Node<K> found = lockAndFind(key, hash);
        try {
            long now = inOrder(read);
            Node<K> old = entries.living(found, now);
            if (!holds(guard, old)) {
                return Outcome.REFUSED;
            }
            int weight = entries.weight(terms);
            if (entries.tooHeavy(weight)) {
                return Outcome.TOO_HEAVY;
            }
            Node<K> fresh = entries.node(old == null ? key : old.key, hash, value, weight);
            long lifetime = mortal ? expiry.lifetime(terms) : Terms.UNSET;
            if (lifetime <= 0 && lifetime != Terms.UNSET) {
                if (old != null) {
                    entries.depart(old, RemovalCause.REPLACED);
                }
                entries.left(fresh, RemovalCause.EXPIRED);
                return Outcome.STORED;
            }
            if (mortal) {
                entries.bury(now, SWEEP);
            }
            if (!entries.makeRoom(old, weight, now)) {
                return Outcome.FULL;
            }
            if (old == null) {
                entries.add(fresh, lifetime, terms, now);
            } else {
                entries.replace(old, fresh, lifetime, terms, now);
            }
            return Outcome.STORED;
        } finally {
            unlockAndTell();
        }
    }

    @Override
    public boolean remove(K key, Guard guard) {
        int hash = hash(key);
        long read = now();
        Node<K> found = lockAndFind(key, hash);
        try {
            Node<K> node = entries.living(found, inOrder(read));
            if (node == null || !holds(guard, node)) {
                return false;
            }
            entries.depart(node, RemovalCause.EXPLICIT);
            return true;
        } finally {
            unlockAndTell();
        }
    }

    private boolean touch(K key, long nanos) {
        int hash = hash(key);
        long read = now();
        Node<K> found = lockAndFind(key, hash);
        try {
            long now = inOrder(read);
            Node<K> node = entries.living(found, now);
            if (node == null) {
                return false;
            }
            if (nanos <= 0 && nanos != Terms.UNSET) {
                entries.depart(node, RemovalCause.EXPIRED);
            } else {
                expiry.stop((AgingNode<K>) node);
                expiry.start((AgingNode<K>) node, nanos, now);
            }
            return true;
        } finally {
            unlockAndTell();
        }
    }

    private static boolean holds(Guard guard, @Nullable Node<?> node) {
        if (guard instanceof Guard.Seen seen) {
            return node != null && node == seen.mark();
        }
        return guard instanceof Guard.Any || node == null;
    }

    @Override
    public void clear() {
        long now = now();
        lock.lock();
        try {
            entries.clear(now);
        } finally {
            unlockAndTell();
        }
    }

    private long removeTagged(TagIndex<K> tags, String tag) {
        long removed = 0;
        long read = now();
        lock.lock();
        try {
            long now = inOrder(read);
            for (WeighedNode<K> node = tags.any(tag); node != null; node = tags.any(tag)) {
                if (entries.living(node, now) != null) {
                    entries.depart(node, RemovalCause.EXPLICIT);
                    removed++;
                }
            }
        } finally {
            unlockAndTell();
        }
        return removed;
    }

    @Override
    public long size() {
        sweepAll();
        return estimatedSize();
    }

    @Override
    public long estimatedSize() {
        lock.lock();
        try {
            return entries.count();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long weight() {
        sweepAll();
        lock.lock();
        try {
            return entries.weight();
        } finally {
            lock.unlock();
        }
    }

    private void sweepAll() {
        boolean done = !mortal;
        while (!done) {
            long read = now();
            lock.lock();
            try {
                done = entries.bury(inOrder(read), BATCH);
            } finally {
                unlockAndTell();
            }
        }
    }

    @Override
    public Cursor<K> entries() {
        return new HeapCursor<>(this, table.length());
    }

    /** The nodes of a share of the table, see {@link Table#withRest}. */
    List<Node<K>> share(int rest, int powerOfTwo) {
        lock.lock();
        try {
            return table.withRest(rest, powerOfTwo);
        } finally {
            lock.unlock();
        }
    }

    /** The live node that stands for the same entry as one that was seen before. */
    @Nullable
    Node<K> current(Node<K> node) {
        Node<K> now = node.gone() ? table.find(node.key, node.hash) : node;
        return now == null || entries.dead(now, now()) ? null : now;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        TagIndex<K> tags = entries.tags;
        if (type == TagStore.class && tags != null) {
            TagStore tagged = tag -> removeTagged(tags, tag);
            return Optional.of(type.cast(tagged));
        }
        if (type == TouchStore.class && expiry.own()) {
            TouchStore<K> touching = this::touch;
            return Optional.of(type.cast(touching));
        }
        return Store.super.capability(type);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            entries.forget();
        } finally {
            lock.unlock();
        }
    }

    /** The entries, for tests that look at them while nobody else does. */
    Entries<K> inside() {
        return entries;
    }

    private long now() {
        return mortal ? expiry.now() : 0;
    }

    private long inOrder(long read) {
        return mortal ? expiry.inOrder(read) : 0;
    }

    private int hash(K key) {
        return Table.spread(key.hashCode());
    }

    /** Takes the lock with what the table holds for a key, found before. */
    private @Nullable Node<K> lockAndFind(K key, int hash) {
        while (true) {
            int additions = table.additions();
            Node<K> node = table.find(key, hash);
            lock.lock();
            if (node == null ? additions == table.additions() : !node.gone()) {
                return node;
            }
            lock.unlock();
        }
    }

    private void unlockAndTell() {
        Node<K> node = entries.takeDeparted();
        lock.unlock();
        while (node != null) {
            Node<K> next = node.prev;
            node.prev = null;
            context.removed(node.key, node.value, node.cause());
            node = next;
        }
    }
}
