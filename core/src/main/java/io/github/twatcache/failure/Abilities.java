package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.OrderedStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an engine offers beyond entries, where it concerns entries: tombstones are heeded before the engine answers.
 *
 * <p>Many at once, and leases, are asked for by core on its own account: they are tried as any operation is, and where they
 * fail, one at a time and without leases is what is left. Counting is not tried again, since it may have been done.
 */
final class Abilities {
    private final Guarded guarded;
    private final Burial burial;
    private final Protection protection;

    Abilities(Guarded guarded, Burial burial, Protection protection) {
        this.guarded = guarded;
        this.burial = burial;
        this.protection = protection;
    }

    /**
     * The ability as it is to be used.
     *
     * @param alone whether operations run on the caller's thread and no other engine stands in: else core does without what
     *     it asks for on its own account
     */
    @SuppressWarnings("unchecked") // the store's keys are Objects
    <C> Optional<C> of(Class<C> type, C own, boolean alone) {
        if (type == BulkStore.class) {
            return alone ? Optional.of(type.cast(new Many((BulkStore<Object>) own))) : Optional.empty();
        }
        if (type == Leases.class) {
            return alone ? Optional.of(type.cast(new Leased((Leases<Object>) own))) : Optional.empty();
        }
        if (type == StaleStore.class) {
            return alone ? Optional.of(type.cast(new Keeping((StaleStore<Object>) own))) : Optional.empty();
        }
        if (type == CounterStore.class) {
            CounterStore<Object> counters = (CounterStore<Object>) own;
            CounterStore<Object> heeding = (key, delta, initial, terms) -> {
                burial.of(key);
                return counters.add(key, delta, initial, terms);
            };
            return Optional.of(type.cast(heeding));
        }
        if (type == StreamStore.class) {
            return Optional.of(type.cast(new Streaming((StreamStore<Object>) own)));
        }
        if (type == OrderedStore.class) {
            OrderedStore<Object> ordered = (OrderedStore<Object>) own;
            OrderedStore<Object> heeding = (order, descending, beyond) -> {
                burial.ofEverything();
                return ordered.entries(order, descending, beyond);
            };
            return Optional.of(type.cast(heeding));
        }
        return Optional.of(own);
    }

    private final class Many implements BulkStore<Object> {
        private final BulkStore<Object> bulk;

        Many(BulkStore<Object> bulk) {
            this.bulk = bulk;
        }

        @Override
        public Map<Object, Object> getAll(Collection<? extends Object> keys) {
            keys.forEach(burial::of);
            return protection.run(Operation.GET, null, () -> bulk.getAll(keys));
        }

        @Override
        public List<Outcome> putAll(List<Put<Object>> puts) {
            try {
                puts.forEach(put -> burial.of(put.key()));
                return protection.run(Operation.PUT, null, () -> bulk.putAll(puts));
            } catch (EngineException failed) {
                boolean buried = true;
                for (Put<Object> put : puts) {
                    buried &= put.guard() != Guard.ABSENT && guarded.buries(put.key());
                }
                if (!buried) {
                    throw failed;
                }
                return puts.stream().map(put -> Outcome.REFUSED).toList();
            }
        }
    }

    private final class Leased implements Leases<Object> {
        private final Leases<Object> leases;

        Leased(Leases<Object> leases) {
            this.leases = leases;
        }

        @Override
        public Claim acquire(Object key) {
            burial.of(key);
            return protection.run(Operation.GET, key, () -> leases.acquire(key));
        }

        @Override
        public Map<Object, Claim> acquireAll(Collection<? extends Object> keys) {
            keys.forEach(burial::of);
            return protection.run(Operation.GET, null, () -> leases.acquireAll(keys));
        }

        @Override
        public Claim seize(Object key) {
            burial.of(key);
            return protection.run(Operation.GET, key, () -> leases.seize(key));
        }

        @Override
        public Outcome commit(Object key, Object token, Object value, Terms terms) {
            burial.of(key);
            return protection.run(Operation.PUT, key, () -> leases.commit(key, token, value, terms));
        }

        @Override
        public List<Outcome> commitAll(List<Commit<Object>> commits) {
            commits.forEach(one -> burial.of(one.key()));
            return protection.run(Operation.PUT, null, () -> leases.commitAll(commits));
        }

        @Override
        public void release(Object key, Object token) {
            protection.run(Operation.REMOVE, key, () -> {
                leases.release(key, token);
                return true;
            });
        }

        @Override
        public boolean releaseLost(Object key) {
            return protection.run(Operation.REMOVE, key, () -> leases.releaseLost(key));
        }

        @Override
        public boolean holds(Object key, Object token) {
            burial.of(key);
            return protection.run(Operation.GET, key, () -> leases.holds(key, token));
        }

        @Override
        public void awaitChange(Object key, Theirs theirs, Duration atMost) throws InterruptedException {
            try {
                leases.awaitChange(key, theirs, atMost);
            } catch (RuntimeException | InterruptedException asDeclared) {
                throw asDeclared;
            } catch (Throwable failed) {
                Thrown.passUnlessFailure(failed);
                throw protection.failure(Operation.GET, key, failed);
            }
        }
    }

    private final class Keeping implements StaleStore<Object> {
        private final StaleStore<Object> keeper;

        Keeping(StaleStore<Object> keeper) {
            this.keeper = keeper;
        }

        @Override
        public @Nullable Kept kept(Object key) {
            burial.of(key);
            return protection.<@Nullable Kept>run(Operation.ENTRY, key, () -> keeper.kept(key));
        }

        @Override
        public boolean age(Object key) {
            burial.of(key);
            return protection.run(Operation.TOUCH, key, () -> keeper.age(key));
        }

        @Override
        public long ageTagged(String tag) {
            burial.ofEverything();
            return protection.run(Operation.TOUCH, null, () -> keeper.ageTagged(tag));
        }

        @Override
        public long ageAll() {
            burial.ofEverything();
            return protection.run(Operation.TOUCH, null, keeper::ageAll);
        }

        @Override
        public boolean retime(Object key, Terms terms) {
            burial.of(key);
            return protection.run(Operation.TOUCH, key, () -> keeper.retime(key, terms));
        }
    }

    private final class Streaming implements StreamStore<Object> {
        private final StreamStore<Object> streams;

        Streaming(StreamStore<Object> streams) {
            this.streams = streams;
        }

        @Override
        public Outcome put(Object key, Content content, Terms terms, Guard guard) throws IOException {
            burial.of(key);
            return streams.put(key, content, terms, guard);
        }

        @Override
        public @Nullable InputStream open(Object key) throws IOException {
            burial.of(key);
            return streams.open(key);
        }
    }
}
