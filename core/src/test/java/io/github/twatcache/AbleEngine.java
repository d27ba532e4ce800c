package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** The heap, with every ability that there is; the abilities do nothing but answer. For tests of what stands above them. */
class AbleEngine implements Engine {
    static final String NAME = "able";

    private final HeapEngine heap = new HeapEngine();

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.allOf(Trait.class);
    }

    @Override
    public boolean mayFail() {
        return false;
    }

    @Override
    public Availability availability() {
        return heap.availability();
    }

    @Override
    @SuppressWarnings("unchecked") // the proxy is a store of the same keys
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        Store<K> store = heap.open(spec, context);
        InvocationHandler handler =
                (proxy, method, arguments) -> method.getName().equals("capability")
                        ? java.util.Optional.ofNullable(ability((Class<?>) arguments[0]))
                        : method.invoke(store, arguments);
        return (Store<K>) Proxy.newProxyInstance(Store.class.getClassLoader(), new Class<?>[] {Store.class}, handler);
    }

    private static Object ability(Class<?> type) {
        if (!type.isInterface() || type == Leases.class || type.getSimpleName().equals("BulkStore")) {
            return null;
        }
        InvocationHandler answers = (proxy, method, arguments) -> {
            Function<Class<?>, Object> answer = result -> {
                if (result == long.class) {
                    return 1L;
                } else if (result == boolean.class) {
                    return true;
                } else if (result == OptionalLong.class) {
                    return OptionalLong.of(1);
                } else if (result == List.class) {
                    return List.of();
                } else if (result == Outcome.class) {
                    return Outcome.STORED;
                }
                return result == Cursor.class ? Cursor.over(Collections.<Object>emptyIterator(), key -> null) : null;
            };
            return method.getName().equals("call")
                    ? ((Fn0<?, ?>) arguments[0]).apply()
                    : answer.apply(method.getReturnType());
        };
        return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers);
    }
}
