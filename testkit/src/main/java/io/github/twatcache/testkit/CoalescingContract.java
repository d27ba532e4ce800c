package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.LoadContext;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.function.AsyncFn1;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Single loads gathered into one call: whose call it is, when it begins, and what becomes of those that give up or are refused. */
@Contract("4.5 loads gathered into one call")
public abstract class CoalescingContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final AtomicInteger entered = new AtomicInteger();
    private final List<Set<String>> calls = new CopyOnWriteArrayList<>();

    /** Makes a contract. */
    protected CoalescingContract() {}

    private AsyncCache<String, @Nullable String> async() {
        return cache().<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
    }

    private CompletionStage<Map<String, @Nullable String>> bulk(Set<String> missing) {
        calls.add(Set.copyOf(missing));
        return CompletableFuture.completedFuture(AsyncBulkContract.upper(missing));
    }

    /** A loader that counts who has entered the room: on engines that block that is done in the background. */
    private <K, V extends @Nullable Object> AsyncFn1<K, V> counted(AsyncFn1<K, V> gathering) {
        return key -> {
            CompletionStage<V> stage = gathering.apply(key);
            entered.incrementAndGet();
            return stage;
        };
    }

    private void awaitEntered(int keys) {
        Actor.until(keys + " wait", () -> entered.get() == keys);
    }

    @Test
    void untilTheRoomIsFull_oneCall() {
        AsyncCache<String, @Nullable String> cache = async();
        List<Set<String>> calls = new ArrayList<>();
        AsyncFn1<String, @Nullable String> loader = cache.coalescing(
                missing -> {
                    calls.add(Set.copyOf(missing));
                    return CompletableFuture.completedFuture(AsyncBulkContract.upper(missing));
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
    void untilTheTimeIsOver_byTheCachesClock() {
        AsyncCache<String, @Nullable String> cache = async();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger begun = new AtomicInteger();
        AsyncFn1<String, @Nullable String> gathering = cache.coalescing(
                missing -> {
                    calls.incrementAndGet();
                    Map<String, @Nullable String> values = AsyncBulkContract.upper(missing);
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
    void mapThatThrows_orNone_eachKeyIsTold() {
        AsyncCache<String, @Nullable String> cache = async();
        AsyncFn1<String, @Nullable String> throwing = cache.coalescing(
                missing -> CompletableFuture.completedFuture(new TreeMap<>(AsyncBulkContract.upper(missing)) {
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
    void allGiveUp_theCallIsCancelled_oneDoesNot() {
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

    @Test
    void bounds_areChecked() {
        AsyncCache<String, @Nullable String> cache = async();
        assertThatThrownBy(() -> cache.coalescing(missing -> nothing(), 0, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
        assertThatThrownBy(() -> cache.coalescing(missing -> nothing(), 1, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** A call that nobody can make fails for those who waited for it, and for nobody who comes later. */
    @Test
    void executorRefuses_thoseWhoWaitAreTold_andTheNextRoomIsOpened() {
        ExecutorService pool = Executors.newCachedThreadPool();
        AtomicBoolean refuses = new AtomicBoolean();
        try (TwatCache twat = builder()
                .executor(task -> {
                    if (refuses.getAndSet(false)) {
                        throw new RejectedExecutionException("full");
                    }
                    pool.execute(task);
                })
                .open()) {
            AsyncCache<String, @Nullable String> cache = cacheIn(twat, "refused")
                    .<String, @Nullable String>types(String.class, String.class)
                    .build()
                    .async();
            AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(this::bulk, 100, MINUTE));
            CompletableFuture<@Nullable String> a = cache.get("a", loader);
            CompletableFuture<@Nullable String> b = cache.get("b", loader);
            awaitEntered(2);
            refuses.set(true);
            ticker.advance(MINUTE);
            assertThat(failure(a)).isInstanceOf(LoadRejectedException.class).hasMessageContaining("refused");
            assertThat(failure(b)).isInstanceOf(LoadRejectedException.class);
            CompletableFuture<@Nullable String> c = cache.get("c", loader);
            awaitEntered(3);
            ticker.advance(MINUTE);
            assertThat(result(c)).isEqualTo("C");
            assertThat(calls).containsExactly(Set.of("c"));
        } finally {
            pool.shutdown();
        }
    }

    @Test
    void keyTwiceInARoom_isAskedForOnce_eachHasAFutureOfHisOwn() throws Exception {
        AsyncFn1<String, @Nullable String> loader = async().coalescing(this::bulk, 2, MINUTE);
        CompletableFuture<@Nullable String> first = begun(loader, "a");
        CompletableFuture<@Nullable String> second = begun(loader, "a");
        CompletableFuture<@Nullable String> gone = begun(loader, "b");
        assertThat(first).isNotSameAs(second);
        assertThat(result(first)).isEqualTo("A");
        assertThat(result(second)).isEqualTo("A");
        assertThat(result(gone)).isEqualTo("B");
        assertThat(calls).containsExactly(Set.of("a", "b"));
    }

    private static CompletableFuture<@Nullable String> begun(AsyncFn1<String, @Nullable String> loader, String key)
            throws Exception {
        return loader.apply(key).toCompletableFuture();
    }

    /** Two loads of one key wait in one room: the older one is given up, and takes nothing away from the other. */
    @Test
    void removedWhileInTheRoom_olderIsCancelled_newerIsAnswered() {
        AsyncCache<String, @Nullable String> cache = async();
        AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(this::bulk, 100, MINUTE));
        CompletableFuture<@Nullable String> older = cache.get("k", loader);
        awaitEntered(1);
        result(cache.remove("k"));
        CompletableFuture<@Nullable String> newer = cache.get("k", loader);
        awaitEntered(2);
        older.cancel(true);
        ticker.advance(MINUTE);
        assertThat(result(newer)).isEqualTo("K");
        assertThat(older).isCancelled();
        assertThat(calls).containsExactly(Set.of("k"));
        assertThat(result(cache.getIfPresent("k"))).isEqualTo("K");
    }

    @Test
    void removedWhileInTheRoom_itsCallerIsAnswered_nothingIsStored() {
        AsyncCache<String, @Nullable String> cache = async();
        AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(this::bulk, 100, MINUTE));
        CompletableFuture<@Nullable String> removed = cache.get("k", loader);
        awaitEntered(1);
        result(cache.remove("k"));
        ticker.advance(MINUTE);
        assertThat(result(removed)).isEqualTo("K");
        assertThat(result(cache.contains("k"))).isFalse();
    }

    /** A function that reads its rows answers with keys that equal those it was asked for in the eyes of the cache alone. */
    @Test
    @SuppressWarnings("ArrayAsKeyOfSetOrMap") // a map that finds nothing by equal arrays is what the test is about
    void keysThatAreComparedByContent_answeredUnderOthers() {
        AsyncCache<byte[], String> cache =
                cache().types(byte[].class, String.class).build().async();
        AsyncFn1<byte[], String> loader = counted(cache.coalescing(
                missing -> {
                    Map<byte[], String> values = new HashMap<>();
                    missing.forEach(key -> values.put(key.clone(), "value of " + key[0]));
                    return CompletableFuture.completedFuture(values);
                },
                2,
                MINUTE));
        CompletableFuture<String> one = cache.get(new byte[] {1}, loader);
        CompletableFuture<String> two = cache.get(new byte[] {2}, loader);
        assertThat(result(one)).isEqualTo("value of 1");
        assertThat(result(two)).isEqualTo("value of 2");
        assertThat(result(cache.getIfPresent(new byte[] {2}))).isEqualTo("value of 2");
    }

    /** Whatever closes the room, the call belongs to no key, and its context is that of whoever has opened it. */
    @Test
    void context_isTheOpeners_andNoValueHasOne() {
        ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();
        try (TwatCache twat = builder()
                .context(() -> {
                    String captured = tenant.get();
                    return task -> {
                        String before = tenant.get();
                        tenant.set(captured);
                        try {
                            task.run();
                        } finally {
                            tenant.set(before);
                        }
                    };
                })
                .open()) {
            AsyncCache<String, @Nullable String> cache = cacheIn(twat, "context")
                    .<String, @Nullable String>types(String.class, String.class)
                    .build()
                    .async();
            AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(
                    missing -> {
                        Map<String, @Nullable String> values = new HashMap<>();
                        missing.forEach(key -> values.put(key, tenant.get() + " " + LoadContext.present()));
                        return CompletableFuture.completedFuture(values);
                    },
                    2,
                    MINUTE));
            tenant.set("opener");
            CompletableFuture<@Nullable String> opens = cache.get("a", loader);
            awaitEntered(1);
            tenant.set("filler");
            CompletableFuture<@Nullable String> fills = cache.get("b", loader);
            assertThat(result(opens)).isEqualTo("opener false");
            assertThat(result(fills)).isEqualTo("opener false");
            tenant.set("alone");
            CompletableFuture<@Nullable String> late = cache.get("c", loader);
            awaitEntered(3);
            ticker.advance(MINUTE);
            assertThat(result(late)).isEqualTo("alone false");
        } finally {
            tenant.remove();
        }
    }

    @Test
    void function_asksForAKeyOfItsOwn_refused() {
        AsyncCache<String, @Nullable String> cache = async();
        AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(
                missing -> {
                    String own = cache.sync().get("b", key -> "never");
                    return CompletableFuture.completedFuture(Map.of("a", String.valueOf(own)));
                },
                100,
                MINUTE));
        CompletableFuture<@Nullable String> a = cache.get("a", loader);
        CompletableFuture<@Nullable String> b = cache.get("b", loader);
        awaitEntered(2);
        ticker.advance(MINUTE);
        assertThat(failure(a)).isInstanceOf(RecursiveLoadException.class).hasMessageContaining(cache.name());
        assertThat(failure(b)).isInstanceOf(RecursiveLoadException.class);
    }

    /** A load that waits in a room holds its place: a room has no more keys than there are places. */
    @Test
    void maxConcurrentLoads_fewerThanTheRoomHolds_nobodyWaitsForTheAlarm() {
        AsyncCache<String, @Nullable String> cache = cache().maxConcurrentLoads(2)
                .<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
        AsyncFn1<String, @Nullable String> loader = cache.coalescing(this::bulk, 100, MINUTE);
        List<CompletableFuture<@Nullable String>> all =
                IntStream.range(0, 6).mapToObj(i -> cache.get("k" + i, loader)).toList();
        for (int i = 0; i < 6; i++) {
            assertThat(result(all.get(i))).isEqualTo("K" + i);
        }
        assertThat(calls).hasSize(3).allMatch(keys -> keys.size() == 2);
    }

    /** What the function loads of the same cache has leave with the loads that wait for it. */
    @Test
    void maxConcurrentLoads_functionLoadsAnother_insideThoseThatWait() {
        AsyncCache<String, @Nullable String> cache = cache().maxConcurrentLoads(1)
                .<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
        AsyncFn1<String, @Nullable String> loader = counted(cache.coalescing(
                missing -> {
                    String other = cache.sync().get("other", key -> "!");
                    return CompletableFuture.completedFuture(Map.of("a", "A" + other));
                },
                100,
                MINUTE));
        CompletableFuture<@Nullable String> a = cache.get("a", loader);
        awaitEntered(1);
        ticker.advance(MINUTE);
        assertThat(result(a)).isEqualTo("A!");
    }
}
