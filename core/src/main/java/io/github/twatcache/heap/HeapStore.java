package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
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
 * @param counts whether entries die when they have been read so often
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
        boolean renews,
        boolean counts)
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
                entries.expiry.renews(),
                entries.counts);
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
        if (counts && !reads((CountedNode<K>) node, now)) {
            return null;
        }
        if (renews || (notesUses && (log == null || !log.note(node.slot)))) {
            use(node, now);
        }
        return node.value;
    }

    /** Counts a read; whether there was one left. */
    private boolean reads(CountedNode<K> node, long now) {
        int left = node.read();
        if (left == 1) {
            gate.lock();
            try {
                inside.wearOut(node, now);
            } finally {
                gate.unlockAndTell();
            }
        }
        return left > 0;
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
        if (inside.tags == null && !expiry.keeps()) {
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
            if (found != null && expiry.keeps()) {
                return retimed(found, Terms.PLAIN.lasting(nanos), now);
            }
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

    private boolean retimed(Node<K> node, Terms terms, long now) {
        if (node.gone() || inside.dead(node, now)) {
            return false;
        }
        expiry.stop((AgingNode<K>) node);
        if (terms.keptNanos() <= 0 && terms.keptNanos() != Terms.UNSET) {
            inside.depart(node, RemovalCause.EXPIRED);
        } else {
            expiry.time((KeptNode<K>) node, terms, now);
        }
        return true;
    }

    /** What is kept for a key, fresh or stale. */
    StaleStore.@Nullable Kept kept(K key) {
        int hash = gate.hash(key);
        long now = gate.now();
        KeptNode<K> node = (KeptNode<K>) gate.lockAndFind(key, hash);
        try {
            if (node == null || node.goneAt(now)) {
                return null;
            }
            Entry entry = new Entry(node.value, node, inside.terms(node, now));
            return new StaleStore.Kept(entry, Math.max(0, now - node.fresh()), node.aged && inside.dead(node, now));
        } finally {
            gate.unlock();
        }
    }

    /** Gives a fresh entry new lifetimes. */
    boolean retime(K key, Terms terms) {
        int hash = gate.hash(key);
        long read = gate.now();
        Node<K> found = gate.lockAndFind(key, hash);
        try {
            return found != null && retimed(found, terms, gate.inOrder(read));
        } finally {
            gate.unlockAndTell();
        }
    }

    /** Has the entry of a key be stale from now on. */
    boolean ageOne(K key) {
        int hash = gate.hash(key);
        long read = gate.now();
        Node<K> found = gate.lockAndFind(key, hash);
        try {
            return found != null && inside.age(List.of(found), gate.inOrder(read)) == 1;
        } finally {
            gate.unlock();
        }
    }

    /** Has the entries that carry a tag, or all, be stale from now on. */
    long ageMany(@Nullable String tag) {
        long read = gate.now();
        gate.lock();
        try {
            TagIndex<K> tags = inside.tags;
            return inside.age(
                    tag == null ? table.withRest(0, 1) : tags == null ? List.of() : tags.all(tag), gate.inOrder(read));
        } finally {
            gate.unlock();
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
        long now = gate.now();
        gate.lock();
        try {
            return inside.freshCount(now);
        } finally {
            gate.unlock();
        }
    }

    @Override
    public long weight() {
        gate.sweepAll();
        long now = gate.now();
        gate.lock();
        try {
            return inside.freshWeight(now);
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
        if (type == StaleStore.class && expiry.keeps()) {
            return Optional.of(type.cast(new HeapStaleness<>(this)));
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
