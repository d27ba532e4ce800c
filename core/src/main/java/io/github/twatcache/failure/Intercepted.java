package io.github.twatcache.failure;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreCall;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.StoreInterceptor;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
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

    <R extends @Nullable Object> R around(Operation operation, @Nullable Object key, Supplier<R> proceed) {
        return around(List.of(new StoreCall(cache, operation, key)), proceed);
    }

    /** One step of the engine that does the same with several keys: every interceptor sees each of them. */
    <R extends @Nullable Object> R aroundEach(
            Operation operation, Collection<? extends Object> keys, Supplier<R> proceed) {
        return around(
                keys.stream().map(key -> new StoreCall(cache, operation, key)).toList(), proceed);
    }

    private <R extends @Nullable Object> R around(List<StoreCall> calls, Supplier<R> proceed) {
        int entered = 0;
        RuntimeException failure = null;
        try {
            for (StoreCall call : calls) {
                for (StoreInterceptor interceptor : interceptors) {
                    interceptor.before(call);
                    entered++;
                }
            }
            return proceed.get();
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
            LOG.warn(
                    "an interceptor of cache '{}' failed after {}; the operation stands: {}",
                    cache,
                    call.operation(),
                    FailureWords.of(thrown));
        }
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
    @SuppressWarnings("unchecked") // the store's keys are Objects
    public <C> Optional<C> capability(Class<C> type) {
        Optional<C> own = store.capability(type);
        if (own.isPresent() && type == TagStore.class) {
            TagStore tagged = (TagStore) own.get();
            TagStore around = tag -> around(Operation.REMOVE_TAGGED, null, () -> tagged.removeTagged(tag));
            return Optional.of(type.cast(around));
        }
        if (own.isPresent() && type == TouchStore.class) {
            TouchStore<Object> touched = (TouchStore<Object>) own.get();
            TouchStore<Object> around = (key, nanos) -> around(Operation.TOUCH, key, () -> touched.touch(key, nanos));
            return Optional.of(type.cast(around));
        }
        if (own.isPresent() && type == BulkStore.class) {
            return Optional.of(type.cast(new InterceptedBulk(this, (BulkStore<Object>) own.get())));
        }
        if (own.isPresent() && type == Leases.class) {
            return Optional.of(type.cast(new InterceptedLeases(this, (Leases<Object>) own.get())));
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
