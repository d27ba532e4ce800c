package io.github.twatcache.testkit;

import io.github.twatcache.spi.ByteCount;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.MissReason;
import java.io.Serial;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of a {@link ChaosEngine}.
 *
 * @param <K> the type of the keys
 */
final class ChaosStore<K> implements Store<K> {
    private final Store<K> store;
    private final Chaos chaos;
    private final StoreContext<K> context;
    private final AtomicBoolean closed = new AtomicBoolean();

    ChaosStore(Store<K> store, Chaos chaos, StoreContext<K> context) {
        this.store = store;
        this.chaos = chaos;
        this.context = context;
        chaos.opened();
    }

    private <T> @Nullable T read(K key, Supplier<@Nullable T> look) {
        return chaos.<@Nullable T>strike(look, found -> {
            if (found != null) {
                store.remove(key, Guard.ANY);
                context.missed(key, MissReason.UNDECODABLE);
            }
            return null;
        });
    }

    @Override
    public @Nullable Object get(K key) {
        return this.<Object>read(key, () -> store.get(key));
    }

    @Override
    public @Nullable Entry entry(K key) {
        return this.<Entry>read(key, () -> store.entry(key));
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return chaos.strike(() -> store.put(key, value, terms, guard));
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return chaos.strike(() -> store.remove(key, guard));
    }

    @Override
    public void clear() {
        chaos.strike(() -> {
            store.clear();
            return true;
        });
    }

    @Override
    public long size() {
        return chaos.strike(store::size);
    }

    @Override
    public long estimatedSize() {
        return chaos.strike(store::estimatedSize);
    }

    @Override
    public long weight() {
        return chaos.strike(store::weight);
    }

    @Override
    public Cursor<K> entries() {
        return chaos.strike(store::entries);
    }

    @Override
    @SuppressWarnings("unchecked") // the inner store's keys are of the same type
    public <C> Optional<C> capability(Class<C> type) {
        Optional<C> own = store.capability(type);
        if (own.isPresent() && type == TagStore.class) {
            TagStore tagged = (TagStore) own.get();
            TagStore struck = tag -> chaos.strike(() -> tagged.removeTagged(tag));
            return Optional.of(type.cast(struck));
        }
        if (own.isPresent() && type == TouchStore.class) {
            TouchStore<K> touched = (TouchStore<K>) own.get();
            TouchStore<K> struck = (key, nanos) -> chaos.strike(() -> touched.touch(key, nanos));
            return Optional.of(type.cast(struck));
        }
        return own.map(ability -> type.isInterface() && type != ByteCount.class ? struck(type, ability) : ability);
    }

    /** Any other ability, each of whose operations chaos may strike. */
    private <C> C struck(Class<C> type, C ability) {
        InvocationHandler handler = (proxy, method, arguments) -> {
            try {
                return chaos.<@Nullable Object>strike(() -> {
                    try {
                        chaos.mayRefuse(method.getName());
                        Object answer = method.invoke(ability, arguments);
                        chaos.mayLose(method.getName());
                        return answer;
                    } catch (InvocationTargetException thrown) {
                        throw new Thrown(Objects.requireNonNull(thrown.getCause()));
                    } catch (IllegalAccessException hidden) {
                        throw new AssertionError(hidden);
                    }
                });
            } catch (Thrown thrown) {
                throw Objects.requireNonNull(thrown.getCause());
            }
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    /** Carries what an operation threw past a supplier. */
    private static final class Thrown extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        Thrown(Throwable cause) {
            super(cause);
        }
    }

    /** A store that is closed is closed, whatever went before. */
    @Override
    public void close() {
        store.close();
        if (closed.compareAndSet(false, true)) {
            chaos.closed();
        }
    }
}
