package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.KeyCodec;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine whose entries outlive the cache: they stay in the engine, which stands for the disk, and are there again when a
 * cache of the same name is opened. It passes the whole suite, under whichever name it is given.
 */
final class LastingEngine implements Engine {
    private final String name;
    private final int rank;
    private final Set<Trait> traits;
    private final Map<String, Lasting<?>> kept = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Lasting<?>>> versions = new ConcurrentHashMap<>();

    /** What {@link #availability} says; tests change it. */
    volatile Availability availability = new Availability.Available();

    /** What {@link #open} throws; {@code null} to open. */
    volatile String notOpened;

    /** How often a store was opened. */
    final AtomicInteger opened = new AtomicInteger();

    LastingEngine(String name, int rank, Trait... beyondHeap) {
        this.name = name;
        this.rank = rank;
        this.traits = EnumSet.copyOf(new HeapEngine().traits());
        traits.remove(Trait.BY_REFERENCE);
        traits.remove(Trait.POLICY);
        traits.remove(Trait.STALE);
        traits.remove(Trait.EXPIRE_AFTER_READS);
        Collections.addAll(traits, beyondHeap);
        if (!traits.contains(Trait.BY_REFERENCE)) {
            traits.add(Trait.BYTES);
        }
    }

    static LastingEngine disk() {
        return new LastingEngine("disk", 8, Trait.PERSISTENT, Trait.MULTI_PROCESS);
    }

    static LastingEngine files() {
        return new LastingEngine("files", 6, Trait.PERSISTENT, Trait.MULTI_PROCESS);
    }

    static LastingEngine redis() {
        return new LastingEngine("redis", 4, Trait.PERSISTENT, Trait.MULTI_PROCESS, Trait.DISTRIBUTED);
    }

    LastingEngine unavailable(String why, String mend) {
        availability = new Availability.Unavailable(why, mend);
        return this;
    }

    LastingEngine failing(String message) {
        notOpened = message;
        return this;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.copyOf(traits);
    }

    @Override
    public Availability availability() {
        return availability;
    }

    @Override
    @SuppressWarnings("unchecked") // a cache of one name has keys of one type
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        String message = notOpened;
        if (message != null) {
            throw new EngineUnavailableException(message);
        }
        opened.incrementAndGet();
        String place = spec.name() + " " + HexFormat.of().formatHex(context.space());
        Lasting<K> lasting = (Lasting<K>) kept.computeIfAbsent(place, unused -> new Lasting<K>(spec, context));
        lasting.relay.now = context;
        byte[] lineage = context.lineage();
        if (lineage.length == 0) {
            return new Opened<>(lasting.store, context, List.of());
        }
        // Versions of one function keep to themselves, and know of each other.
        Map<String, Lasting<?>> family = versions.computeIfAbsent(
                spec.name() + " " + HexFormat.of().formatHex(lineage), unused -> new ConcurrentHashMap<>());
        family.put(place, lasting);
        List<Store<Coded<K>>> others = new ArrayList<>();
        family.forEach((where, one) -> {
            if (!where.equals(place)) {
                others.add(((Lasting<K>) one).store);
            }
        });
        return new Opened<>(lasting.store, context, others);
    }

    /** A key as the engine knows it: by its bytes, where the context has a codec, and by itself in tests of bare stores. */
    @SuppressWarnings("ArrayRecordComponent") // equal by the buffer over the same bytes
    private record Coded<K>(K key, byte[] encoded, ByteBuffer bytes) {
        static <K> Coded<K> of(K key, StoreContext<K> context) {
            byte[] encoded = bare(context) ? null : context.keys().encoded(key);
            return new Coded<>(key, encoded, encoded == null ? null : ByteBuffer.wrap(encoded));
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Coded<?> that && (bytes == null ? key.equals(that.key) : bytes.equals(that.bytes));
        }

        @Override
        public int hashCode() {
            return bytes == null ? key.hashCode() : bytes.hashCode();
        }
    }

    /** Whether a store is opened without codecs, as the contracts of bare stores do. */
    private static boolean bare(StoreContext<?> context) {
        try {
            context.values();
            return false;
        } catch (IllegalStateException without) {
            return true;
        }
    }

    private static Object written(Coded<?> key, Object value, StoreContext<?> context) {
        return bare(context) ? value : context.values().encode(key.encoded, value);
    }

    private static Object read(Coded<?> key, Object stored, StoreContext<?> context) {
        return bare(context) ? stored : context.values().decode(key.encoded, (byte[]) stored);
    }

    /** What the bytes say, or {@code null} where they say nothing: that is a miss with a reason. */
    private static <K> Object found(Coded<K> key, Object stored, StoreContext<K> context) {
        Object found = quietly(key, stored, context);
        if (found == null) {
            context.missed(key.key, MissReason.UNDECODABLE);
        }
        return found;
    }

    /** The same where nobody looks for it. */
    private static <K> Object quietly(Coded<K> key, Object stored, StoreContext<K> context) {
        try {
            return read(key, stored, context);
        } catch (SerializationException unreadable) {
            return null;
        }
    }

    /** What stays when the cache is closed. */
    private static final class Lasting<K> {
        private final Relay<K> relay;
        private final Store<Coded<K>> store;

        Lasting(CacheSpec spec, StoreContext<K> context) {
            relay = new Relay<>(context);
            store = new HeapEngine().open(spec, relay);
        }
    }

    /** Reports to whoever has the store open. */
    private static final class Relay<K> implements StoreContext<Coded<K>> {
        private volatile StoreContext<K> now;

        Relay(StoreContext<K> context) {
            now = context;
        }

        @Override
        public Ticker ticker() {
            return now.ticker();
        }

        @Override
        public boolean removals() {
            return now.removals();
        }

        @Override
        public boolean countsOnly() {
            return now.countsOnly();
        }

        @Override
        public void removed(Coded<K> key, Object value, RemovalCause cause) {
            Object last = quietly(key, value, now);
            if (last == null) {
                now.removed(cause, 1);
            } else {
                now.removed(key.key, last, cause);
            }
        }

        @Override
        public void missed(Coded<K> key, MissReason reason) {
            now.missed(key.key, reason);
        }

        @Override
        public KeyCodec<Coded<K>> keys() {
            throw new IllegalStateException("the heap writes nothing");
        }

        @Override
        public ValueCodec values() {
            throw new IllegalStateException("the heap writes nothing");
        }
    }

    private static final class Opened<K> implements Store<K> {
        private final Store<Coded<K>> store;
        private final StoreContext<K> context;
        private final List<Store<Coded<K>>> others;
        private volatile boolean closed;

        Opened(Store<Coded<K>> store, StoreContext<K> context, List<Store<Coded<K>>> others) {
            this.store = store;
            this.context = context;
            this.others = others;
        }

        /** Says that another version has stored what is not there. */
        private void missed(Coded<K> key) {
            if (!closed && others.stream().anyMatch(other -> other.entry(key) != null)) {
                context.outdated(key.key);
            }
        }

        private Coded<K> coded(K key) {
            return Coded.of(key, context);
        }

        @Override
        public Object get(K key) {
            Coded<K> coded = coded(key);
            Object stored = closed ? null : store.get(coded);
            if (stored == null) {
                missed(coded);
            }
            return stored == null ? null : found(coded, stored, context);
        }

        @Override
        public Entry entry(K key) {
            Coded<K> coded = coded(key);
            Entry entry = closed ? null : store.entry(coded);
            if (entry == null) {
                missed(coded);
            }
            Object value = entry == null ? null : found(coded, entry.value(), context);
            return value == null ? null : new Entry(value, entry.mark(), entry.terms());
        }

        @Override
        public Outcome put(K key, Object value, Terms terms, Guard guard) {
            return closed ? Outcome.REFUSED : store.put(coded(key), written(coded(key), value, context), terms, guard);
        }

        @Override
        public boolean remove(K key, Guard guard) {
            return !closed && store.remove(coded(key), guard);
        }

        @Override
        public void clear() {
            store.clear();
        }

        @Override
        public long size() {
            return store.size();
        }

        @Override
        public long estimatedSize() {
            return store.estimatedSize();
        }

        @Override
        public long weight() {
            return store.weight();
        }

        @Override
        public Cursor<K> entries() {
            Cursor<Coded<K>> walk = store.entries();
            return new Cursor<>() {
                @Override
                public boolean advance() {
                    return walk.advance();
                }

                @Override
                public K key() {
                    return walk.key().key;
                }

                @Override
                public Object value() {
                    Object stored = walk.value();
                    return stored == null ? null : quietly(walk.key(), stored, context);
                }

                @Override
                public void close() {
                    walk.close();
                }
            };
        }

        @Override
        @SuppressWarnings("unchecked") // the store's keys are coded
        public <C> Optional<C> capability(Class<C> type) {
            if (type == TouchStore.class) {
                return store.capability(TouchStore.class).map(touch -> {
                    TouchStore<K> touching = (key, nanos) -> ((TouchStore<Coded<K>>) touch).touch(coded(key), nanos);
                    return type.cast(touching);
                });
            }
            return type == TagStore.class ? store.capability(type) : Store.super.capability(type);
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
