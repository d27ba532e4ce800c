package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.CounterStore;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.OrderedStore;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.QueueStore;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.spi.TransactionStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A store with interceptors round it. */
public final class Intercepted implements Store<Object> {
    private static final Logger LOG = LoggerFactory.getLogger(Intercepted.class);

    private final String cache;
    private final Store<Object> store;
    private final List<StoreInterceptor> interceptors;
    private final LongAdder afterFailures = new LongAdder();
    private final Set<Kind> told = ConcurrentHashMap.newKeySet();

    /** What is said once. */
    private record Kind(Operation operation, Class<?> thrown) {}

    /**
     * Puts interceptors round a store.
     *
     * @param cache the cache's name
     * @param store the store
     * @param interception the interceptors
     */
    public Intercepted(String cache, Store<Object> store, Interception interception) {
        this.cache = cache;
        this.store = store;
        this.interceptors = interception.interceptors();
    }

    /** What is intercepted, where it may throw what is checked. */
    @FunctionalInterface
    interface Step<R extends @Nullable Object, X extends Exception> {
        R run() throws X;
    }

    <R extends @Nullable Object> R around(Operation operation, @Nullable Object key, Supplier<R> proceed) {
        return around(List.of(new StoreCall(cache, operation, key)), proceed::get);
    }

    <R extends @Nullable Object, X extends Exception> R throwing(
            Operation operation, @Nullable Object key, Step<R, X> proceed) throws X {
        return around(List.of(new StoreCall(cache, operation, key)), proceed);
    }

    /** One step of the engine that does the same with several keys: every interceptor sees each of them. */
    <R extends @Nullable Object> R aroundEach(
            Operation operation, Collection<? extends Object> keys, Supplier<R> proceed) {
        return around(
                keys.stream().map(key -> new StoreCall(cache, operation, key)).toList(), proceed::get);
    }

    private <R extends @Nullable Object, X extends Exception> R around(List<StoreCall> calls, Step<R, X> proceed)
            throws X {
        int entered = 0;
        RuntimeException failure = null;
        try {
            for (StoreCall call : calls) {
                for (StoreInterceptor interceptor : interceptors) {
                    interceptor.before(call);
                    entered++;
                }
            }
            return proceed.run();
        } catch (RuntimeException failed) {
            failure = failed;
            throw failed;
        } catch (Throwable other) {
            failure = new EngineException("it threw " + other.getClass().getName() + "; the cause says more", other);
            throw other;
        } finally {
            while (--entered >= 0) {
                int count = interceptors.size();
                after(interceptors.get(entered % count), calls.get(entered / count), failure);
            }
        }
    }

    private void after(StoreInterceptor interceptor, StoreCall call, @Nullable RuntimeException failure) {
        try {
            interceptor.after(call, failure);
        } catch (Throwable thrown) {
            Thrown.passUnlessFailure(thrown);
            afterFailures.increment();
            if (told.add(new Kind(call.operation(), thrown.getClass()))) {
                LOG.warn(
                        "an interceptor of cache '{}' failed after {}; the operation stands; said once for each operation"
                                + " and class, explain() tells how often: {}",
                        cache,
                        call.operation(),
                        FailureWords.of(thrown));
            }
        }
    }

    /** How often an interceptor has failed after an operation that stands. */
    long afterFailures() {
        return afterFailures.sum();
    }

    @Override
    public @Nullable Object get(Object key) {
        return this.<@Nullable Object>around(Operation.GET, key, () -> store.get(key));
    }

    @Override
    public @Nullable Entry entry(Object key) {
        return this.<@Nullable Entry>around(Operation.ENTRY, key, () -> store.entry(key));
    }

    @Override
    public boolean holds(Object key) {
        return around(Operation.ENTRY, key, () -> store.holds(key));
    }

    @Override
    public Outcome put(Object key, Object value, Terms terms, Guard guard) {
        return around(Operation.PUT, key, () -> store.put(key, value, terms, guard));
    }

    @Override
    public boolean remove(Object key, Guard guard) {
        return around(Operation.REMOVE, key, () -> store.remove(key, guard));
    }

    @Override
    public void clear() {
        around(Operation.CLEAR, null, () -> {
            store.clear();
            return true;
        });
    }

    @Override
    public long size() {
        return around(Operation.SIZE, null, store::size);
    }

    @Override
    public long estimatedSize() {
        return around(Operation.SIZE, null, store::estimatedSize);
    }

    @Override
    public long weight() {
        return around(Operation.SIZE, null, store::weight);
    }

    @Override
    public Cursor<Object> entries() {
        return around(Operation.ENTRIES, null, store::entries);
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        return store.capability(type).map(own -> type.cast(shown(type, own)));
    }

    /** An ability with the interceptors round it, where they see it. */
    @SuppressWarnings("unchecked") // the store's keys are Objects
    private Object shown(Class<?> type, Object own) {
        if (type == TagStore.class) {
            TagStore tagged = (TagStore) own;
            return (TagStore) tag -> around(Operation.REMOVE_TAGGED, null, () -> tagged.removeTagged(tag));
        } else if (type == TouchStore.class) {
            TouchStore<Object> touched = (TouchStore<Object>) own;
            return (TouchStore<Object>) (key, nanos) -> around(Operation.TOUCH, key, () -> touched.touch(key, nanos));
        } else if (type == CounterStore.class) {
            CounterStore<Object> counters = (CounterStore<Object>) own;
            return (CounterStore<Object>) (key, delta, initial, terms) ->
                    around(Operation.COUNT, key, () -> counters.add(key, delta, initial, terms));
        } else if (type == OrderedStore.class) {
            OrderedStore<Object> ordered = (OrderedStore<Object>) own;
            return (OrderedStore<Object>) (order, descending, beyond) ->
                    around(Operation.ENTRIES, null, () -> ordered.entries(order, descending, beyond));
        } else if (type == BulkStore.class) {
            return new InterceptedBulk(this, (BulkStore<Object>) own);
        } else if (type == Leases.class) {
            return new InterceptedLeases(this, (Leases<Object>) own);
        } else if (type == StaleStore.class) {
            return new InterceptedStaleness(this, (StaleStore<Object>) own);
        } else if (type == QueueStore.class) {
            return new InterceptedQueues(this, (QueueStore) own);
        } else if (type == StreamStore.class) {
            return new InterceptedStreams(this, (StreamStore<Object>) own);
        } else if (type == TransactionStore.class) {
            return new InterceptedTransactions(this, (TransactionStore) own);
        }
        return own;
    }

    @Override
    public Optional<String> lacking(Class<?> type) {
        return store.lacking(type);
    }

    /** What an interceptor throws takes the place of every other operation; the store is closed all the same. */
    @Override
    public void close() {
        AtomicBoolean reached = new AtomicBoolean();
        try {
            around(Operation.CLOSE, null, () -> {
                reached.set(true);
                store.close();
                return true;
            });
        } finally {
            if (!reached.get()) {
                store.close();
            }
        }
    }
}
