package io.github.twatcache.benchmarks.peers;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;

/** What a memoizer looks like that is written in twenty lines: a proxy, whose key is the list of the arguments. */
public final class ProxyMemoizer implements InvocationHandler {
    private final Cache<List<Object>, Object> cache;
    private final Lookup target;

    private ProxyMemoizer(Lookup target, int capacity) {
        this.target = target;
        this.cache = Caffeine.newBuilder().maximumSize(capacity).build();
    }

    /** A memoizing proxy. */
    public static <T> T of(Class<T> type, Lookup target, int capacity) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, new ProxyMemoizer(target, capacity)));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        List<Object> key = Arrays.asList(arguments);
        Object value = cache.getIfPresent(key);
        if (value == null) {
            value = method.invoke(target, arguments);
            cache.put(key, value);
        }
        return value;
    }
}
