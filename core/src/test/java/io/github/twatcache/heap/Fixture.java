package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.RemovalCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** A heap store with a clock that is moved by hand and a record of what was removed. */
final class Fixture<K> implements StoreContext<K> {
    /** One report. */
    record Removal(Object key, Object value, RemovalCause cause) {}

    final AtomicLong time;
    final ConcurrentLinkedQueue<Removal> removals = new ConcurrentLinkedQueue<>();
    final HeapStore<K> store;

    private Fixture(CacheSpec spec, long start) {
        this.time = new AtomicLong(start);
        this.store = HeapStore.of(spec, this);
    }

    static CacheSpec spec() {
        return CacheSpec.of("test", "heap");
    }

    static <K, T> Fixture<K> with(Setting<T> setting, T value) {
        return new Fixture<>(spec().with(setting, value, "test"), 0);
    }

    static <K> Fixture<K> of(CacheSpec spec) {
        return new Fixture<>(spec, 0);
    }

    static <K> Fixture<K> startingAt(long time, CacheSpec spec) {
        return new Fixture<>(spec, time);
    }

    Outcome put(K key, Object value) {
        return store.put(key, value, Terms.PLAIN, Guard.ANY);
    }

    Outcome put(K key, Object value, int weight) {
        return store.put(key, value, Terms.PLAIN.weighing(weight), Guard.ANY);
    }

    void advance(long nanos) {
        time.addAndGet(nanos);
    }

    /** What was removed since the last call. */
    List<Removal> taken() {
        List<Removal> all = new ArrayList<>(removals);
        removals.clear();
        return all;
    }

    Map<K, Object> contents() {
        Map<K, Object> all = new HashMap<>();
        try (Cursor<K> cursor = store.entries()) {
            while (cursor.advance()) {
                if (all.put(cursor.key(), cursor.value()) != null) {
                    throw new AssertionError("the cursor came twice to a key");
                }
            }
        }
        return all;
    }

    /** Verifies that table, order, deadlines and tags agree; while nobody else uses the store. */
    void check() {
        Entries<K> entries = store.inside();
        List<Node<K>> nodes = entries.table.withRest(0, 1);
        long weight = 0;
        int ordered = 0;
        int mortal = 0;
        int links = 0;
        for (Node<K> node : nodes) {
            weight += node.weight();
            ordered += node.ordered() ? 1 : 0;
            if (node.gone()) {
                throw new AssertionError("a node that left is in the table");
            }
            if (node instanceof AgingNode<K> aging && aging.deadline() != Terms.FOREVER) {
                boolean queued = aging.aging || (node instanceof DeadlineNode<K> own && own.index >= 0);
                if (!queued) {
                    throw new AssertionError("a mortal node that nothing sweeps");
                }
                mortal++;
            }
            if (entries.tags != null) {
                links += entries.tags.of((WeighedNode<K>) node).size();
            }
        }
        expect("count", nodes.size(), entries.count());
        expect("weight", weight, entries.weight());
        if (entries.order instanceof ListOrder
                || entries.order instanceof LfuOrder
                || entries.order instanceof RandomOrder) {
            expect("order", ordered, entries.order.victims().size());
        }
        expect("mortal", mortal, entries.expiry.verify());
        if (entries.tags != null) {
            expect("tags", links, entries.tags.verify());
        }
    }

    private static void expect(String what, long expected, long actual) {
        if (expected != actual) {
            throw new AssertionError(what + ": the table says " + expected + ", the structure " + actual);
        }
    }

    @Override
    public Ticker ticker() {
        return time::get;
    }

    @Override
    public boolean removals() {
        return true;
    }

    @Override
    public void removed(K key, Object value, RemovalCause cause) {
        removals.add(new Removal(key, value, cause));
    }

    @Override
    public KeyCodec<K> keys() {
        throw new AssertionError("a heap store writes no keys");
    }

    @Override
    public ValueCodec values() {
        throw new AssertionError("a heap store writes no values");
    }
}
