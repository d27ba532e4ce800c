package io.github.twatcache;

import io.github.twatcache.spi.ContextCarrier;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.MDC;

/**
 * Asks caches for values within a scoped value and a diagnostic context, and prints for each way to ask what its function saw of
 * both. A program of its own, since scoped values come with JDK 25; what is compiled for 17 calls them by name.
 */
final class ScopedCallers {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);
    private static final String REQUEST = "request";

    private final Class<?> type = Class.forName("java.lang.ScopedValue");
    private final Method bound = type.getMethod("isBound");
    private final Method get = type.getMethod("get");
    private final Method where = type.getMethod("where", type, Object.class);
    private final Method run = where.getReturnType().getMethod("run", Runnable.class);
    private final Object user = type.getMethod("newInstance").invoke(null);
    private final AtomicLong clock = new AtomicLong();

    private ScopedCallers() throws ReflectiveOperationException {}

    public static void main(String[] arguments) throws Exception {
        ScopedCallers callers = new ScopedCallers();
        ContextCarrier carrier = callers::captured;
        try (TwatCache twat =
                TwatCache.builder().ticker(callers.clock::get).context(carrier).open()) {
            callers.threads(twat);
            callers.futures(twat);
            callers.renewals(twat);
        }
    }

    /** As the documentation shows it. */
    private ContextCarrier.Carried captured() {
        String captured = seen();
        return captured.equals("none") ? null : task -> within(captured, task);
    }

    private String seen() {
        return called(() -> (boolean) bound.invoke(user) ? (String) get.invoke(user) : "none");
    }

    /** What a function sees. */
    private String here() {
        return seen() + "/" + MDC.get(REQUEST);
    }

    private CompletableFuture<String> begun() {
        return CompletableFuture.completedFuture(here());
    }

    private void within(String value, Runnable task) {
        called(() -> run.invoke(where.invoke(null, user, value), task));
    }

    /** As a caller has both. */
    private void as(String name, Runnable task) {
        MDC.put(REQUEST, name);
        within(name, task);
        MDC.clear();
    }

    private static <T> T called(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static void say(String way, String seen) {
        System.out.println(way + " " + seen);
    }

    private void threads(TwatCache twat) {
        Cache<String, String> cache = twat.cache("limited")
                .engine("heap")
                .hardTimeout(Duration.ofDays(1))
                .types(String.class, String.class)
                .build();
        as("ada", () -> say("get", cache.get("a", key -> here())));
        say("get", cache.get("b", key -> here()));
        Cached1<String, String, RuntimeException> function =
                twat.cache("refreshed").engine("heap").memoize((String key) -> here());
        as("ada", () -> say("refreshAsync", function.refreshAsync("a").join()));
    }

    /** With a time limit for operations the engine may block, so that loads begin on other threads. */
    private void futures(TwatCache twat) {
        CacheBuilder builder = twat.cache("futures").engine("heap").operationTimeout(MINUTE);
        AsyncCache<String, String> cache =
                builder.types(String.class, String.class).build().async();
        AsyncCached1<String, String> function = builder.named("function").memoizeAsync((String key) -> begun());
        as("ada", () -> say("getAsync", cache.get("a", key -> begun()).join()));
        say("getAsync", cache.get("b", key -> begun()).join());
        as("ada", () -> say("memoizeAsync", function.apply("a").join()));
        say("memoizeAsync", function.apply("b").join());
    }

    private void renewals(TwatCache twat) {
        CacheBuilder builder = twat.cache("due").engine("heap").refreshAfterWrite(MINUTE);
        Cached1<String, String, RuntimeException> waits = builder.memoize((String key) -> here());
        AsyncCached1<String, String> futures = builder.named("futures due").memoizeAsync((String key) -> begun());
        as("ada", () -> {
            say("before", waits.apply("a"));
            say("before", futures.apply("a").join());
        });
        clock.addAndGet(MINUTE.toNanos());
        as("bob", () -> {
            say("due", waits.apply("a"));
            say("due", futures.apply("a").join());
        });
        say("renewed", renewed(() -> waits.peek("a").value()));
        say("renewed", renewed(() -> futures.peek("a").join().value()));
    }

    /** The value that has come in the place of the first caller's. */
    private static String renewed(Callable<String> look) {
        long start = System.nanoTime();
        String value = called(look);
        while (value.startsWith("ada") && System.nanoTime() - start < PATIENCE) {
            Thread.onSpinWait();
            value = called(look);
        }
        return value;
    }
}
