package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.function.AsyncFn1;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Futures for many keys: one call of the store and one of the function, single loads gathered into one call, and loading what
 * is missing beforehand.
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

    @Test
    void coalescing_untilTheRoomIsFull_oneCall() {
        AsyncCache<String, @Nullable String> cache = async();
        List<Set<String>> calls = new ArrayList<>();
        AsyncFn1<String, @Nullable String> loader = cache.coalescing(
                missing -> {
                    calls.add(Set.copyOf(missing));
                    return CompletableFuture.completedFuture(upper(missing));
                },
                3,
                Duration.ofMinutes(1));
        CompletableFuture<@Nullable String> a = cache.get("a", loader);
        CompletableFuture<@Nullable String> b = cache.get("b", loader);
        CompletableFuture<@Nullable String> again = cache.get("a", loader);
        CompletableFuture<@Nullable String> c = cache.get("c", loader);
        assertThat(result(c)).isEqualTo("C");
        assertThat(result(a)).isEqualTo("A");
        assertThat(result(again)).isEqualTo("A");
        assertThat(result(b)).isEqualTo("B");
        assertThat(calls).containsExactly(Set.of("a", "b", "c"));
        assertThat(result(cache.contains("b"))).isTrue();
    }

    @Test
    void coalescing_untilTheTimeIsOver_byTheCachesClock() {
        AsyncCache<String, @Nullable String> cache = async();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        AsyncFn1<String, @Nullable String> gathering = cache.coalescing(
                missing -> {
                    calls.incrementAndGet();
                    Map<String, @Nullable String> values = upper(missing);
                    values.remove("left out");
                    return CompletableFuture.completedFuture(values);
                },
                100,
                Duration.ofMinutes(1));
        AsyncFn1<String, @Nullable String> loader = key -> {
            CompletionStage<@Nullable String> stage = gathering.apply(key);
            begun.incrementAndGet();
            return stage;
        };
        CompletableFuture<@Nullable String> a = cache.get("a", loader);
        CompletableFuture<@Nullable String> b = cache.get("b", loader);
        CompletableFuture<@Nullable String> out = cache.get("left out", loader);
        Actor.until("all wait", () -> begun.get() == 3);
        ticker.advance(Duration.ofMinutes(1));
        assertThat(result(a)).isEqualTo("A");
        assertThat(result(b)).isEqualTo("B");
        assertThat(failure(out)).isInstanceOf(NoSuchElementException.class).hasMessageContaining(cache.name());
        assertThat(calls).hasValue(1);
    }

    /** A map that computes its values as they are asked for may fail for one of them. */
    @Test
    void coalescing_mapThatThrows_orNone_eachKeyIsTold() {
        AsyncCache<String, @Nullable String> cache = async();
        AsyncFn1<String, @Nullable String> throwing = cache.coalescing(
                missing -> CompletableFuture.completedFuture(new TreeMap<>(upper(missing)) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    public @Nullable String get(@Nullable Object key) {
                        if ("a".equals(key)) {
                            throw new IllegalStateException("lazy");
                        }
                        return super.get(key);
                    }
                }),
                2,
                Duration.ofMinutes(1));
        CompletableFuture<@Nullable String> a = cache.get("a", throwing);
        CompletableFuture<@Nullable String> b = cache.get("b", throwing);
        assertThat(failure(a)).isInstanceOf(IllegalStateException.class).hasMessage("lazy");
        assertThat(result(b)).isEqualTo("B");
        AsyncFn1<String, @Nullable String> none =
                cache.coalescing(missing -> CompletableFuture.completedFuture(nothing()), 1, Duration.ofMinutes(1));
        assertThat(failure(cache.get("c", none)))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("ended with null");
    }

    @Test
    void coalescing_allGiveUp_theCallIsCancelled_oneDoesNot() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<Map<String, @Nullable String>> run = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        AsyncFn1<String, @Nullable String> loader = cache.coalescing(
                missing -> {
                    begun.countDown();
                    return run;
                },
                2,
                Duration.ofMinutes(1));
        CompletableFuture<@Nullable String> a = cache.get("a", loader);
        CompletableFuture<@Nullable String> b = cache.get("b", loader);
        Actor.await(begun);
        a.cancel(true);
        assertThat(run).isNotDone();
        b.cancel(true);
        Actor.until("the call is cancelled", run::isCancelled);
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

    private static Map<String, @Nullable String> upper(Set<String> keys) {
        Map<String, @Nullable String> values = new LinkedHashMap<>();
        keys.forEach(key -> values.put(key, key.toUpperCase(Locale.ROOT)));
        return values;
    }

    @Test
    void coalescing_bounds_areChecked() {
        AsyncCache<String, @Nullable String> cache = async();
        assertThatThrownBy(() -> cache.coalescing(missing -> nothing(), 0, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> cache.coalescing(missing -> nothing(), 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
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
