package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.Keep;
import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.spi.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.5: one computation for a key at a time, shared by all who ask meanwhile; one that began before a change is
 * never stored, nor given to a call that began after it.
 */
@Contract("4.5 one computation")
public abstract class OneComputationContract extends EngineContract {
    private static final int HERD = 64;

    /** Makes a contract. */
    protected OneComputationContract() {}

    private final Gate gate = new Gate();

    private Cache<String, String> strings() {
        return cache().types(String.class, String.class).build();
    }

    private Actor<String> loads(Cache<String, String> cache, String value) {
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass(value)));
        gate.awaitLoader();
        return owner;
    }

    @Test
    void invalidate_duringLoad_loadIsNotStored() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        assertThat(cache.remove("k")).isFalse();
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
    }

    @Test
    void put_duringLoad_putStays() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        cache.put("k", "put");
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void putAndRemove_duringLoad_nothingIsStored() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        cache.put("k", "put");
        assertThat(cache.remove("k")).isTrue();
        gate.open();
        owner.result();
        assertThat(cache.peek("k").present()).isFalse();
    }

    @Test
    void putIfAbsent_duringLoad_putStays() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        assertThat(cache.putIfAbsent("k", "put")).isTrue();
        gate.open();
        owner.result();
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void mapView_duringLoad_viewStays() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        assertThat(cache.asMap().put("k", "view")).isNull();
        gate.open();
        owner.result();
        assertThat(cache.getIfPresent("k")).isEqualTo("view");
    }

    @Test
    void clear_duringLoad_loadIsNotStored() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        cache.clear();
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.size()).isZero();
    }

    @Test
    void tag_duringLoad_loadIsNotStored() {
        if (refuses(Trait.TAGS)) {
            return;
        }
        Cache<String, String> cache = cache().tags()
                .types(String.class, String.class)
                .tags((key, value) -> Set.of("of " + value))
                .build();
        Actor<String> owner = loads(cache, "old");
        cache.put("other", "x", Keep.under("of old"));
        cache.invalidateTag("of old");
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.size()).isZero();
    }

    @Test
    void lateJoiner_afterInvalidate_computesAnew() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        cache.remove("k");
        Actor<String> late = Actor.start(() -> cache.get("k", key -> "new"));
        assertThat(late.result()).isEqualTo("new");
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
    }

    @Test
    void earlyJoiner_beforeInvalidate_getsTheLoadsValue() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "old");
        Actor<String> early = Actor.start(() -> cache.get("k", key -> "own")).awaitWaiting();
        cache.remove("k");
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(early.result()).isIn("old", "own");
        assertThat(cache.get("k", key -> "new")).isIn("own", "new");
    }

    @Test
    void herd_of64_oneLoad() {
        Cache<String, Object> cache = cache().types(String.class, Object.class).build();
        Object value = "value";
        List<Actor<Object>> herd = new ArrayList<>();
        for (int i = 0; i < HERD; i++) {
            herd.add(Actor.start(() -> cache.get("k", key -> gate.pass(value))));
        }
        gate.awaitLoader();
        herd.forEach(Actor::awaitWaiting);
        gate.open();
        herd.forEach(one -> assertThat(one.result()).isEqualTo(value));
        assertThat(gate.runs()).isEqualTo(1);
    }

    @Test
    void herd_ofMemoizedCalls_oneLoad() {
        Cached1<String, String, RuntimeException> slow = cache().memoize((String key) -> gate.pass(key + "!"));
        List<Actor<String>> herd = new ArrayList<>();
        for (int i = 0; i < HERD; i++) {
            herd.add(Actor.start(() -> slow.apply("k")));
        }
        gate.awaitLoader();
        herd.forEach(Actor::awaitWaiting);
        gate.open();
        herd.forEach(one -> assertThat(one.result()).isEqualTo("k!"));
        assertThat(gate.runs()).isEqualTo(1);
    }

    @Test
    void failingHerd_of64_oneLoadOneException() {
        Cache<String, String> cache = strings();
        IOException failure = new IOException("down");
        List<Actor<String>> herd = new ArrayList<>();
        for (int i = 0; i < HERD; i++) {
            herd.add(Actor.start(() -> cache.get("k", key -> {
                gate.pass("");
                throw failure;
            })));
        }
        gate.awaitLoader();
        herd.forEach(Actor::awaitWaiting);
        gate.open();
        herd.forEach(one -> assertThat(one.failure()).isSameAs(failure));
        assertThat(gate.runs()).isEqualTo(1);
        assertThat(failure.getSuppressed()).isEmpty();
        assertThat(cache.get("k", key -> "up")).isEqualTo("up");
    }

    @Test
    void loader_throws_sameInstanceAndNothingStored() {
        Cache<String, String> cache = strings();
        for (Throwable thrown : List.of(new IOException(), new IllegalStateException(), new AssertionError("error"))) {
            assertThatThrownBy(() -> cache.get("k", key -> {
                        if (thrown instanceof Error error) {
                            throw error;
                        }
                        throw (Exception) thrown;
                    }))
                    .isSameAs(thrown);
            assertThat(cache.peek("k").present()).isFalse();
        }
        assertThat(cache.get("k", key -> "fine")).isEqualTo("fine");
    }

    @Test
    void loader_asksForItsOwnKey_refusedWithChain() {
        Cache<String, String> cache = strings();
        assertThatThrownBy(() -> cache.get("k", key -> cache.get("k", same -> "never")))
                .isInstanceOf(RecursiveLoadException.class)
                .hasMessageContaining(cache.name());
        assertThat(cache.get("k", key -> "fine")).isEqualTo("fine");
    }

    @Test
    void ring_ofKeysInOneThread_refused() {
        Cache<String, String> cache = strings();
        assertThatThrownBy(() ->
                        cache.get("a", a -> cache.get("b", b -> cache.get("c", c -> cache.get("a", same -> "never")))))
                .isInstanceOf(RecursiveLoadException.class);
        for (String key : List.of("a", "b", "c")) {
            assertThat(cache.get(key, same -> "fine")).isEqualTo("fine");
        }
    }

    @Test
    void ring_overTwoThreads_refused() {
        ring(2, strings());
    }

    @Test
    void ring_overThreeThreads_refused() {
        ring(3, strings());
    }

    @Test
    @SuppressWarnings("unchecked") // an array of one type
    void ring_overTwoCaches_refused() {
        Cache<String, String> one =
                cache("one").types(String.class, String.class).build();
        Cache<String, String> other =
                cache("other").types(String.class, String.class).build();
        ring(4, one, other);
    }

    /** Thread i loads key i, and within it asks for key i + 1 once all are loading. */
    @SafeVarargs
    private static void ring(int threads, Cache<String, String>... caches) {
        for (int round = 0; round < 50; round++) {
            CyclicBarrier all = new CyclicBarrier(threads);
            List<Actor<String>> actors = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int mine = i;
                int next = (i + 1) % threads;
                actors.add(Actor.start(() -> caches[mine % caches.length].get("" + mine, key -> {
                    all.await();
                    return caches[next % caches.length].get("" + next, same -> "never");
                })));
            }
            actors.forEach(actor -> assertThat(actor.failure()).isInstanceOf(RecursiveLoadException.class));
            for (int i = 0; i < threads; i++) {
                Cache<String, String> cache = caches[i % caches.length];
                assertThat(cache.get("" + i, key -> "fine")).isEqualTo("fine");
                cache.remove("" + i);
            }
        }
    }

    /** The overflow strikes at another instruction in each round: a small stack, filled by a growing number of frames. */
    @Test
    void stackOverflow_inLoader_leavesNoLoad() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        for (int round = 0; round < fewer(100, 20); round++) {
            AtomicInteger deepest = new AtomicInteger();
            AtomicReference<Throwable> thrown = new AtomicReference<>();
            int base = round * 1_000_000;
            int frames = round;
            Thread deep = new Thread(null, () -> fill(frames, () -> descend(cache, base, deepest)), "deep", 180_000);
            deep.setUncaughtExceptionHandler((thread, overflow) -> thrown.set(overflow));
            deep.start();
            Actor.until("the deep thread ends", () -> !deep.isAlive());
            assertThat(thrown.get()).isInstanceOf(StackOverflowError.class);
            Actor<Integer> next = Actor.start(() -> {
                for (int key = base; key <= base + deepest.get() + 2; key++) {
                    cache.get(key, same -> 1);
                }
                return 1;
            });
            assertThat(next.result()).isEqualTo(1);
            cache.clear();
        }
    }

    private static int fill(int frames, Runnable then) {
        if (frames == 0) {
            then.run();
            return 0;
        }
        return 1 + fill(frames - 1, then);
    }

    private static Integer descend(Cache<Integer, Integer> cache, int key, AtomicInteger deepest) {
        return cache.get(key, same -> {
            deepest.incrementAndGet();
            return descend(cache, key + 1, deepest);
        });
    }

    @Test
    void loader_invalidatesItsOwnKey_returnedAndNotStored() {
        Cache<String, String> cache = strings();
        String value = cache.get("k", key -> {
            cache.remove("k");
            return "value";
        });
        assertThat(value).isEqualTo("value");
        assertThat(cache.peek("k").present()).isFalse();
    }

    @Test
    void loader_putsItsOwnKey_putStays() {
        Cache<String, String> cache = strings();
        assertThat(cache.get("k", key -> {
                    cache.put("k", "put");
                    return "loaded";
                }))
                .isEqualTo("loaded");
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void loader_clearsTheCache_returnedAndNotStored() {
        Cache<String, String> cache = strings();
        assertThat(cache.get("k", key -> {
                    cache.clear();
                    return "loaded";
                }))
                .isEqualTo("loaded");
        assertThat(cache.size()).isZero();
    }

    @Test
    void refresh_overtakenByInvalidate_olderLoadDoesNotStay() {
        AtomicInteger truth = new AtomicInteger();
        Gate slow = new Gate();
        AtomicInteger runs = new AtomicInteger();
        Cached1<Integer, Integer, RuntimeException> function = cache().memoize((Integer n) -> {
            if (runs.getAndIncrement() == 1) {
                slow.pass("");
            }
            return truth.get();
        });
        assertThat(function.apply(1)).isZero();
        Actor<Integer> refresh = Actor.start(() -> function.refresh(1));
        slow.awaitLoader();
        function.invalidate(1);
        assertThat(function.apply(1)).as("computed before the refresh").isZero();
        truth.set(1);
        slow.open();
        assertThat(refresh.result()).isEqualTo(1);
        assertThat(function.apply(1)).as("whoever has seen 1 must not get 0").isEqualTo(1);
    }

    @Test
    void loader_interruptsItself_valueReturnedAndFlagKept() {
        Cache<String, String> cache = strings();
        Actor<Boolean> actor = Actor.start(() -> {
            String value = cache.get("k", key -> {
                Thread.currentThread().interrupt();
                return "value";
            });
            return value.equals("value") && Thread.currentThread().isInterrupted();
        });
        assertThat(actor.result()).isTrue();
        assertThat(cache.getIfPresent("k")).isEqualTo("value");
    }

    @Test
    void owner_interrupted_waiterBecomesOwner() {
        Cache<String, String> cache = strings();
        Gate started = new Gate();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> {
            started.open();
            new CountDownLatch(1).await();
            return "never";
        }));
        started.pass("");
        Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "mine")).awaitWaiting();
        Actor<String> other = Actor.start(() -> cache.get("k", key -> "mine")).awaitWaiting();
        owner.interrupt();
        assertThat(owner.failure()).isInstanceOf(InterruptedException.class);
        assertThat(waiter.result()).isEqualTo("mine");
        assertThat(other.result()).isEqualTo("mine");
    }

    @Test
    void waiter_interrupted_toldAndFlagKept() {
        Cache<String, String> cache = strings();
        Actor<String> owner = loads(cache, "value");
        Actor<Boolean> waiter = Actor.start(() -> {
                    try {
                        cache.get("k", key -> "own");
                        return false;
                    } catch (LoadInterruptedException told) {
                        return Thread.currentThread().isInterrupted();
                    }
                })
                .awaitWaiting();
        waiter.interrupt();
        assertThat(waiter.result()).isTrue();
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
    }

    @Test
    void loadTimeout_waiterIsToldOwnerIsNot() {
        Cache<String, String> cache = cache().loadTimeout(Duration.ofNanos(30))
                .types(String.class, String.class)
                .build();
        Actor<String> owner = loads(cache, "value");
        assertThat(asTimePasses(() -> cache.get("k", key -> "own")).failure())
                .isInstanceOf(LoadTimeoutException.class)
                .hasMessageContaining(cache.name());
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
        assertThat(cache.getIfPresent("k")).isEqualTo("value");
    }

    @Test
    void getAll_oneMissingIsBeingLoaded_waitsForItAndLoadsTheRestAtOnce() {
        Cache<String, String> cache = strings();
        cache.put("here", "0");
        Actor<String> owner = loads(cache, "foreign");
        AtomicInteger calls = new AtomicInteger();
        Actor<Map<String, String>> all = Actor.start(() -> cache.getAll(List.of("x", "k", "here", "y"), missing -> {
                    calls.incrementAndGet();
                    assertThat(missing).containsExactlyInAnyOrder("x", "y");
                    return Map.of("x", "1", "y", "2");
                }))
                .awaitWaiting();
        Actor.until("the own are stored first", () -> cache.peek("y").present());
        gate.open();
        owner.result();
        assertThat(all.result())
                .containsExactly(
                        Map.entry("x", "1"), Map.entry("k", "foreign"), Map.entry("here", "0"), Map.entry("y", "2"));
        assertThat(calls).hasValue(1);
    }

    @Test
    void refresh_duringInvalidate_isNotStored() {
        Cached1<String, String, RuntimeException> slow = cache().memoize((String key) -> gate.pass("new"));
        slow.put("k", "old");
        Actor<String> refresher = Actor.start(() -> slow.refresh("k"));
        gate.awaitLoader();
        assertThat(slow.apply("k")).isEqualTo("old");
        assertThat(slow.invalidate("k")).isTrue();
        gate.open();
        assertThat(refresher.result()).isEqualTo("new");
        assertThat(slow.isCached("k")).isFalse();
    }

    @Test
    void storm_ofInvalidations_noStaleValueAfterwards() {
        Cache<String, Integer> cache =
                cache().types(String.class, Integer.class).build();
        int changes = fewer(20_000, 4_000);
        AtomicInteger truth = new AtomicInteger();
        AtomicInteger announced = new AtomicInteger();
        Actor<Integer> writer = Actor.start(() -> {
            for (int i = 0; i < changes; i++) {
                int now = truth.incrementAndGet();
                if (i % 3 == 0) {
                    cache.clear();
                } else if (i % 3 == 1) {
                    cache.remove("k");
                } else {
                    cache.put("k", now);
                }
                announced.set(now);
            }
            return announced.get();
        });
        List<Actor<Void>> readers = IntStream.range(0, 3)
                .mapToObj(i -> Actor.<Void>start(() -> {
                    while (!writer.isDone()) {
                        int least = announced.get();
                        Integer got = cache.get("k", key -> truth.get());
                        assertThat(got).isGreaterThanOrEqualTo(least);
                    }
                    return null;
                }))
                .toList();
        readers.forEach(Actor::result);
        assertThat(writer.result()).isEqualTo(changes);
    }
}
