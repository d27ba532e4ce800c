package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Contract 4.5: the source of the values is asked no more often than was said, and answers come from what is kept. */
@Contract("4.5 the source is spared")
public abstract class SourceContract extends EngineContract {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final AtomicInteger calls = new AtomicInteger();
    private volatile @Nullable Exception failure;

    /** Makes a contract. */
    protected SourceContract() {}

    private Cache<String, String> strings(CacheBuilder builder) {
        return builder.types(String.class, String.class).build();
    }

    private String next(String key) throws Exception {
        int call = calls.incrementAndGet();
        Exception thrown = failure;
        if (thrown != null) {
            throw thrown;
        }
        return key + call;
    }

    private void assertRefused(Cache<String, String> cache, String key, String setting) {
        assertThatExceptionOfType(LoadRejectedException.class)
                .isThrownBy(() -> cache.get(key, k -> {
                    throw new AssertionError("the source was asked");
                }))
                .withMessageContaining(setting)
                .withMessageContaining(cache.name());
    }

    @Test
    void maxConcurrentLoads_furtherOnesWait() {
        Cache<String, String> cache = strings(cache().maxConcurrentLoads(2));
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch two = new CountDownLatch(2);
        CountDownLatch open = new CountDownLatch(1);
        List<Actor<String>> actors = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String key = "k" + i;
            actors.add(Actor.start(() -> cache.get(key, k -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                two.countDown();
                Actor.await(open);
                running.decrementAndGet();
                return k;
            })));
        }
        Actor.await(two);
        actors.forEach(Actor::awaitWaiting);
        assertThat(most).hasValue(2);
        open.countDown();
        for (int i = 0; i < 6; i++) {
            assertThat(actors.get(i).result()).isEqualTo("k" + i);
        }
        assertThat(most).hasValue(2);
    }

    @Test
    void maxConcurrentLoads_loadInsideALoad_hasItsLeave() {
        Cache<String, String> cache = strings(cache().maxConcurrentLoads(1));
        assertThat(cache.get("outer", k -> cache.get("inner", inner -> inner) + k))
                .isEqualTo("innerouter");
        assertThat(cache.get("next", k -> k)).isEqualTo("next");
    }

    @Test
    void maxConcurrentLoads_failureGivesThePlaceBack() {
        Cache<String, String> cache = strings(cache().maxConcurrentLoads(1));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> cache.get("k", k -> {
                        throw new IOException("down");
                    }))
                    .isInstanceOf(IOException.class);
        }
        assertThat(cache.get("k", k -> "v")).isEqualTo("v");
    }

    @Test
    void maxConcurrentLoads_interruptedWhileWaiting_leavesNoPlaceTaken() {
        Cache<String, String> cache = strings(cache().maxConcurrentLoads(1));
        Gate gate = new Gate();
        Actor<String> owner = Actor.start(() -> cache.get("k", k -> gate.pass("v")));
        gate.awaitLoader();
        Actor<String> waiting =
                Actor.start(() -> cache.get("other", k -> "w")).awaitWaiting().interrupt();
        assertThat(waiting.failure()).isInstanceOf(LoadInterruptedException.class);
        gate.open();
        assertThat(owner.result()).isEqualTo("v");
        assertThat(cache.get("other", k -> "w")).isEqualTo("w");
    }

    @Test
    void maxConcurrentLoads_staleIsThere_nobodyWaits() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache =
                strings(cache().maxConcurrentLoads(1).expireAfterWrite(SECOND).failSafe(SECOND.multipliedBy(10)));
        cache.put("k", "old");
        ticker.advance(SECOND);
        Gate gate = new Gate();
        Actor<String> owner = Actor.start(() -> cache.get("other", k -> gate.pass("v")));
        gate.awaitLoader();
        assertThat(cache.get("k", k -> "new")).isEqualTo("old");
        gate.open();
        owner.result();
        // A refusal says nothing of the source: the next call asks it.
        assertThat(cache.get("k", k -> "new")).isEqualTo("new");
    }

    @Test
    void loadRate_exactInAnyPeriod() throws Exception {
        Cache<String, String> cache = strings(cache().loadRate(2, SECOND));
        cache.get("a", this::next);
        ticker.advance(SECOND.dividedBy(2));
        cache.get("b", this::next);
        assertRefused(cache, "c", "load-rate");
        ticker.advance(SECOND.dividedBy(2).minus(TICK));
        assertRefused(cache, "c", "load-rate");
        ticker.advance(TICK);
        assertThat(cache.get("c", this::next)).isEqualTo("c3");
        assertRefused(cache, "d", "load-rate");
        assertThat(cache.get("a", this::next)).isEqualTo("a1");
        ticker.advance(SECOND.dividedBy(2));
        assertThat(cache.get("d", this::next)).isEqualTo("d4");
    }

    @Test
    void loadRate_aBulkIsOne() {
        Cache<String, String> cache = strings(cache().loadRate(1, SECOND));
        assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", "1", "b", "2")))
                .hasSize(2);
        assertThatExceptionOfType(LoadRejectedException.class)
                .isThrownBy(() -> cache.getAll(List.of("c"), keys -> Map.of("c", "3")));
        ticker.advance(SECOND);
        assertThat(cache.getAll(List.of("c"), keys -> Map.of("c", "3"))).hasSize(1);
    }

    @Test
    void sourceBreaker_open_refused_probedByOne_closes() throws Exception {
        Cache<String, String> cache = strings(cache().sourceBreaker(3, SECOND));
        failure = new IOException("down");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
        }
        assertRefused(cache, "k", "source-breaker-failures");
        ticker.advance(SECOND.minus(TICK));
        assertRefused(cache, "other", "source-breaker-delay");
        ticker.advance(TICK);
        assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
        assertRefused(cache, "k", "source-breaker-failures");
        ticker.advance(SECOND);
        failure = null;
        Gate gate = new Gate();
        Actor<String> probe = Actor.start(() -> cache.get("probe", k -> gate.pass("v")));
        gate.awaitLoader();
        assertRefused(cache, "k", "source-breaker-failures");
        gate.open();
        assertThat(probe.result()).isEqualTo("v");
        assertThat(cache.get("k", this::next)).isEqualTo("k5");
    }

    @Test
    void sourceBreaker_successInBetween_countsFromZero() throws Exception {
        Cache<String, String> cache = strings(cache().sourceBreaker(2, SECOND));
        for (int i = 0; i < 3; i++) {
            failure = new IOException("down");
            assertThatThrownBy(() -> cache.get("bad", this::next)).isSameAs(failure);
            failure = null;
            cache.get("good" + i, this::next);
        }
        assertThat(calls).hasValue(6);
    }

    @Test
    void sourceBreaker_open_staleIsServed_andRefreshedAfterwards() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = strings(cache().statistics()
                .sourceBreaker(1, SECOND)
                .expireAfterWrite(SECOND)
                .failSafe(SECOND.multipliedBy(100))
                .failSafeThrottle(TICK));
        cache.get("a", this::next);
        cache.get("b", this::next);
        ticker.advance(SECOND);
        failure = new IOException("down");
        assertThat(cache.get("a", this::next)).isEqualTo("a1");
        for (int i = 0; i < 10; i++) {
            assertThat(cache.get("b", this::next)).isEqualTo("b2");
        }
        assertThat(calls).hasValue(3);
        failure = null;
        ticker.advance(SECOND);
        assertThat(cache.get("b", this::next)).isEqualTo("b4");
        assertThat(cache.get("a", this::next)).isEqualTo("a5");
        CacheStats stats = cache.stats();
        assertThat(stats.staleServed()).isEqualTo(11);
        assertThat(stats.loadFailures()).isEqualTo(1);
    }

    /** One gives the place to the next, and may do so on its own thread: however many wait, none is called by another. */
    @Test
    void maxConcurrentLoads_manyFuturesWait_allAreAnswered_alsoWhenTheExecutorTakesNoMore() {
        AtomicBoolean full = new AtomicBoolean();
        Executor atOnce = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            task.run();
        };
        try (TwatCache instance = builder().executor(atOnce).open()) {
            AsyncCache<Integer, String> cache = cacheIn(instance, "placed")
                    .maxConcurrentLoads(1)
                    .types(Integer.class, String.class)
                    .build()
                    .async();
            for (boolean rejects : new boolean[] {false, true}) {
                CompletableFuture<String> run = new CompletableFuture<>();
                int from = rejects ? 1_000_000 : 0;
                CompletableFuture<String> first = cache.get(from, key -> run);
                List<CompletableFuture<String>> waiting = new ArrayList<>();
                for (int i = 1; i < fewer(20_000, 200); i++) {
                    waiting.add(cache.get(from + i, key -> CompletableFuture.completedFuture("v" + key)));
                }
                full.set(rejects);
                run.complete("first");
                for (CompletableFuture<String> one : waiting) {
                    if (rejects) {
                        assertThat(Face.failure(one)).isInstanceOf(LoadRejectedException.class);
                    } else {
                        assertThat(Face.result(one)).startsWith("v");
                    }
                }
                assertThat(Face.result(first)).isEqualTo("first");
            }
        }
    }

    @Test
    void loadRetry_triedSoOften_thenTheLastException() throws Exception {
        Cache<String, String> cache = strings(cache().loadRetry(3, TICK));
        Fn1<String, String, IOException> twiceDown = key -> {
            if (calls.incrementAndGet() < 3) {
                throw new IOException("down " + calls);
            }
            return key + calls;
        };
        assertThat(asTimePasses(() -> cache.get("k", twiceDown)).result()).isEqualTo("k3");
        calls.set(-10);
        assertThat(asTimePasses(() -> cache.get("other", twiceDown)).failure())
                .isInstanceOf(IOException.class)
                .hasMessage("down -7");
        assertThat(calls).hasValue(-7);
    }

    @Test
    void loadRetry_notAskedFor_runOnce() {
        Cache<String, String> cache = strings(cache());
        failure = new IOException("down");
        assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
        assertThat(calls).hasValue(1);
    }

    @Test
    void loadRetry_errorsAndInterruptions_areNotTriedAgain() {
        Cache<String, String> cache = strings(cache().loadRetry(5, TICK));
        assertThatThrownBy(() -> cache.get("k", key -> {
                    calls.incrementAndGet();
                    throw new AssertionError("a bug");
                }))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> cache.get("k", key -> {
                    calls.incrementAndGet();
                    throw new InterruptedException();
                }))
                .isInstanceOf(InterruptedException.class);
        assertThat(calls).hasValue(2);
    }

    @Test
    void cachedFailures_backOff_doubleUpToTheMost_untilThereIsAValue() {
        Cache<String, String> cache = strings(cache().cacheFailures(IOException.class, SECOND, Duration.ofSeconds(5)));
        failure = new IOException("down");
        int asked = 0;
        for (int seconds : new int[] {1, 2, 4, 5, 5}) {
            assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
            assertThat(calls).hasValue(++asked);
            ticker.advance(Duration.ofSeconds(seconds).minus(TICK));
            assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
            assertThat(calls).hasValue(asked);
            ticker.advance(TICK);
        }
        failure = null;
        assertThat(cache.asMap().computeIfAbsent("k", key -> "v")).isEqualTo("v");
        cache.remove("k");
        failure = new IOException("down again");
        assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
        ticker.advance(SECOND);
        assertThatThrownBy(() -> cache.get("k", this::next)).isSameAs(failure);
        assertThat(calls).hasValue(asked + 2);
    }

    @Test
    void outOfRange_refusedAtTheSetter() {
        CacheBuilder builder = cache();
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.maxConcurrentLoads(0));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.loadRate(0, SECOND));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.loadRate(1, Duration.ZERO));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.sourceBreaker(0, SECOND));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.loadRetry(0, SECOND));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.cacheFailures(IOException.class, SECOND, TICK));
    }
}
