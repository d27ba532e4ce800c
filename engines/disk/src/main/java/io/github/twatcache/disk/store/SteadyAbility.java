package io.github.twatcache.disk.store;

import io.github.twatcache.error.ResourceException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * An ability of a store that outlasts its database: each call goes to the store of the moment. Where it fails since the
 * database is not what it was, that is opened anew and the failure is thrown, as one that had no effect: whether the call may
 * be made once more, with what of the user's runs within it, is for who has made it to say.
 */
final class SteadyAbility<C> implements InvocationHandler {
    private final Class<C> type;
    private final SteadyStore<?> steady;
    private volatile Bound<C> bound;

    /** The ability of one store, which may keep something between two calls. */
    private record Bound<C>(DiskStore<?> store, C ability) {}

    private SteadyAbility(Class<C> type, SteadyStore<?> steady) {
        this.type = type;
        this.steady = steady;
        this.bound = bind(steady.now());
    }

    static <C> C of(Class<C> type, SteadyStore<?> store) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new SteadyAbility<>(type, store)));
    }

    private Bound<C> bind(DiskStore<?> store) {
        return new Bound<>(store, store.capability(type).orElseThrow());
    }

    private Bound<C> current() {
        DiskStore<?> now = steady.now();
        Bound<C> known = bound;
        if (!known.store.equals(now)) {
            known = bind(now);
            bound = known;
        }
        return known;
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            return switch (method.getName()) {
                case "equals" -> arguments != null && proxy == arguments[0];
                case "hashCode" -> System.identityHashCode(proxy);
                default -> type.getSimpleName() + " of " + steady.now().folder();
            };
        }
        Bound<C> current = current();
        try {
            return method.invoke(current.ability, arguments);
        } catch (InvocationTargetException failed) {
            Throwable why = failed.getCause();
            if (why instanceof ResourceException trouble) {
                throw SteadyStore.failure(trouble);
            } else if (why instanceof RuntimeException unchecked) {
                steady.renewedQuietly(current.store, unchecked);
            }
            throw why;
        }
    }
}
