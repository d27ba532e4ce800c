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
 * <p>One short lock guards all that changes. Look-ups do without; a hit that has something to note does so in the order's
 * {@link UseLog} where it has one, and else takes the lock and lets go of it at once. See {@link Gate} for what runs outside
 * of it.
 *
 * <p>A record for the sake of a hit: a memoized function has its store as a constant of its class, and of a constant
 * record the JIT compiler takes the components for constants too, as it does not with other classes. So it knows which
 * order this is, however many others the program uses.
 *
 * @param <K> the type of the keys
 * @param inside all that the lock guards
 * @param gate the way to the entries
 * @param table the entries' table
 * @param order the entries' order
 * @param expiry the entries' expiry
 * @param mortal whether anything ever dies
 * @param notesUses whether the order wants to know of hits
 * @param log where hits are noted for the order without the lock, or {@code null} where it must be taken
 * @param renews whether a hit starts a new life
 */
record HeapStore<K>(
        Entries<K> inside,
        Gate<K> gate,
        Table<K> table,
        Order<K> order,
        Expiry<K> expiry,
        boolean mortal,
        boolean notesUses,
        @Nullable UseLog log,
        boolean renews)
        implements Store<K> {
    static <K> HeapStore<K> of(CacheSpec spec, StoreContext<K> context) {
        Entries<K> entries = new Entries<>(spec, context);
        return new HeapStore<>(
                entries,
                new Gate<>(entries, context),
                entries.table,
                entries.order,
                entries.expiry,
                entries.mortal,
                entries.order.hearsUses(),
                entries.order.log(),
                entries.expiry.renews());
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
        if (notesUses && (log == null || !log.note(node.slot))) {
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
        if (renews || (notesUses && (log == null || !log.note(node.slot)))) {
            use(node, now);
        }
        return node.value;
    }

    private void use(Node<K> node, long now) {
        gate.lock();
        try {
            inside.used(node, now);
        } finally {
            gate.unlock();
        }
    }

    @Override
    public @Nullable Entry entry(K key) {
        Node<K> node = table.find(key, gate.hash(key));
        long now = gate.now();
        if (node == null) {
            return null;
        }
        if (inside.dead(node, now)) {
            inside.expired(key);
            return null;
        }
        if (inside.tags == null) {
            return new Entry(node.value, node, inside.terms(node, now));
        }
        gate.lock();
        try {
            return new Entry(node.value, node, inside.terms(node, now));
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
            Node<K> old = inside.living(found, now);
            if (!holds(guard, old)) {
                return Outcome.REFUSED;
            }
            int weight = inside.weight(terms);
            if (inside.tooHeavy(weight)) {
                return Outcome.TOO_HEAVY;
            }
            Node<K> fresh = inside.node(old == null ? key : old.key, hash, value, weight);
            long lifetime = mortal ? expiry.lifetime(terms) : Terms.UNSET;
            if (lifetime <= 0 && lifetime != Terms.UNSET) {
                if (old != null) {
                    inside.depart(old, RemovalCause.REPLACED);
                }
                inside.left(fresh, RemovalCause.EXPIRED);
                return Outcome.STORED;
            }
            if (mortal) {
                inside.bury(now, Gate.SWEEP);
            }
            if (!inside.makeRoom(old, weight, now)) {
                return Outcome.FULL;
            }
            if (old == null) {
                inside.add(fresh, lifetime, terms, now);
            } else {
                inside.replace(old, fresh, lifetime, terms, now);
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
            Node<K> node = inside.living(found, gate.inOrder(read));
            if (node == null || !holds(guard, node)) {
                return false;
            }
            inside.depart(node, RemovalCause.EXPLICIT);
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
            Node<K> node = inside.living(found, now);
            if (node == null) {
                return false;
            }
            if (nanos <= 0 && nanos != Terms.UNSET) {
                inside.depart(node, RemovalCause.EXPIRED);
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
            inside.clear(now);
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
                if (inside.living(node, now) != null) {
                    inside.depart(node, RemovalCause.EXPLICIT);
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
            return inside.count();
        } finally {
            gate.unlock();
        }
    }

    @Override
    public long weight() {
        gate.sweepAll();
        gate.lock();
        try {
            return inside.weight();
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
        return now == null || inside.dead(now, gate.now()) ? null : now;
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        TagIndex<K> tags = inside.tags;
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
            inside.forget();
        } finally {
            gate.unlock();
        }
    }
}
