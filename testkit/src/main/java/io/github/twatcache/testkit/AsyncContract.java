package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.AsyncCached1;
import io.github.twatcache.AsyncCached2;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Keep;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What is true of futures alone: whose they are, what cancelling one does, what they end with, when a wait is over, in whose
 * context a load runs; and stages that misbehave.
 */
@Contract("4.5 futures")
public abstract class AsyncContract extends EngineContract {
    private final Source source = new Source();

    /** Makes a contract. */
    protected AsyncContract() {}

    private static AsyncCache<String, @Nullable String> async(CacheBuilder builder) {
        return builder.<String, @Nullable String>types(String.class, String.class)
                .build()
                .async();
    }

    private AsyncCache<String, @Nullable String> async() {
        return async(cache());
    }

    private CompletableFuture<@Nullable String> ask(AsyncCache<String, @Nullable String> cache) {
        return cache.get("k", key -> source.begin());
    }

    /** Asks for what is being computed, and waits until the call has joined. */
    private CompletableFuture<@Nullable String> join(AsyncCache<String, @Nullable String> cache) {
        long before = cache.stats().waits();
        CompletableFuture<@Nullable String> joined = ask(cache);
        Actor.until("a call has joined", () -> cache.stats().waits() > before);
        return joined;
    }

    private static boolean there(AsyncCache<String, @Nullable String> cache) {
        return result(cache.contains("k"));
    }

    // cancelling

    @Test
    void cancel_ofOne_othersGetTheValue() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> first = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = join(cache);
        assertThat(first.cancel(true)).isTrue();
        assertThat(first).isCancelled();
        assertThat(run).isNotDone();
        run.complete("value");
        assertThat(result(second)).isEqualTo("value");
        assertThat(there(cache)).isTrue();
    }

    @Test
    void cancel_ofAll_stageIsCancelledAndNothingStored() {
        AsyncCache<String, @Nullable String> cache = async();
        List<CompletableFuture<@Nullable String>> callers = new ArrayList<>(List.of(ask(cache)));
        CompletableFuture<@Nullable String> run = source.next();
        callers.add(join(cache));
        callers.add(join(cache));
        callers.forEach(caller -> caller.cancel(true));
        Actor.until("the stage is cancelled", run::isCancelled);
        assertThat(there(cache)).isFalse();
        CompletableFuture<@Nullable String> next = ask(cache);
        source.next().complete("anew");
        assertThat(result(next)).isEqualTo("anew");
    }

    @Test
    void cancel_ofAll_stageThatIgnoresIt_isNotStored() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> stubborn = new CompletableFuture<>() {
            @Override
            public boolean cancel(boolean mayInterruptIfRunning) {
                return false;
            }
        };
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<@Nullable String> caller = cache.get("k", key -> {
            begun.countDown();
            return stubborn;
        });
        Actor.await(begun);
        caller.cancel(true);
        stubborn.complete("late");
        assertThat(there(cache)).isFalse();
    }

    @Test
    void cancel_ofAll_whereLoadsAreNotGivenUp_isStored() {
        AsyncCache<String, @Nullable String> cache = async(cache().cancelAbandoned(false));
        CompletableFuture<@Nullable String> caller = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        caller.cancel(true);
        assertThat(run).isNotDone();
        run.complete("value");
        Actor.until("the value is stored", () -> there(cache));
    }

    @Test
    void cancel_ofAllThatHoldFutures_oneThatWaitsKeepsTheLoad() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> caller = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        Actor<@Nullable String> waiter = Actor.<@Nullable String>start(
                        () -> cache.sync().get("k", key -> "own"))
                .awaitWaiting();
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        caller.cancel(true);
        assertThat(run).isNotDone();
        run.complete("value");
        assertThat(waiter.result()).isEqualTo("value");
    }

    @Test
    void timeLimitOfACaller_isNoCancellation() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> caller = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        caller.completeExceptionally(new TimeoutException("as orTimeout does"));
        assertThat(run).isNotDone();
        run.complete("value");
        Actor.until("the value is stored", () -> there(cache));
    }

    /** One gives up in the moment in which another joins: the other is answered, by this load or by the next. */
    @Test
    void storm_ofCancellations_whoeverJoinsIsAnswered() {
        AsyncCache<String, @Nullable String> cache = async();
        for (int round = 0; round < fewer(500, 100); round++) {
            CompletableFuture<@Nullable String> gives = ask(cache);
            CompletableFuture<@Nullable String> run = source.next();
            Actor<Boolean> giving = Actor.start(() -> gives.cancel(true));
            CompletableFuture<@Nullable String> joins = ask(cache);
            giving.result();
            run.complete("value");
            Actor.until("who has joined is answered", () -> {
                CompletableFuture<@Nullable String> another = source.poll();
                if (another != null) {
                    another.complete("value");
                }
                return joins.isDone();
            });
            assertThat(result(joins)).isEqualTo("value");
            result(cache.clear());
        }
        assertThat(result(cache.get("another", key -> CompletableFuture.completedFuture("x"))))
                .isEqualTo("x");
    }

    // what a future ends with

    @Test
    void failure_isTheFunctionsOwn_wrappedAsTheJdkDoes() throws Exception {
        AsyncCache<String, @Nullable String> cache = async();
        IOException failure = new IOException("down");
        CompletableFuture<@Nullable String> caller = ask(cache);
        source.next().completeExceptionally(failure);
        assertThat(failure(caller)).isSameAs(failure);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(caller::join)
                .withCause(failure);
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(caller::get)
                .withCause(failure);
    }

    @Test
    void failure_ofAComposedStage_isTakenOutOfItsWrapping() {
        AsyncCache<String, @Nullable String> cache = async();
        IOException failure = new IOException("down");
        CompletableFuture<@Nullable String> caller =
                cache.get("k", key -> source.begin().thenApply(value -> value + "!"));
        source.next().completeExceptionally(failure);
        assertThat(failure(caller)).isSameAs(failure);
        Actor<@Nullable String> waits = Actor.start(() -> cache.sync().get("k", key -> {
            throw failure;
        }));
        assertThat(waits.failure()).isSameAs(failure);
    }

    @Test
    void stage_cancelledByItsFunction_callersAreToldAndNothingStored() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> caller = ask(cache);
        source.next().cancel(true);
        Actor.until("it has ended", caller::isDone);
        assertThat(caller).isCancelled();
        assertThat(there(cache)).isFalse();
    }

    @Test
    void stage_null_isTold() {
        AsyncCache<String, @Nullable String> cache = async();
        assertThat(failure(cache.get("k", key -> nothing())))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining(cache.name())
                .hasMessageContaining("completedFuture(null)");
        assertThat(there(cache)).isFalse();
    }

    @Test
    void stage_thatCompletesTwice_firstCounts() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> twice = new CompletableFuture<>() {
            @Override
            public CompletableFuture<@Nullable String> whenComplete(
                    BiConsumer<? super @Nullable String, ? super Throwable> action) {
                action.accept("first", null);
                action.accept("second", null);
                return this;
            }
        };
        assertThat(result(cache.get("k", key -> twice))).isEqualTo("first");
        assertThat(result(cache.getIfPresent("k"))).isEqualTo("first");
    }

    @Test
    void stage_thatCannotBeListenedTo_isAFailure() {
        AsyncCache<String, @Nullable String> cache = async();
        IllegalStateException deaf = new IllegalStateException("deaf");
        CompletableFuture<@Nullable String> broken = new CompletableFuture<>() {
            @Override
            public CompletableFuture<@Nullable String> whenComplete(
                    BiConsumer<? super @Nullable String, ? super Throwable> action) {
                throw deaf;
            }
        };
        assertThat(failure(cache.get("k", key -> broken))).isSameAs(deaf);
        assertThat(result(cache.get("k", key -> CompletableFuture.completedFuture("fine"))))
                .isEqualTo("fine");
    }

    @Test
    void nullKeyAndNullLoader_areThrownAtOnce() {
        AsyncCache<String, @Nullable String> cache = async();
        assertThatThrownBy(() -> cache.get(nothing(), key -> source.begin())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.getIfPresent(nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.get("k", nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.get("k", Keep.lasting(Duration.ofMinutes(1)), nothing()))
                .isInstanceOf(NullPointerException.class);
        result(cache.put("k", "there"));
        assertThatThrownBy(() -> cache.get("k", nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.refresh("k", nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.getAll(List.of("k"), nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.warm(List.of("k"), nothing())).isInstanceOf(NullPointerException.class);
        assertThatThrownBy(() -> cache.put(nothing(), "x")).isInstanceOf(NullPointerException.class);
    }

    @Test
    void memoize_ofAFunctionWithAStage_namesMemoizeAsync_whichKeepsTheValue() {
        assertThatThrownBy(() -> cache().memoize(AsyncContract::staged))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("memoizeAsync");
        AsyncCached1<String, String> function = cache().memoizeAsync(AsyncContract::staged);
        assertThat(result(function.apply("k"))).isEqualTo("k!");
        assertThat(result(function.isCached("k"))).isTrue();
        assertThat(result(function.peek("k"))).isEqualTo(Lookup.found("k!"));
        assertThat(function.size()).isEqualTo(1);
    }

    private static CompletableFuture<String> staged(String key) {
        return CompletableFuture.completedFuture(key + "!");
    }

    @SuppressWarnings("UnusedMethod") // it makes the other an overload
    private static CompletableFuture<String> repeated(String key) {
        return repeated(key, 2);
    }

    private static CompletableFuture<String> repeated(String key, int times) {
        return CompletableFuture.completedFuture(key.repeat(times));
    }

    @Test
    void memoizeAsync_ofOverloadedFunctions_byTheirClasses() {
        AsyncCached2<String, Integer, String> function =
                cache().memoizeAsync(String.class, Integer.class, AsyncContract::repeated);
        assertThat(result(function.apply("ab", 2))).isEqualTo("abab");
        assertThat(result(function.apply("ab", 2))).isEqualTo("abab");
        result(function.put("ab", 3, "put"));
        assertThat(result(function.apply("ab", 3))).isEqualTo("put");
        assertThat(result(function.invalidate("ab", 3))).isTrue();
        assertThat(result(function.refresh("ab", 3))).isEqualTo("ababab");
        assertThat(function.key("ab", 3).arity()).isEqualTo(2);
        assertThat(function.original()).isNotNull();
    }

    // both kinds of callers

    @Test
    void callerThatWaits_joinsALoadWithoutAThread() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> first = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        Actor<@Nullable String> waiter = Actor.start(() -> cache.sync().get("k", key -> "own"));
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        run.complete("value");
        assertThat(waiter.result()).isEqualTo("value");
        assertThat(result(first)).isEqualTo("value");
    }

    @Test
    void callerWithAFuture_joinsTheLoadOfAThread() {
        AsyncCache<String, @Nullable String> cache = async();
        Gate gate = new Gate();
        Actor<@Nullable String> owner = Actor.start(() -> cache.sync().get("k", key -> gate.pass("value")));
        gate.awaitLoader();
        CompletableFuture<@Nullable String> joined = join(cache);
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
        assertThat(result(joined)).isEqualTo("value");
        assertThat(source.runs()).isZero();
    }

    @Test
    void owner_interrupted_futureComputesAnewElsewhere() {
        AsyncCache<String, @Nullable String> cache = async();
        Gate started = new Gate();
        Actor<@Nullable String> owner = Actor.start(() -> cache.sync().get("k", key -> {
            started.open();
            new CountDownLatch(1).await();
            return "never";
        }));
        started.pass("");
        CompletableFuture<@Nullable String> joined = join(cache);
        owner.interrupt();
        assertThat(owner.failure()).isInstanceOf(InterruptedException.class);
        source.next().complete("mine");
        assertThat(result(joined)).isEqualTo("mine");
    }

    @Test
    void manyCallers_ofOneKey_allAreAnswered() {
        AsyncCache<String, @Nullable String> cache = async();
        int many = claims(Trait.BY_REFERENCE) ? 100_000 : 10_000;
        List<CompletableFuture<@Nullable String>> callers = new ArrayList<>(many);
        callers.add(ask(cache));
        CompletableFuture<@Nullable String> run = source.next();
        for (int i = 1; i < many; i++) {
            callers.add(ask(cache));
        }
        run.complete("value");
        callers.forEach(caller -> assertThat(result(caller)).isEqualTo("value"));
        assertThat(source.runs()).isEqualTo(1);
    }

    // waiting for oneself

    @Test
    void function_waitsForItsOwnKey_refused() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> caller = cache.get("k", key -> {
            String own = cache.sync().get("k", same -> "never");
            return CompletableFuture.completedFuture(own);
        });
        assertThat(failure(caller)).isInstanceOf(RecursiveLoadException.class).hasMessageContaining(cache.name());
        assertThat(there(cache)).isFalse();
    }

    @Test
    void functions_thatReturnEachOthersFutures_refused() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> a =
                cache.get("a", key -> source.begin().thenApply(value -> value));
        CompletableFuture<@Nullable String> runA = source.next();
        CompletableFuture<@Nullable String> b = cache.get("b", key -> cache.get("a", same -> source.begin()));
        Actor.until("b waits for a", () -> cache.stats().waits() == 1);
        runA.complete("value");
        assertThat(result(a)).isEqualTo("value");
        assertThat(result(b)).as("no ring").isEqualTo("value");
    }

    // time

    @Test
    void loadTimeout_byTheCachesClock_endsTheWaitAndNotTheLoad() {
        AsyncCache<String, @Nullable String> cache = async(cache().loadTimeout(Duration.ofMinutes(5)));
        CompletableFuture<@Nullable String> first = ask(cache);
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = join(cache);
        ticker.advance(Duration.ofMinutes(5).minusNanos(1));
        assertThat(first).isNotDone();
        ticker.advance(1);
        assertThat(failure(first))
                .isInstanceOf(LoadTimeoutException.class)
                .hasMessageContaining(cache.name() + "[")
                .hasMessageContaining("load-timeout");
        assertThat(failure(second)).isInstanceOf(LoadTimeoutException.class);
        assertThat(run).isNotDone();
        run.complete("value");
        Actor.until("the value is stored", () -> there(cache));
    }

    @Test
    void operationTimeout_engineHangs_futuresAreAnswered_changesAreTold() {
        Chaos chaos = new Chaos(Seed.value());
        chaos.whenHanging(() -> ticker.advance(Duration.ofSeconds(1)));
        Engine chaotic = ChaosEngine.around(engine() instanceof ChaosEngine other ? other.inner() : engine(), chaos);
        try (TwatCache hanging = builder(chaotic).open()) {
            AsyncCache<String, @Nullable String> cache =
                    async(hanging.cache("hangs").engine(chaotic.name()).operationTimeout(Duration.ofMillis(200)));
            chaos.hangs(1);
            assertThat(result(cache.get("k", key -> CompletableFuture.completedFuture("v"))))
                    .isEqualTo("v");
            assertThat(failure(cache.put("k", "x"))).isInstanceOf(EngineException.class);
            assertThat(cache.stats().engineFailures()).isPositive();
            chaos.end();
            ticker.advance(Duration.ofMinutes(1));
            assertThat(result(cache.get("l", key -> CompletableFuture.completedFuture("w"))))
                    .isEqualTo("w");
            assertThat(result(cache.getIfPresent("l"))).isEqualTo("w");
        } finally {
            chaos.end();
        }
    }

    // context and executors

    @Test
    void context_isCarriedToTheLoad() {
        ThreadLocal<@Nullable String> tenant = new ThreadLocal<>();
        try (TwatCache carrying = builder()
                .context(() -> {
                    String captured = tenant.get();
                    return captured == null
                            ? null
                            : task -> {
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
            AsyncCache<String, @Nullable String> cache = async(cacheIn(carrying, "carried"));
            tenant.set("acme");
            try {
                assertThat(result(cache.get("k", key -> CompletableFuture.completedFuture(tenant.get()))))
                        .isEqualTo("acme");
            } finally {
                tenant.remove();
            }
            assertThat(result(cache.get("other", key -> CompletableFuture.completedFuture(tenant.get()))))
                    .isNull();
        }
    }

    @Test
    void executor_shutDownUnderUs_callersAreTold() {
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (TwatCache lent = builder().executor(executor).open()) {
            AsyncCache<String, @Nullable String> cache = async(cacheIn(lent, "lent"));
            CompletableFuture<@Nullable String> begun = ask(cache);
            CompletableFuture<@Nullable String> run = source.next();
            executor.shutdown();
            run.complete("value");
            assertThat(result(begun)).as("what was begun is answered").isEqualTo("value");
            CompletableFuture<@Nullable String> refused =
                    cache.get("other", key -> CompletableFuture.completedFuture("value"));
            Actor.until("it has ended", refused::isDone);
            if (refused.isCompletedExceptionally()) {
                assertThat(failure(refused))
                        .isInstanceOf(LoadRejectedException.class)
                        .hasMessageContaining("lent");
            } else {
                assertThat(result(refused)).as("no executor was needed").isEqualTo("value");
            }
        } finally {
            executor.shutdownNow();
        }
    }

    @Test
    void closed_everyFutureIsToldSo() {
        AsyncCache<String, @Nullable String> cache = async();
        cache.sync().close();
        assertThat(failure(ask(cache))).isInstanceOf(IllegalStateException.class);
        assertThat(failure(cache.getIfPresent("k"))).isInstanceOf(IllegalStateException.class);
        assertThat(failure(cache.put("k", "x"))).isInstanceOf(IllegalStateException.class);
        assertThat(failure(cache.size())).isInstanceOf(IllegalStateException.class);
        assertThat(failure(cache.getAll(List.of("k"), missing -> CompletableFuture.completedFuture(Map.of()))))
                .isInstanceOf(IllegalStateException.class);
    }

    // every operation

    @Test
    void operations_areThoseOfTheCache() {
        Cache<String, @Nullable String> sync = cache().<String, @Nullable String>types(String.class, String.class)
                .build();
        AsyncCache<String, @Nullable String> cache = sync.async();
        result(cache.put("a", "1"));
        result(cache.putAll(Map.of("b", "2", "c", "3")));
        assertThat(result(cache.putIfAbsent("a", "x"))).isFalse();
        assertThat(result(cache.replace("a", "1", "one"))).isTrue();
        assertThat(result(cache.replace("z", "x"))).isFalse();
        assertThat(result(cache.peek("a"))).isEqualTo(Lookup.found("one"));
        assertThat(result(cache.getAllPresent(List.of("a", "z", "b")))).isEqualTo(Map.of("a", "one", "b", "2"));
        assertThat(result(cache.compute("b", (key, there) -> Lookup.found(there.value() + "!"))))
                .isEqualTo(Lookup.found("2!"));
        assertThat(result(cache.pop("c"))).isEqualTo(Lookup.found("3"));
        assertThat(result(cache.remove("b", "2"))).isFalse();
        assertThat(result(cache.remove("b"))).isTrue();
        assertThat(result(cache.expiresIn("a"))).isEmpty();
        assertThat(result(cache.size())).isEqualTo(1);
        assertThat(failure(cache.invalidateTag("x"))).isInstanceOf(ConfigurationException.class);
        assertThat(cache.sync()).isSameAs(sync);
        result(cache.clear());
        assertThat(sync.size()).isZero();
    }

    @Test
    void get_onTermsOfItsOwn_keptByThem() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        AsyncCache<String, @Nullable String> cache = async(cache().perEntryExpiry());
        Keep minute = Keep.lasting(Duration.ofMinutes(1));
        assertThat(result(cache.get("k", minute, key -> CompletableFuture.completedFuture("1"))))
                .isEqualTo("1");
        assertThat(result(cache.get("k", Keep.forEver(), key -> nothing()))).isEqualTo("1");
        assertThat(result(cache.expiresIn("k"))).contains(Duration.ofMinutes(1));
        ticker.advance(Duration.ofMinutes(1));
        assertThat(there(cache)).isFalse();
        assertThat(failure(async(cache("plain")).get("k", minute, key -> nothing())))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("perEntryExpiry()");
    }

    @Test
    void refresh_replacesAndAnswersOthersMeanwhile() {
        AsyncCache<String, @Nullable String> cache = async();
        result(cache.put("k", "old"));
        CompletableFuture<@Nullable String> refresh = cache.refresh("k", key -> source.begin());
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(result(ask(cache))).isEqualTo("old");
        run.complete("new");
        assertThat(result(refresh)).isEqualTo("new");
        assertThat(result(cache.getIfPresent("k"))).isEqualTo("new");
    }

    @Test
    void get_withATimeOfItsOwn_endsByIt() {
        AsyncCache<String, @Nullable String> cache = async();
        CompletableFuture<@Nullable String> caller = ask(cache);
        assertThat(source.next()).isNotDone();
        assertThatThrownBy(() -> caller.get(1, TimeUnit.NANOSECONDS)).isInstanceOf(TimeoutException.class);
        assertThat(caller).isNotDone();
    }
}
