package io.github.twatcache.disk.store;

import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.CellStore;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.MaintenanceStore;
import io.github.twatcache.spi.OrderedStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.TransactionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One cache over several databases, which are written to at the same time. A key, the name of a queue and that of a cell
 * each belong to one of them for ever, so what concerns one key is as atomic as in one database. What concerns all of them is
 * done in one after the other: a sum is of several instants, a clearing goes on while others write, and there are no
 * transactions.
 *
 * @param <K> the type of the keys
 */
final class ShardedStore<K> implements Store<K>, ByteCount {
    private final List<Store<K>> shards;
    private final Routes<K> routes;
    private final List<SteadyStore<K>> steady;

    private ShardedStore(List<? extends Store<K>> shards, List<SteadyStore<K>> steady, StoreContext<K> context) {
        this.shards = List.copyOf(shards);
        this.steady = steady;
        this.routes = new Routes<>(context.keys(), shards.size());
    }

    /** Over databases that are written to. */
    static <K> ShardedStore<K> of(List<SteadyStore<K>> shards, StoreContext<K> context) {
        return new ShardedStore<>(shards, List.copyOf(shards), context);
    }

    /** Over databases that are only read. */
    static <K> ShardedStore<K> reading(List<ReadOnlyStore<K>> shards, StoreContext<K> context) {
        return new ShardedStore<>(shards, List.of(), context);
    }

    private Store<K> of(K key) {
        return shards.get(routes.of(key));
    }

    @Override
    public @Nullable Object get(K key) {
        return of(key).get(key);
    }

    @Override
    public @Nullable Entry entry(K key) {
        return of(key).entry(key);
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return of(key).put(key, value, terms, guard);
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return of(key).remove(key, guard);
    }

    @Override
    public void clear() {
        sum(shard -> {
            shard.clear();
            return 0;
        });
    }

    @Override
    public long size() {
        return sum(Store::size);
    }

    @Override
    public long weight() {
        return sum(Store::weight);
    }

    @Override
    public long bytes() {
        return sum(
                shard -> shard.capability(ByteCount.class).map(ByteCount::bytes).orElse(0L));
    }

    private long sum(ToLongFunction<Store<K>> of) {
        return shards.stream().mapToLong(of).sum();
    }

    @Override
    public Cursor<K> entries() {
        return new ChainedCursor<>(shards.stream().map(Store::entries).toList());
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        boolean each =
                type != TransactionStore.class && shards.get(0).capability(type).isPresent();
        return each ? Optional.ofNullable(type.cast(ability(type))) : Optional.empty();
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return type == TransactionStore.class
                ? Optional.of(
                        "its " + shards.size() + " shards are databases that commit each for itself; keep what belongs"
                                + " together in a cache of one shard")
                : shards.get(0).lacking(type);
    }

    @SuppressWarnings("unchecked") // a store's keys are those of its capabilities
    private <A> List<A> each(Class<?> type) {
        List<A> all = new ArrayList<>();
        for (Store<K> shard : shards) {
            all.add((A) shard.capability(type).orElseThrow());
        }
        return all;
    }

    /** What each shard can do, for all of them; null for what nobody has thought of here. */
    private @Nullable Object ability(Class<?> type) {
        if (type == ByteCount.class) {
            return this;
        } else if (type == TagStore.class) {
            List<TagStore> tags = each(type);
            return (TagStore) tag ->
                    tags.stream().mapToLong(shard -> shard.removeTagged(tag)).sum();
        } else if (type == TouchStore.class) {
            List<TouchStore<K>> touching = each(type);
            return (TouchStore<K>) (key, nanos) -> touching.get(routes.of(key)).touch(key, nanos);
        } else if (type == CounterStore.class) {
            List<CounterStore<K>> counters = each(type);
            return (CounterStore<K>)
                    (key, delta, initial, terms) -> counters.get(routes.of(key)).add(key, delta, initial, terms);
        } else if (type == BulkStore.class) {
            return new ShardedBulk<>(routes, this.<BulkStore<K>>each(type));
        } else if (type == CellStore.class) {
            return new ShardedCells(routes, each(type));
        } else if (type == Leases.class) {
            return new ShardedLeases<>(routes, this.<Leases<K>>each(type));
        } else if (type == MaintenanceStore.class) {
            return new ShardedUpkeep(each(type));
        } else if (type == OrderedStore.class) {
            return new ShardedWalks<>(routes, steady);
        } else if (type == QueueStore.class) {
            return new ShardedQueues(routes, each(type));
        } else if (type == StaleStore.class) {
            return new ShardedStaleness<>(routes, this.<StaleStore<K>>each(type));
        } else if (type == StreamStore.class) {
            return new ShardedStreams<>(routes, this.<StreamStore<K>>each(type));
        }
        return null;
    }

    @Override
    public void close() {
        close(shards);
    }

    /** Closes all, whatever one of them throws. */
    static void close(List<? extends Store<?>> stores) {
        Throwable failed = null;
        for (Store<?> store : stores) {
            try {
                store.close();
            } catch (RuntimeException | Error trouble) {
                if (failed == null) {
                    failed = trouble;
                } else {
                    failed.addSuppressed(trouble);
                }
            }
        }
        if (failed instanceof Error error) {
            throw error;
        } else if (failed instanceof RuntimeException exception) {
            throw exception;
        }
    }
}
