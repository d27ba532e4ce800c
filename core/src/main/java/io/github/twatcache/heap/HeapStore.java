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
import org.jspecify.annotations.Nullable;

/**
 * The store of the engine {@code heap}.
 *
 * <p>One short lock guards all that changes. Look-ups do without; a hit takes it only when it has something to note, and
 * lets go of it at once. See {@link Gate} for what runs outside of it.
 *
 * @param <K> the type of the keys
 */
final class HeapStore<K> implements Store<K> {
    private final Entries<K> entries;
    private final Gate<K> gate;
    private final Table<K> table;
    private final Order<K> order;
    private final Expiry<K> expiry;
    private final boolean mortal;
    private final boolean notesUses;

    HeapStore(CacheSpec spec, StoreContext<K> context) {
        this.entries = new Entries<>(spec, context);
        this.gate = new Gate<>(entries, context);
        this.table = entries.table;
        this.order = entries.order;
        this.expiry = entries.expiry;
        this.mortal = entries.mortal;
        this.notesUses = order.hearsUses() || expiry.renews();
    }

    @Override
    public @Nullable Object get(K key) {
        Node<K> node = table.find(key, gate.hash(key));
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
            gate.sweep(node, now);
            return null;
        }
        if (notesUses) {
            use(node, now);
        }
        return node.value;
    }

    private void use(Node<K> node, long now) {
        gate.lock();
        try {
            entries.used(node, now);
        } finally {
            gate.unlock();
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        Node<K> node = table.find(key, gate.hash(key));
        long now = gate.now();
        if (node == null || entries.dead(node, now)) {
            return null;
        }
        if (entries.tags == null) {
            return new Entry(node.value, node, entries.terms(node, now));
        }
        gate.lock();
        try {
            return new Entry(node.value, node, entries.terms(node, now));
        } finally {
            gate.unlock();
        }
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        int hash = gate.hash(key);
        long read = gate.now();
        Node<K> found = gate.lockAndFind(key, hash);
        try {
            long now = gate.inOrder(read);
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
                entries.bury(now, Gate.SWEEP);
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
            gate.unlockAndTell();
        }
    }

    @Override
    public boolean remove(K key, Guard guard) {
        int hash = gate.hash(key);
        long read = gate.now();
        Node<K> found = gate.lockAndFind(key, hash);
        try {
            Node<K> node = entries.living(found, gate.inOrder(read));
            if (node == null || !holds(guard, node)) {
                return false;
            }
            entries.depart(node, RemovalCause.EXPLICIT);
            return true;
        } finally {
            gate.unlockAndTell();
        }
    }

    private boolean touch(K key, long nanos) {
        int hash = gate.hash(key);
        long read = gate.now();
        Node<K> found = gate.lockAndFind(key, hash);
        try {
            long now = gate.inOrder(read);
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
            gate.unlockAndTell();
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
        long now = gate.now();
        gate.lock();
        try {
            entries.clear(now);
        } finally {
            gate.unlockAndTell();
        }
    }

    private long removeTagged(TagIndex<K> tags, String tag) {
        long removed = 0;
        long read = gate.now();
        gate.lock();
        try {
            long now = gate.inOrder(read);
            for (WeighedNode<K> node = tags.any(tag); node != null; node = tags.any(tag)) {
                if (entries.living(node, now) != null) {
                    entries.depart(node, RemovalCause.EXPLICIT);
                    removed++;
                }
            }
        } finally {
            gate.unlockAndTell();
        }
        return removed;
    }

    @Override
    public long size() {
        gate.sweepAll();
        return estimatedSize();
    }

    @Override
    public long estimatedSize() {
        gate.lock();
        try {
            return entries.count();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public long weight() {
        gate.sweepAll();
        gate.lock();
        try {
            return entries.weight();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public Cursor<K> entries() {
        return new HeapCursor<>(this, table.length());
    }

    /** The nodes of a share of the table, see {@link Table#withRest}. */
    List<Node<K>> share(int rest, int powerOfTwo) {
        gate.lock();
        try {
            return table.withRest(rest, powerOfTwo);
        } finally {
            gate.unlock();
        }
    }

    /** The live node that stands for the same entry as one that was seen before. */
    @Nullable Node<K> current(Node<K> node) {
        Node<K> now = node.gone() ? table.find(node.key, node.hash) : node;
        return now == null || entries.dead(now, gate.now()) ? null : now;
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
        gate.lock();
        try {
            entries.forget();
        } finally {
            gate.unlock();
        }
    }

    /** The entries, for tests that look at them while nobody else does. */
    Entries<K> inside() {
        return entries;
    }
}
