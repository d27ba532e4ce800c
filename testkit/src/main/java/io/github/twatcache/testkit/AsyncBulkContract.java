package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.function.AsyncFn1;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Futures for many keys: one call of the store and one of the function, and loading what is missing beforehand.
 */
@Contract("4.5 futures of many keys")
public abstract class AsyncBulkContract extends EngineContract {
    private final Source source = new Source();

    /** Makes a contract. */
    protected AsyncBulkContract() {}

    private AsyncCache<String, @Nullable String> async() {
        return cache().<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
    }

    @Test
    void getAll_oneMissingIsBeingLoaded_restIsLoadedAtOnce() {
        AsyncCache<String, @Nullable String> cache = async();
        result(cache.put("here", "0"));
        CompletableFuture<@Nullable String> foreign = cache.get("k", key -> source.begin());
        CompletableFuture<@Nullable String> run = source.next();
        List<Set<String>> calls = new ArrayList<>();
        CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(List.of("x", "k", "here", "y"), missing -> {
            calls.add(Set.copyOf(missing));
            return CompletableFuture.completedFuture(Map.of("x", "1", "y", "2"));
        });
        Actor.until("the own are stored first", () -> result(cache.contains("y")));
        assertThat(all).isNotDone();
        run.complete("foreign");
        result(foreign);
        assertThat(result(all))
                .containsExactly(
                        Map.entry("x", "1"), Map.entry("k", "foreign"), Map.entry("here", "0"), Map.entry("y", "2"));
        assertThat(calls).containsExactly(Set.of("x", "y"));
    }

    @Test
    void getAll_keyLeftOut_isLeftOut_andFailureStoresNothing() {
        AsyncCache<String, @Nullable String> cache = async();
        assertThat(result(cache.getAll(
                        List.of("a", "b"), missing -> CompletableFuture.completedFuture(Map.of("a", "1")))))
                .containsExactly(Map.entry("a", "1"));
        IOException failure = new IOException("down");
        assertThat(failure(cache.getAll(List.of("a", "b"), missing -> CompletableFuture.failedFuture(failure))))
                .isSameAs(failure);
        assertThat(failure(cache.getAll(List.of("a", "b"), missing -> nothing())))
                .isInstanceOf(NullPointerException.class);
        assertThat(result(cache.contains("b"))).isFalse();
        assertThat(result(cache.get("b", key -> CompletableFuture.completedFuture("2"))))
                .isEqualTo("2");
    }

    @Test
    void getAll_cancelled_stageIsCancelledAndNothingStored() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<Map<String, @Nullable String>> run = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(List.of("k", "l"), missing -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        all.cancel(true);
        Actor.until("the stage is cancelled", run::isCancelled);
        assertThat(result(cache.contains("k"))).isFalse();
        assertThat(result(cache.get("k", key -> CompletableFuture.completedFuture("anew"))))
                .isEqualTo("anew");
    }

    @Test
    void remove_duringGetAll_isNotStored() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<Map<String, @Nullable String>> run = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(List.of("k", "l"), missing -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        result(cache.remove("k"));
        run.complete(Map.of("k", "1", "l", "2"));
        assertThat(result(all)).isEqualTo(Map.of("k", "1", "l", "2"));
        assertThat(result(cache.contains("k"))).isFalse();
        assertThat(result(cache.contains("l"))).isTrue();
    }

    /** The bulk function is tried again as a function of one value is. */
    @Test
    void loadRetry_bulkFunctionFails_triedAgain() {
        for (boolean throwsAtOnce : new boolean[] {true, false}) {
            AsyncCache<String, @Nullable String> cache = cache("retried" + throwsAtOnce)
                    .loadRetry(3, Duration.ofNanos(1))
                    .<String, @Nullable String>types(String.class, String.class)
                    .build()
                    .async();
            AtomicInteger runs = new AtomicInteger();
            CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(List.of("a", "b"), missing -> {
                if (runs.incrementAndGet() == 3) {
                    return CompletableFuture.completedFuture(upper(missing));
                } else if (throwsAtOnce) {
                    throw new IOException("down");
                }
                return CompletableFuture.failedFuture(new IOException("down"));
            });
            Actor.until("it is tried again", () -> {
                ticker.advance(1);
                return all.isDone();
            });
            assertThat(result(all)).isEqualTo(Map.of("a", "A", "b", "B"));
            assertThat(runs).hasValue(3);
            Actor<Map<String, @Nullable String>> waiting =
                    asTimePasses(() -> cache.sync().getAll(List.of("c"), missing -> {
                        if (runs.incrementAndGet() == 5) {
                            return upper(missing);
                        }
                        throw new IOException("down");
                    }));
            assertThat(waiting.result()).isEqualTo(Map.of("c", "C"));
            assertThat(runs).hasValue(5);
        }
    }

    /** A stage that tells its end twice has failed once. */
    @Test
    void loadRetry_stageThatFailsTwice_triedAgainOnce() {
        Tasks tasks = new Tasks();
        try (TwatCache twat = builder().executor(tasks).open()) {
            AsyncCache<String, @Nullable String> cache = cacheIn(twat, "twice")
                    .loadRetry(5, Duration.ofNanos(1))
                    .<String, @Nullable String>types(String.class, String.class)
                    .build()
                    .async();
            AtomicInteger runs = new AtomicInteger();
            // The second call comes to its end after all that the first has left behind.
            for (int call = 1; call <= 2; call++) {
                int first = 2 * call - 1;
                CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(
                        List.of("a" + call),
                        missing -> runs.incrementAndGet() == first
                                ? new FailsTwice<>()
                                : CompletableFuture.completedFuture(upper(missing)));
                Actor.until("it is tried again", () -> {
                    tasks.run();
                    ticker.advance(1);
                    return all.isDone();
                });
                assertThat(result(all)).isEqualTo(Map.of("a" + call, "A" + call));
            }
            assertThat(runs).hasValue(4);
        }
    }

    private static final class FailsTwice<T extends @Nullable Object> extends CompletableFuture<T> {
        @Override
        public CompletableFuture<T> whenComplete(BiConsumer<? super T, ? super Throwable> action) {
            action.accept(nothing(), new IOException("first"));
            action.accept(nothing(), new IOException("second"));
            return this;
        }
    }

    /** Who has given up is answered by nobody, and so counted by nobody. */
    @Test
    void getAll_givenUpWhileAnotherComputes_isNoLongerCounted() {
        AsyncCache<String, @Nullable String> cache = cache().statistics()
                .<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<@Nullable String> owner = cache.get("k", key -> source.begin());
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<Map<String, @Nullable String>> all = cache.getAll(List.of("k"), missing -> nothing());
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        CompletableFuture<@Nullable String> last = cache.get("k", key -> source.begin());
        Actor.until("another has joined", () -> cache.stats().waits() == 2);
        all.completeExceptionally(new TimeoutException("as orTimeout does"));
        run.complete("value");
        result(owner);
        // It was told after the other.
        result(last);
        assertThat(cache.stats().joined()).isEqualTo(1);
    }

    @Test
    void getAll_failureOfAKeyIsKept_restIsLoaded_failureOfTheBulkIsNot() {
        AsyncCache<String, @Nullable String> cache = cache().cacheFailures(IOException.class, Duration.ofMinutes(1))
                .<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
        IOException down = new IOException("down");
        assertThat(failure(cache.get("bad", key -> CompletableFuture.failedFuture(down))))
                .isSameAs(down);
        List<Set<String>> calls = new CopyOnWriteArrayList<>();
        AsyncFn1<Set<String>, Map<String, @Nullable String>> bulk = missing -> {
            calls.add(Set.copyOf(missing));
            return CompletableFuture.completedFuture(upper(missing));
        };
        assertThat(failure(cache.getAll(List.of("bad", "a"), bulk))).isSameAs(down);
        assertThat(failure(cache.getAll(List.of("bad"), bulk))).isSameAs(down);
        assertThat(calls).containsExactly(Set.of("a"));
        assertThat(result(cache.getIfPresent("a"))).isEqualTo("A");
        assertThat(failure(cache.getAll(List.of("b", "c"), missing -> CompletableFuture.failedFuture(down))))
                .isSameAs(down);
        assertThat(result(cache.get("b", key -> CompletableFuture.completedFuture("B"))))
                .isEqualTo("B");
        ticker.advance(Duration.ofMinutes(1));
        assertThat(result(cache.getAll(List.of("bad", "a"), bulk))).isEqualTo(Map.of("bad", "BAD", "a", "A"));
    }

    static Map<String, @Nullable String> upper(Set<String> keys) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, key.toUpperCase(Locale.ROOT)));
        return values;
    }

    @Test
    void warm_loadsWhatIsMissing_oneAfterTheOther() {
        AsyncCache<String, @Nullable String> cache = async();
        result(cache.put("b", "there"));
        CompletableFuture<Long> warmed = cache.warm(List.of("a", "b", "k"), key -> source.begin());
        CompletableFuture<@Nullable String> first = source.next();
        assertThat(result(cache.contains("k"))).isFalse();
        first.complete("1");
        source.next().complete("2");
        assertThat(result(warmed)).isEqualTo(2);
        assertThat(result(cache.getAllPresent(List.of("a", "b", "k"))))
                .isEqualTo(Map.of("a", "1", "b", "there", "k", "2"));
    }

    @Test
    void warm_failure_endsItThere() {
        AsyncCache<String, @Nullable String> cache = async();
        IOException down = new IOException("down");
        List<String> asked = new ArrayList<>();
        CompletableFuture<Long> warmed = cache.warm(List.of("a", "b", "c"), key -> {
            asked.add(key);
            return key.equals("b") ? CompletableFuture.failedFuture(down) : CompletableFuture.completedFuture(key);
        });
        assertThat(failure(warmed)).isSameAs(down);
        assertThat(asked).containsExactly("a", "b");
        assertThat(result(cache.contains("a"))).isTrue();
    }

    @Test
    void warm_cancelled_endsAfterTheLoadThatRuns() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<Long> warmed = cache.warm(List.of("a", "b"), key -> source.begin());
        CompletableFuture<@Nullable String> first = source.next();
        warmed.cancel(true);
        first.complete("1");
        assertThat(result(cache.get("a", key -> CompletableFuture.completedFuture("own"))))
                .isEqualTo("1");
        assertThat(source.runs()).isEqualTo(1);
    }

    @Test
    void warm_manyKeys_needNoDeepStack() {
        AsyncCache<String, @Nullable String> cache = async();
        List<String> keys = IntStream.range(0, fewer(20_000, 500))
                .mapToObj(Integer::toString)
                .toList();
        assertThat(result(cache.warm(keys, CompletableFuture::completedFuture))).isEqualTo(keys.size());
        assertThat(result(cache.warm(keys, key -> nothing()))).isZero();
    }
}
