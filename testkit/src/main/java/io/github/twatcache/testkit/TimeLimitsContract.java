package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Transactions;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.StaleServed;
import io.github.twatcache.stats.CacheStats;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Contract 4.5: a caller waits as long as was said, by the cache's clock; the load that it waited for goes on and is stored. The
 * limits here are so short that they have passed as soon as the clock moves, or so long that they never do.
 */
@Contract("4.5 time limits of loads")
public abstract class TimeLimitsContract extends EngineContract {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration AT_ONCE = Duration.ofNanos(1);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Gate gate = new Gate();

    /** Makes a contract. */
    protected TimeLimitsContract() {}

    private static Cache<String, String> strings(CacheBuilder builder) {
        return builder.types(String.class, String.class).build();
    }

    private Cache<String, String> stale(CacheBuilder builder) {
        Cache<String, String> cache =
                strings(builder.expireAfterWrite(MINUTE).failSafe(HOUR).statistics());
        cache.put("k", "old");
        ticker.advance(MINUTE);
        return cache;
    }

    /** What a call is answered with whose load does not end. */
    private String late(Cache<String, String> cache, String value) {
        return asTimePasses(() -> cache.get("k", key -> gate.pass(value))).result();
    }

    private static void awaitStored(Cache<String, String> cache, String value) {
        Actor.until("the load is stored", () -> value.equals(cache.peek("k").orElse("")));
    }

    @Test
    void softTimeout_staleAtOnce_loadGoesOnAndIsStored() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = stale(cache().softTimeout(AT_ONCE));
        assertThat(late(cache, "new")).isEqualTo("old");
        gate.awaitLoader();
        assertThat(late(cache, "another")).isEqualTo("old");
        gate.open();
        awaitStored(cache, "new");
        assertThat(gate.runs()).isEqualTo(1);
        CacheStats stats = cache.stats();
        assertThat(stats.timeouts()).isEqualTo(2);
        assertThat(stats.staleServed()).isEqualTo(2);
        assertThat(stats.lookups()).isEqualTo(2);
    }

    /** A limit is over when the cache's clock says so, and not before, however long that takes. */
    @Test
    void hardTimeout_theClockStands_nobodyIsLate() {
        Cache<String, String> cache = strings(cache().hardTimeout(AT_ONCE).statistics());
        Actor<String> caller = Actor.start(() -> cache.get("k", key -> gate.pass("v")));
        gate.awaitLoader();
        Actor<String> joined = Actor.start(() -> cache.get("k", key -> gate.pass("another")));
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        joined.awaitWaiting();
        gate.open();
        assertThat(caller.result()).isEqualTo("v");
        assertThat(joined.result()).isEqualTo("v");
        assertThat(cache.stats().timeouts()).isZero();
    }

    @Test
    void softTimeout_inTime_freshValue() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = stale(cache().softTimeout(NEVER));
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
        assertThat(cache.stats().timeouts()).isZero();
    }

    @Test
    void softTimeout_failsInTime_staleValue_throttled() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = stale(cache().softTimeout(NEVER));
        assertThat(cache.get("k", key -> {
                    throw new IOException("down");
                }))
                .isEqualTo("old");
        assertThat(cache.get("k", key -> {
                    throw new AssertionError("throttled");
                }))
                .isEqualTo("old");
        assertThat(cache.stats().staleServed()).isEqualTo(2);
    }

    /** As where the background has fewer threads than there are slow loads. */
    @Test
    void softTimeout_loadWaitsForAThread_oneForTheKey() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            Cache<String, String> cache = stale(cacheIn(instance, "queued").softTimeout(AT_ONCE));
            assertThat(late(cache, "new")).isEqualTo("old");
            assertThat(late(cache, "another")).isEqualTo("old");
            assertThat(tasks.waiting()).isEqualTo(1);
            gate.open();
            tasks.run();
            assertThat(cache.getIfPresent("k")).isEqualTo("new");
            assertThat(gate.runs()).isEqualTo(1);
            CacheStats stats = cache.stats();
            assertThat(stats.lookups()).isEqualTo(3);
            assertThat(stats.loads()).isEqualTo(1);
        }
    }

    /** Whoever waits with it for a thread is answered as it is: with a value past its freshness, which counts for each. */
    @Test
    void softTimeout_loadWaitsForAThread_andFails_eachWhoHasJoinedIsServedStale() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            List<CacheEvent> told = new CopyOnWriteArrayList<>();
            Cache<String, String> cache =
                    stale(cacheIn(instance, "joined").events(told::add).softTimeout(NEVER));
            Actor<String> first = Actor.start(() -> cache.get("k", key -> {
                throw new IOException("down");
            }));
            Actor.until("it waits for a thread", () -> tasks.waiting() == 1);
            Actor<String> second = Actor.start(() -> cache.get("k", key -> "computed a second time"));
            Actor.until("it has joined", () -> cache.stats().waits() == 1);
            second.awaitWaiting();
            tasks.run();
            assertThat(first.result()).isEqualTo("old");
            assertThat(second.result()).isEqualTo("old");
            assertThat(cache.stats().staleServed()).isEqualTo(2);
            assertThat(told.stream().filter(StaleServed.class::isInstance)).hasSize(2);
        }
    }

    @Test
    void softTimeout_loadWaitedForAThread_whileTheKeyFailed_sourceIsSpared() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            List<CacheEvent> told = new CopyOnWriteArrayList<>();
            Cache<String, String> cache =
                    stale(cacheIn(instance, "throttled").events(told::add).softTimeout(AT_ONCE));
            assertThat(late(cache, "too soon")).isEqualTo("old");
            Runnable late = tasks.take();
            CompletableFuture<String> other = new CompletableFuture<>();
            CompletableFuture<String> answer = cache.async().get("k", key -> other);
            other.completeExceptionally(new IOException("down"));
            // An engine that blocks is asked by a task of its own.
            tasks.run();
            assertThat(Face.result(answer)).isEqualTo("old");
            gate.open();
            late.run();
            tasks.run();
            assertThat(gate.runs()).isZero();
            // A caller has his answer before anybody is told of it.
            Actor.until(
                    "each stale answer is told",
                    () -> told.stream().filter(StaleServed.class::isInstance).count()
                            == cache.stats().staleServed());
            assertThat(cache.get("k", key -> gate.pass("too soon"))).isEqualTo("old");
            ticker.advance(MINUTE);
            assertThat(late(cache, "new")).isEqualTo("old");
            tasks.run();
            assertThat(cache.getIfPresent("k")).isEqualTo("new");
        }
    }

    @Test
    void softTimeout_nothingKept_waits_onTheCallersThread() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache =
                strings(cache().expireAfterWrite(MINUTE).failSafe(HOUR).softTimeout(AT_ONCE));
        Thread caller = Thread.currentThread();
        assertThat(cache.get("k", key -> Thread.currentThread() == caller ? "here" : "elsewhere"))
                .isEqualTo("here");
    }

    @Test
    void softTimeout_removedMeanwhile_staleIsNoAnswer() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = stale(cache().softTimeout(NEVER));
        Actor<String> caller = Actor.start(() -> cache.get("k", key -> {
            gate.pass("");
            throw new IOException("down");
        }));
        gate.awaitLoader();
        cache.remove("k");
        gate.open();
        assertThat(caller.failure()).isInstanceOf(IOException.class);
    }

    @Test
    void hardTimeout_error_loadGoesOnAndIsStored() {
        Cache<String, String> cache = strings(cache().hardTimeout(AT_ONCE));
        assertThat(asTimePasses(() -> cache.get("k", key -> gate.pass("v"))).failure())
                .isInstanceOf(LoadTimeoutException.class)
                .hasMessageContaining("hard-timeout")
                .hasMessageContaining(cache.name());
        gate.awaitLoader();
        assertThat(asTimePasses(() -> cache.get("k", key -> gate.pass("another")))
                        .failure())
                .isInstanceOf(LoadTimeoutException.class);
        gate.open();
        awaitStored(cache, "v");
        assertThat(gate.runs()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isEqualTo(2);
    }

    @Test
    void hardTimeout_inTime_valueAndExceptionAsTheyAre() {
        Cache<String, String> cache = strings(cache().hardTimeout(NEVER));
        assertThat(cache.get("k", key -> "v")).isEqualTo("v");
        IOException down = new IOException("down");
        assertThatThrownBy(() -> cache.get("other", key -> {
                    throw down;
                }))
                .isSameAs(down);
    }

    @Test
    void hardTimeout_joinedInTime_oneLoad() {
        Cache<String, String> cache = strings(cache().hardTimeout(NEVER).statistics());
        List<Actor<String>> callers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            callers.add(Actor.start(() -> cache.get("k", key -> gate.pass("v"))));
        }
        gate.awaitLoader();
        callers.forEach(Actor::awaitWaiting);
        gate.open();
        callers.forEach(caller -> assertThat(caller.result()).isEqualTo("v"));
        assertThat(gate.runs()).isEqualTo(1);
        assertThat(cache.stats().lookups()).isEqualTo(8);
        assertThat(cache.stats().loads()).isEqualTo(1);
    }

    /** It counts among those who want the value: futures that give up do not take that from it. */
    @Test
    void hardTimeout_waitsForALoadOfFutures_thatAllGiveUp_loadGoesOn() {
        Cache<String, String> cache = strings(cache().hardTimeout(NEVER).statistics());
        CompletableFuture<String> run = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> future = cache.async().get("k", key -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        Actor<String> waiter = Actor.start(() -> cache.get("k", key -> "computed a second time"));
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        future.cancel(true);
        assertThat(run).isNotDone();
        run.complete("once");
        assertThat(waiter.result()).isEqualTo("once");
    }

    /** Another thread would wait for what the transaction holds. */
    @Test
    void hardTimeout_withinATransaction_computedByItsOwnThread() {
        if (!claims(Trait.TRANSACTIONS) || engine() instanceof ChaosEngine) {
            return;
        }
        Cache<String, String> cache = strings(cache().hardTimeout(NEVER));
        Thread own = Thread.currentThread();
        Transactions.of(cache).run(() -> {
            cache.put("other", "v");
            assertThat(cache.get("k", key -> Thread.currentThread() == own ? "here" : "elsewhere"))
                    .isEqualTo("here");
        });
        assertThat(cache.getIfPresent("k")).isEqualTo("here");
    }

    @Test
    void hardTimeout_loadOfItself_toldSo() {
        Cache<String, String> cache = strings(cache().hardTimeout(NEVER));
        assertThatThrownBy(() -> cache.get("k", key -> cache.get("k", inner -> "v")))
                .isInstanceOf(RecursiveLoadException.class);
        assertThat(cache.get("k", key -> cache.get("other", inner -> "v"))).isEqualTo("v");
    }

    @Test
    void hardTimeout_invalidatedMeanwhile_loadIsNotStored() {
        Cache<String, String> cache = strings(cache().hardTimeout(AT_ONCE));
        assertThat(asTimePasses(() -> cache.get("k", key -> gate.pass("old"))).failure())
                .isInstanceOf(LoadTimeoutException.class);
        gate.awaitLoader();
        cache.remove("k");
        gate.open();
        Actor.until("the load has ended", () -> cache.stats().loads() == 1);
        assertThat(cache.peek("k").present()).isFalse();
    }

    @Test
    void executorRefuses_staleIsServed_elseSaidSo() {
        Tasks tasks = new Tasks();
        tasks.full(true);
        try (TwatCache instance = builder().executor(tasks).open()) {
            Cache<String, String> cache =
                    strings(cacheIn(instance, "refused").hardTimeout(NEVER).statistics());
            assertThatExceptionOfType(LoadRejectedException.class)
                    .isThrownBy(() -> cache.get("k", key -> "v"))
                    .withMessageContaining("executor");
            assertThat(cache.stats().refused()).isEqualTo(1);
            assertThat(cache.stats().lookups()).isEqualTo(1);
            if (claims(Trait.STALE)) {
                Cache<String, String> kept = stale(cacheIn(instance, "kept").softTimeout(NEVER));
                assertThat(kept.get("k", key -> "new")).isEqualTo("old");
                assertThat(kept.stats().refused()).isEqualTo(1);
            }
        }
    }

    @Test
    void softTimeout_nothingIsKept_refusedAsOneThatHasNoEffect() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> strings(cache().softTimeout(MINUTE)))
                .withMessageContaining("soft-timeout")
                .withMessageContaining("fail-safe");
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> cache().hardTimeout(Duration.ZERO));
    }

    /** As where there are no more threads to be had: the next call must not wait for what was never begun. */
    @Test
    void executorThrowsAnErrorOnce_keyIsFree() {
        Tasks tasks = new Tasks();
        Error none = new OutOfMemoryError("unable to create native thread");
        tasks.breaks(none);
        Executor threads = task -> {
            tasks.execute(task);
            Actor.start(tasks::run);
        };
        try (TwatCache instance = builder().executor(threads).open()) {
            Cache<String, String> cache = strings(cacheIn(instance, "broken").hardTimeout(NEVER));
            assertThatThrownBy(() -> cache.get("k", key -> "v")).isSameAs(none);
            assertThat(Actor.start(() -> cache.get("k", key -> "v")).result()).isEqualTo("v");
            assertThat(cache.stats().refused()).isEqualTo(1);
        }
    }

    /** Each look-up is counted, also of those who have joined and get no value. */
    @Test
    void hardTimeout_joinedAndLateOrInterrupted_eachCountsAsALookUp() {
        Cache<String, String> cache = strings(cache().hardTimeout(MINUTE).statistics());
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("v")));
        gate.awaitLoader();
        Actor<String> late = Actor.start(() -> cache.get("k", key -> gate.pass("another")));
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        Actor<String> interrupted = Actor.start(() -> cache.get("k", key -> gate.pass("another")));
        Actor.until("both have joined", () -> cache.stats().waits() == 2);
        assertThat(interrupted.interrupt().failure()).isInstanceOf(LoadInterruptedException.class);
        ticker.advance(MINUTE);
        assertThat(owner.failure()).isInstanceOf(LoadTimeoutException.class);
        assertThat(late.failure()).isInstanceOf(LoadTimeoutException.class);
        gate.open();
        awaitStored(cache, "v");
        assertThat(cache.stats().lookups()).isEqualTo(3);
        assertThat(cache.stats().missCount()).isEqualTo(3);
    }

    /** Says how often anybody has read a time past the one that was last told. */
    private final class Watched implements Ticker {
        private final AtomicInteger reads = new AtomicInteger();
        private volatile long from = Long.MAX_VALUE;

        @Override
        public long read() {
            long now = ticker.read();
            if (now >= from) {
                reads.incrementAndGet();
            }
            return now;
        }

        /** Lets time pass, until those who wait have seen that. */
        void pass(Duration time) {
            from = ticker.read() + time.toNanos();
            ticker.advance(time);
            Actor.until("the time is seen", () -> reads.get() > 0);
        }
    }

    @Test
    void softTimeout_removedBeforeItIsOver_waitsForTheLoad() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Watched watched = new Watched();
        try (TwatCache instance = builder().ticker(watched).open()) {
            Cache<String, String> cache = stale(cacheIn(instance, "removed").softTimeout(MINUTE));
            Actor<String> caller = Actor.start(() -> cache.get("k", key -> gate.pass("new")));
            gate.awaitLoader();
            cache.remove("k");
            watched.pass(MINUTE);
            gate.open();
            assertThat(caller.result()).isEqualTo("new");
            assertThat(cache.stats().timeouts()).isZero();
        }
    }

    @Test
    void softTimeout_removedBeforeItIsOver_waitsForAsLongAsTheHardLimitSays() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Watched watched = new Watched();
        try (TwatCache instance = builder().ticker(watched).open()) {
            Cache<String, String> cache =
                    stale(cacheIn(instance, "removed").softTimeout(MINUTE).hardTimeout(HOUR));
            Actor<String> caller = Actor.start(() -> cache.get("k", key -> gate.pass("new")));
            gate.awaitLoader();
            cache.remove("k");
            watched.pass(MINUTE);
            assertThat(caller.awaitWaiting().isDone()).isFalse();
            ticker.advance(HOUR);
            assertThat(caller.failure())
                    .isInstanceOf(LoadTimeoutException.class)
                    .hasMessageContaining("hard-timeout")
                    .hasMessageContaining("waited 1h");
            gate.open();
        }
    }
}
