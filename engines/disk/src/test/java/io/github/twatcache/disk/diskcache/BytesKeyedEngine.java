package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.Format;
import io.github.twatcache.path.CacheFolder;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.CounterStore;
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
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The engine in the format of diskcache, with the canonical encoding of each key as its key: so that contracts which speak of
 * integers, records and null as keys can be asked of a format whose keys are texts, longs and bytes. All else is the engine's
 * own. Its traits are those that the format has.
 */
final class BytesKeyedEngine implements Engine {
    private static final Set<Trait> TRAITS = EnumSet.of(
            Trait.BYTES,
            Trait.PERSISTENT,
            Trait.MULTI_PROCESS,
            Trait.EXPIRE_AFTER_WRITE,
            Trait.PER_ENTRY_EXPIRY,
            Trait.TAGS,
            Trait.REMOVALS,
            Trait.COUNTERS);

    private final DiskEngine disk = new DiskEngine();

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public int rank() {
        return disk.rank();
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.copyOf(TRAITS);
    }

    @Override
    public List<Setting<?>> settings() {
        return disk.settings();
    }

    @Override
    public Availability availability() {
        return disk.availability();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        CacheSpec shared = spec.with(DiskSettings.FORMAT, Format.DISKCACHE, "the test");
        if (!context.keys().decodable()) {
            return disk.open(shared, context);
        }
        return new BytesKeyed<>(disk.open(shared, new Encoded<>(context)), context.keys());
    }

    private record Encoded<K>(StoreContext<K> plain) implements StoreContext<byte[]> {
        @Override
        public Ticker ticker() {
            return plain.ticker();
        }

        @Override
        public InstantSource clock() {
            return plain.clock();
        }

        @Override
        public byte[] space() {
            return plain.space();
        }

        @Override
        public boolean removals() {
            return plain.removals();
        }

        @Override
        public boolean countsOnly() {
            return plain.countsOnly();
        }

        @Override
        public void removed(byte[] key, Object value, RemovalCause cause) {
            plain.removed(plain.keys().decode(key), value, cause);
        }

        @Override
        public void removed(RemovalCause cause, long count) {
            plain.removed(cause, count);
        }

        @Override
        public void missed(byte[] key, MissReason reason) {
            plain.missed(plain.keys().decode(key), reason);
        }

        @Override
        public KeyCodec<byte[]> keys() {
            io.github.twatcache.key.CanonicalKeyCodec<byte[]> codec =
                    new io.github.twatcache.key.CanonicalKeyCodec<>(io.github.twatcache.key.Encoders.standard());
            return codec;
        }

        @Override
        public ValueCodec values() {
            return plain.values();
        }

        @Override
        public CacheFolder directory() {
            return plain.directory();
        }
    }

    private record BytesKeyed<K>(Store<byte[]> store, KeyCodec<K> keys) implements Store<K> {
        @Override
        public @Nullable Object get(K key) {
            return store.get(keys.encoded(key));
        }

        @Override
        public @Nullable Entry entry(K key) {
            return store.entry(keys.encoded(key));
        }

        @Override
        public Outcome put(K key, Object value, Terms terms, Guard guard) {
            return store.put(keys.encoded(key), value, terms, guard);
        }

        @Override
        public boolean remove(K key, Guard guard) {
            return store.remove(keys.encoded(key), guard);
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
        public Cursor<K> entries() {
            Cursor<byte[]> entries = store.entries();
            return new Cursor<>() {
                @Override
                public boolean advance() {
                    return entries.advance();
                }

                @Override
                public K key() {
                    return keys.decode(entries.key());
                }

                @Override
                public @Nullable Object value() {
                    return entries.value();
                }

                @Override
                public void close() {
                    entries.close();
                }
            };
        }

        @Override
        @SuppressWarnings("unchecked") // the store's keys are bytes
        public <C> Optional<C> capability(Class<C> type) {
            Optional<C> own = store.capability(type);
            if (own.isEmpty() || type == TagStore.class) {
                return own;
            }
            List<Object> ours = new ArrayList<>();
            if (type == TouchStore.class) {
                TouchStore<byte[]> touching = (TouchStore<byte[]>) own.get();
                ours.add((TouchStore<K>) (key, nanos) -> touching.touch(keys.encoded(key), nanos));
            } else if (type == CounterStore.class) {
                CounterStore<byte[]> counting = (CounterStore<byte[]>) own.get();
                ours.add(new CounterStore<K>() {
                    @Override
                    public OptionalLong add(K key, long delta, OptionalLong initial, Terms terms) {
                        return counting.add(keys.encoded(key), delta, initial, terms);
                    }
                });
            }
            return ours.stream().map(type::cast).findFirst();
        }

        @Override
        public void close() {
            store.close();
        }
    }
}
