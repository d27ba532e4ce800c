package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.shared.SharedSemaphore;
import io.github.twatcache.shared.Throttle;
import io.github.twatcache.stats.CacheStats;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Proxy;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every public method of what a user holds, with {@code null} in the place of each argument that may not be null. */
class NullArgumentsTest {
    private final List<String> faults = new ArrayList<>();
    private int tried;

    @Test
    void nullArgument_anyPublicMethod_theMessageNamesTheParameter(@TempDir Path directory) {
        try (TwatCache twat = TwatCache.builder()
                .directory(directory)
                .engine(new AbleEngine())
                .open()) {
            Cache<String, Long> counted = twat.cache("able")
                    .engine("able")
                    .tags()
                    .types(String.class, Long.class)
                    .build();
            Cache<String, byte[]> bytes = twat.cache("bytes")
                    .engine("able")
                    .tags()
                    .types(String.class, byte[].class)
                    .build();
            Cache<String, List<Long>> lists = twat.memory("lists")
                    .types(String.class, new TypeOf<List<Long>>() {})
                    .build();
            check(TwatCache.class, twat);
            check(TwatCacheBuilder.class, TwatCache.builder());
            check(CacheBuilder.class, twat.cache("builder"));
            check(TypedBuilder.class, twat.memory("typed").types(String.class, Long.class));
            check(Cache.class, counted);
            check(LoadingCache.class, loading(twat, "loading"));
            check(AsyncCache.class, loading(twat, "async").async());
            check(PublisherCache.class, PublisherCache.of(lists));
            check(Keep.class, Keep.forEver());
            check(Counters.class, Counters.of(counted));
            check(Ordered.class, Ordered.of(counted));
            check(OrderedMap.class, OrderedMap.of(counted));
            check(Streams.class, Streams.of(bytes));
            check(Queues.class, Queues.of(counted));
            check(SharedDeque.class, Queues.of(counted).queue("queue"));
            check(Transactions.class, Transactions.of(counted));
            check(Maintenance.class, Maintenance.of(counted));
            check(Recipes.class, Recipes.of(counted));
            check(SharedLock.class, Recipes.of(counted).lock("lock"));
            check(SharedSemaphore.class, Recipes.of(counted).semaphore("semaphore", 1));
            check(Throttle.class, Recipes.of(counted).throttle("throttle", 1, Duration.ofSeconds(1)));
            check(EffectiveSettings.class, twat.settings("able"));
            check(CacheStats.class, counted.stats());
            check(Sources.class, Sources.none());
            check(Encoders.class, Encoders.standard());
            checkMemoized(twat);
        }
        assertThat(tried).isGreaterThan(200);
        assertThat(String.join("\n", faults)).isEmpty();
    }

    private static LoadingCache<String, Long, RuntimeException> loading(TwatCache twat, String name) {
        return twat.memory(name)
                .tags()
                .perEntryExpiry()
                .keepStale()
                .types(String.class, Long.class)
                .build((Fn1<String, Long, RuntimeException>) key -> 1L);
    }

    private void checkMemoized(TwatCache twat) {
        twat.memory("none").memoize(() -> 1, options -> check(Options0.class, options));
        twat.memory("one").memoize((Long a) -> 1, options -> check(Options1.class, options));
        twat.memory("two").memoize((Long a, Long b) -> 1, options -> check(Options2.class, options));
        twat.memory("three").memoize((Long a, Long b, Long c) -> 1, options -> check(Options3.class, options));
        twat.memory("four").memoize((Long a, Long b, Long c, Long d) -> 1, options -> check(Options4.class, options));
        twat.memory("five")
                .memoize((Long a, Long b, Long c, Long d, Long e) -> 1, options -> check(Options5.class, options));
        check(Cached.class, twat.memory("soft").tags().keepStale().memoize((Long a) -> 1));
        checkPublished(twat);
    }

    private void checkPublished(TwatCache twat) {
        Flow.Publisher<Long> rows = subscriber -> {};
        CacheBuilder cache = twat.memory().tags().keepStale();
        check(Published0.class, cache.named("none published").memoizePublisher(() -> rows));
        check(Published1.class, cache.named("one published").memoizePublisher((Long a) -> rows));
        check(Published2.class, cache.named("two published").memoizePublisher((Long a, Long b) -> rows));
        check(Published3.class, cache.named("three published").memoizePublisher((Long a, Long b, Long c) -> rows));
        check(
                Published4.class,
                cache.named("four published").memoizePublisher((Long a, Long b, Long c, Long d) -> rows));
        check(
                Published5.class,
                cache.named("five published").memoizePublisher((Long a, Long b, Long c, Long d, Long e) -> rows));
    }

    private void check(Class<?> type, Object instance) {
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            for (Method method : at.isInterface() ? at.getMethods() : at.getDeclaredMethods()) {
                if (Modifier.isPublic(method.getModifiers())
                        && !method.isSynthetic()
                        && !method.getName().equals("equals")
                        && !method.getDeclaringClass().getName().startsWith("java.")) {
                    check(instance, method);
                }
            }
        }
    }

    private void check(Object instance, Method method) {
        for (int i = 0; i < method.getParameterCount(); i++) {
            if (mustNotBeNull(method, i)) {
                tried++;
                tryNull(instance, method, i);
            }
        }
    }

    private void tryNull(Object instance, Method method, int nullAt) {
        String call = method.getDeclaringClass().getSimpleName() + "." + method.getName() + shown(method) + " argument "
                + nullAt;
        Object[] arguments = new Object[method.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = i == nullAt ? null : sample(method.getParameterTypes()[i]);
        }
        try {
            method.setAccessible(true);
            Object result = method.invoke(instance, arguments);
            if (result instanceof CompletableFuture<?> future) {
                future.join();
            }
            faults.add(call + ": took it");
        } catch (InvocationTargetException thrown) {
            judge(call, thrown.getCause(), words(instance, method, nullAt));
        } catch (CompletionException failed) {
            judge(call, failed.getCause(), words(instance, method, nullAt));
        } catch (IllegalAccessException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void judge(String call, Throwable thrown, List<String> words) {
        String message = String.valueOf(thrown.getMessage());
        boolean javas = message.startsWith("Cannot ");
        if (!(thrown instanceof NullPointerException) || javas || words.stream().noneMatch(message::contains)) {
            faults.add(call + " " + words + ": " + thrown.getClass().getSimpleName() + ": " + message);
        }
    }

    /** The parameter's name, or the name of the setting that the method gives, in code or in words. */
    private static List<String> words(Object instance, Method method, int index) {
        String setter = method.getName();
        String setting = setter.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        String name = NameOfParameter.of(instance, method, index);
        return List.of(
                name.equals("asked") ? "keys" : setter.equals("set") && index == 1 ? "maximum-size" : name,
                setter + " must not be null",
                setting + " must not be null");
    }

    private static String shown(Method method) {
        StringBuilder shown = new StringBuilder("(");
        for (Class<?> type : method.getParameterTypes()) {
            shown.append(shown.length() == 1 ? "" : ", ").append(type.getSimpleName());
        }
        return shown.append(')').toString();
    }

    private static boolean mustNotBeNull(Method method, int index) {
        Parameter parameter = method.getParameters()[index];
        if (parameter.getType().isPrimitive() || nullable(parameter.getAnnotatedType())) {
            return false;
        }
        return !(parameter.getParameterizedType() instanceof TypeVariable<?> variable)
                || !nullable(variable.getAnnotatedBounds()[0]);
    }

    private static boolean nullable(AnnotatedElement element) {
        return element.isAnnotationPresent(Nullable.class);
    }

    private static Object sample(Class<?> type) {
        if (type == String.class || type == Object.class) {
            return "sample";
        } else if (type == long.class) {
            return 1L;
        } else if (type == int.class) {
            return 1;
        } else if (type == double.class) {
            return 0.5;
        } else if (type == boolean.class) {
            return true;
        } else if (type == Duration.class) {
            return Duration.ofSeconds(1);
        } else if (type == Class.class) {
            return String.class;
        } else if (type == Iterable.class || type == List.class) {
            return List.of("sample");
        } else if (type == Map.class) {
            return Map.of("sample", 1L);
        } else if (type == Set.class) {
            return Set.of("sample");
        } else if (type == Setting.class) {
            return Settings.MAXIMUM_SIZE;
        } else if (type == CacheSpec.class) {
            return CacheSpec.of("sample", "heap");
        } else if (type == Path.class) {
            return Path.of("sample");
        } else if (type == MethodHandles.Lookup.class) {
            return MethodHandles.lookup();
        } else if (type == UnaryOperator.class) {
            return UnaryOperator.identity();
        } else if (type == Keep.class) {
            return Keep.under("sample");
        } else if (type.isEnum()) {
            return type.getEnumConstants()[0];
        } else if (type.isArray()) {
            return java.lang.reflect.Array.newInstance(type.getComponentType(), 0);
        } else if (type.isInterface()) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null);
        }
        return null;
    }
}
