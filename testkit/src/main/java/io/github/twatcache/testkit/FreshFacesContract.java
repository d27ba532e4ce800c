package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.LoadContext;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheEvent;
import io.github.twatcache.stats.CacheEvent.StaleServed;
import io.github.twatcache.stats.CacheEvent.Waited;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Face.Asked;
import io.github.twatcache.testkit.Face.Body;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contracts 4.5 and 4.7 through each {@link Face}: how values are kept fresh, how the source is spared, and how long a call
 * waits is the same for callers that wait and for those that hold a future. Where it is not, the test says so.
 */
@Contract("4.7 freshness, asked in four ways")
public abstract class FreshFacesContract extends EngineContract {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration TICK = Duration.ofNanos(1);

    private final Source source = new Source();

    /** Makes a contract. */
    protected FreshFacesContract() {}

    private Asked stored(Face face, CacheBuilder builder) {
        Asked cache = face.on(builder.statistics(), source);
        cache.put("k", "old");
        return cache;
    }

    private static void awaitValue(Asked cache, String value) {
        Actor.until("the value is stored", () -> value.equals(cache.peek("k").orElse("")));
    }

    // freshness

    @ParameterizedTest
    @EnumSource(Face.class)
    void due_servedAtOnce_computedOnceInTheBackground(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        ticker.advance(MINUTE);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        CompletableFuture<@Nullable String> run = source.next();
        for (int i = 0; i < 5; i++) {
            assertThat(result(cache.ask("k"))).isEqualTo("old");
        }
        run.complete("new");
        awaitValue(cache, "new");
        assertThat(result(cache.ask("k"))).isEqualTo("new");
        assertThat(source.runs()).isEqualTo(1);
        CacheStats stats = cache.stats();
        assertThat(stats.missCount()).isZero();
        assertThat(stats.hits()).isEqualTo(7);
        assertThat(stats.earlyRefreshes()).isEqualTo(1);
        assertThat(stats.refreshes()).isEqualTo(1);
        assertThat(stats.staleServed()).isZero();
        assertThat(stats.unstoredCount(Unstored.LATE)).isZero();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void backgroundFailure_valueStays_triedAgainAfterTheThrottle(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().refreshAfterWrite(MINUTE).failSafeThrottle(SECOND));
        ticker.advance(MINUTE);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        source.next().completeExceptionally(new IOException("down"));
        Actor.until("the failure is counted", () -> cache.stats().backgroundFailures() == 1);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        ticker.advance(SECOND.minus(TICK));
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        assertThat(source.runs()).isEqualTo(1);
        ticker.advance(TICK);
        // The key is free again a moment after the failure is counted.
        Actor.until("it is tried again", () -> "old".equals(result(cache.ask("k"))) && source.runs() == 2);
        source.next().complete("new");
        awaitValue(cache, "new");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void refreshAhead_dueAtAFractionOfTheLifetime(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().expireAfterWrite(MINUTE).refreshAhead(0.5));
        ticker.advance(MINUTE.dividedBy(2).minus(TICK));
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        assertThat(cache.stats().earlyRefreshes()).isZero();
        ticker.advance(TICK);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        source.next().complete("new");
        awaitValue(cache, "new");
        assertThat(cache.stats().earlyRefreshes()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void earlyRecomputation_whenChanceSaysSo_byWhatTheLoadTook(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        double[] chance = {0.3};
        try (TwatCache instance = builder().chance(() -> chance[0]).open()) {
            Asked cache = face.on(
                    cacheIn(instance, "early")
                            .expireAfterWrite(MINUTE)
                            .earlyRecomputation(1)
                            .statistics(),
                    source);
            CompletableFuture<@Nullable String> first = cache.ask("k");
            CompletableFuture<@Nullable String> run = source.next();
            ticker.advance(SECOND);
            run.complete("old");
            assertThat(result(first)).isEqualTo("old");
            awaitValue(cache, "old");
            ticker.advance(MINUTE.minus(SECOND));
            // It took a second and lives for one more: e^-1 is the part of all calls that compute.
            assertThat(result(cache.ask("k"))).isEqualTo("old");
            assertThat(cache.stats().earlyRefreshes()).isZero();
            chance[0] = 0.7;
            assertThat(result(cache.ask("k"))).isEqualTo("old");
            source.next().complete("new");
            awaitValue(cache, "new");
            assertThat(cache.stats().earlyRefreshes()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void invalidateSoftly_servedStale_computedOnce(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().keepStale());
        assertThat(cache.age("k")).isTrue();
        assertThat(cache.peek("k").present()).isFalse();
        for (int i = 0; i < 3; i++) {
            assertThat(result(cache.ask("k"))).isEqualTo("old");
        }
        source.next().complete("new");
        awaitValue(cache, "new");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().staleServed()).isEqualTo(3);
        assertThat(cache.age("absent")).isFalse();
    }

    @Test
    void invalidateSoftly_byTagAndAll_throughFutures() {
        if (refuses(Trait.STALE) || refuses(Trait.TAGS)) {
            return;
        }
        AsyncCache<String, String> cache = cache().keepStale()
                .tags("red")
                .types(String.class, String.class)
                .build()
                .async();
        result(cache.put("a", "1"));
        assertThat(result(cache.invalidateTagSoftly("red"))).isEqualTo(1);
        assertThat(result(cache.contains("a"))).isFalse();
        result(cache.put("a", "2"));
        assertThat(result(cache.invalidateAllSoftly())).isEqualTo(1);
        assertThat(result(cache.get("a", key -> source.begin()))).isEqualTo("2");
        source.next().complete("3");
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void whileTheBackgroundComputes_noThreadIsHeld(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicInteger held = new AtomicInteger();
        Executor threads = task -> {
            held.incrementAndGet();
            Actor.<@Nullable Void>start(() -> {
                try {
                    task.run();
                } finally {
                    held.decrementAndGet();
                }
                return null;
            });
        };
        try (TwatCache instance = builder().executor(threads).open()) {
            Asked cache = stored(face, cacheIn(instance, "held").refreshAfterWrite(MINUTE));
            ticker.advance(MINUTE);
            assertThat(result(cache.ask("k"))).isEqualTo("old");
            CompletableFuture<@Nullable String> run = source.next();
            Actor.until("no thread is held", () -> held.get() == 0);
            assertThat(run).isNotDone();
            assertThat(result(cache.ask("k"))).isEqualTo("old");
            assertThat(source.runs()).isEqualTo(1);
            run.complete("new");
            awaitValue(cache, "new");
        }
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void removedWhileTheBackgroundComputes_nothingComesBack(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().refreshAfterWrite(MINUTE));
        ticker.advance(MINUTE);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(cache.remove("k")).isTrue();
        run.complete("older");
        Actor.until("the load has ended", () -> cache.stats().loads() == 1);
        assertThat(cache.peek("k").present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void failSafe_computingFails_allGetTheStaleValue_throttled(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache =
                stored(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR).failSafeThrottle(SECOND));
        ticker.advance(MINUTE);
        List<CompletableFuture<@Nullable String>> callers = new ArrayList<>(List.of(cache.ask("k")));
        CompletableFuture<@Nullable String> run = source.next();
        callers.add(cache.join("k"));
        callers.add(cache.join("k"));
        run.completeExceptionally(new IOException("down"));
        callers.forEach(caller -> assertThat(result(caller)).isEqualTo("old"));
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().missCount()).isEqualTo(3);
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> next = cache.ask("k");
        source.next().complete("new");
        assertThat(result(next)).isEqualTo("new");
        assertThat(cache.peek("k").value()).isEqualTo("new");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void failSafe_removedWhileComputing_exceptionAsItIs(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        cache.remove("k");
        IOException down = new IOException("down");
        run.completeExceptionally(down);
        assertThat(failure(caller)).isSameAs(down);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void failover_computesAtEachCall_storedIsServedWhenThatFails(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().failover());
        CompletableFuture<@Nullable String> first = cache.ask("k");
        source.next().complete("new");
        assertThat(result(first)).isEqualTo("new");
        CompletableFuture<@Nullable String> second = cache.ask("k");
        source.next().completeExceptionally(new IOException("down"));
        assertThat(result(second)).isEqualTo("new");
        CompletableFuture<@Nullable String> third = cache.ask("k");
        source.next().completeExceptionally(new IOException("down"));
        assertThat(result(third)).isEqualTo("new");
        assertThat(source.runs()).isEqualTo(3);
        assertThat(cache.stats().staleServed()).as("it is fresh").isZero();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void storeIfSlowerThan_measuredUntilTheEnd(Face face) {
        Asked cache = face.on(cache().storeIfSlowerThan(SECOND), source);
        CompletableFuture<@Nullable String> quick = cache.ask("quick");
        source.next().complete("v");
        assertThat(result(quick)).isEqualTo("v");
        assertThat(cache.peek("quick").present()).isFalse();
        CompletableFuture<@Nullable String> slow = cache.ask("slow");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(SECOND);
        run.complete("v");
        assertThat(result(slow)).isEqualTo("v");
        assertThat(cache.peek("slow").present()).isTrue();
    }

    @Test
    void getAllAsync_dueIsServedAndComputedAnew_failureIsAnsweredWhereAllAreKept() {
        if (refuses(Trait.STALE)) {
            return;
        }
        AsyncCache<String, String> cache = cache().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .failSafe(HOUR)
                .statistics()
                .types(String.class, String.class)
                .build()
                .async();
        result(cache.putAll(Map.of("a", "a", "b", "b")));
        ticker.advance(MINUTE);
        CompletableFuture<Map<String, String>> anew = new CompletableFuture<>();
        assertThat(result(cache.getAll(List.of("a"), keys -> anew))).containsEntry("a", "a");
        anew.complete(Map.of("a", "a2"));
        Actor.until("it is stored", () -> "a2".equals(result(cache.peek("a")).orElse("")));
        ticker.advance(HOUR);
        CompletableFuture<Map<String, String>> down = CompletableFuture.failedFuture(new IOException("down"));
        assertThat(result(cache.getAll(List.of("a", "b"), keys -> down)))
                .containsEntry("a", "a2")
                .containsEntry("b", "b");
        // The load of what is stored may not be over yet: it is joined then, and what it has stored is the answer.
        assertThat(cache.stats().staleServed() + cache.stats().joined()).isEqualTo(2);
        assertThat(failure(cache.getAll(List.of("c"), keys -> down))).isInstanceOf(IOException.class);
    }

    // the source

    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_furtherOnesWaitForAPlace(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = cache.ask("b");
        CompletableFuture<@Nullable String> third = cache.ask("c");
        assertThat(source.runs()).isEqualTo(1);
        run.completeExceptionally(new IOException("down"));
        assertThat(failure(first)).isInstanceOf(IOException.class);
        CompletableFuture<@Nullable String> next = source.next();
        assertThat(source.runs()).isEqualTo(2);
        next.complete("v");
        source.next().complete("v");
        assertThat(result(second)).isEqualTo("v");
        assertThat(result(third)).isEqualTo("v");
        CompletableFuture<@Nullable String> last = cache.ask("d");
        source.next().complete("v");
        assertThat(result(last)).isEqualTo("v");
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_cancelledWhileWaiting_leavesNoPlaceTaken(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> given = cache.ask("b");
        CompletableFuture<@Nullable String> waiting = cache.ask("c");
        given.cancel(true);
        run.complete("a");
        assertThat(result(first)).isEqualTo("a");
        source.next().complete("c");
        assertThat(result(waiting)).isEqualTo("c");
        assertThat(source.runs()).isEqualTo(2);
        CompletableFuture<@Nullable String> anew = cache.ask("b");
        source.next().complete("b");
        assertThat(result(anew)).isEqualTo("b");
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_noPlaceWithinTheLoadTimeout_loadIsGivenUp(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1).loadTimeout(SECOND), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> waiting = cache.ask("b");
        ticker.advance(SECOND);
        assertThat(failure(waiting)).isInstanceOfAny(LoadTimeoutException.class, LoadRejectedException.class);
        assertThat(failure(first)).isInstanceOf(LoadTimeoutException.class);
        run.complete("a");
        awaitPresent(cache, "a");
        CompletableFuture<@Nullable String> anew = cache.ask("b");
        source.next().complete("b");
        assertThat(result(anew)).isEqualTo("b");
    }

    private static void awaitPresent(Asked cache, String key) {
        Actor.until("the value is stored", () -> cache.peek(key).present());
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_staleIsThere_nobodyWaits(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(
                face, cache().maxConcurrentLoads(1).expireAfterWrite(SECOND).failSafe(HOUR));
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> other = cache.ask("other");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        run.complete("v");
        assertThat(result(other)).isEqualTo("v");
        CompletableFuture<@Nullable String> anew = cache.ask("k");
        source.next().complete("new");
        assertThat(result(anew)).isEqualTo("new");
    }

    @Test
    void getAllAsync_waitsForAPlace_asOneLoad_andGivesItBack() {
        AsyncCache<String, String> cache = cache().maxConcurrentLoads(1)
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<@Nullable String> single = cache.get("a", key -> source.begin());
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<Map<String, String>> bulk =
                cache.getAll(List.of("b", "c"), keys -> source.begin().thenApply(value -> Map.of("b", "b", "c", "c")));
        assertThat(source.runs()).isEqualTo(1);
        run.complete("a");
        assertThat(result(single)).isEqualTo("a");
        source.next().complete("all");
        assertThat(result(bulk)).containsEntry("b", "b").containsEntry("c", "c");
        CompletableFuture<@Nullable String> last = cache.get("d", key -> source.begin());
        source.next().complete("d");
        assertThat(result(last)).isEqualTo("d");
        assertThat(result(cache.getIfPresent("c"))).isEqualTo("c");
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadRate_refusesAtOnce(Face face) {
        Asked cache = face.on(cache().loadRate(1, SECOND), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        source.next().complete("a");
        assertThat(result(first)).isEqualTo("a");
        assertThat(failure(cache.ask("b")))
                .isInstanceOf(LoadRejectedException.class)
                .hasMessageContaining("load-rate");
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> second = cache.ask("b");
        source.next().complete("b");
        assertThat(result(second)).isEqualTo("b");
        assertThat(source.runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void sourceBreaker_open_refusedAtOnce_probedByOne_closes(Face face) {
        Asked cache = face.on(cache().sourceBreaker(2, SECOND), source);
        for (int i = 0; i < 2; i++) {
            CompletableFuture<@Nullable String> failing = cache.ask("k");
            source.next().completeExceptionally(new IOException("down"));
            assertThat(failure(failing)).isInstanceOf(IOException.class);
        }
        assertThat(failure(cache.ask("k")))
                .isInstanceOf(LoadRejectedException.class)
                .hasMessageContaining("source-breaker-failures");
        ticker.advance(SECOND);
        CompletableFuture<@Nullable String> probe = cache.ask("probe");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(failure(cache.ask("k"))).isInstanceOf(LoadRejectedException.class);
        run.complete("up");
        assertThat(result(probe)).isEqualTo("up");
        CompletableFuture<@Nullable String> closed = cache.ask("k");
        source.next().complete("v");
        assertThat(result(closed)).isEqualTo("v");
        assertThat(source.runs()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadRetry_triedSoOften_thenTheLastException(Face face) {
        Asked cache = face.on(cache().loadRetry(2, TICK), source);
        CompletableFuture<@Nullable String> first = cache.ask("a");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        source.next().complete("a");
        assertThat(result(first)).isEqualTo("a");
        assertThat(cache.stats().loadFailures()).isZero();
        CompletableFuture<@Nullable String> second = cache.ask("b");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(4);
        IOException twice = new IOException("twice");
        source.next().completeExceptionally(twice);
        assertThat(failure(second)).isSameAs(twice);
        assertThat(source.runs()).isEqualTo(4);
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
        CompletableFuture<@Nullable String> error = cache.ask("c");
        source.next().completeExceptionally(new AssertionError("a bug"));
        assertThat(failure(error)).isInstanceOf(AssertionError.class);
        assertThat(source.runs()).isEqualTo(5);
    }

    /** Futures pause by the cache's clock, from some moment after the failure on. */
    private void awaitRuns(int runs) {
        Actor.until("it is tried again", () -> {
            ticker.advance(TICK);
            return source.runs() == runs;
        });
    }

    // time limits

    @ParameterizedTest
    @EnumSource(Face.class)
    void softTimeout_staleValue_loadGoesOnAndIsStored(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache =
                stored(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR).softTimeout(TICK));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> first = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = cache.ask("k");
        ticker.advance(TICK);
        assertThat(result(first)).isEqualTo("old");
        Actor.until("the second is late as well", () -> {
            ticker.advance(TICK);
            return second.isDone();
        });
        assertThat(result(second)).isEqualTo("old");
        run.complete("new");
        awaitValue(cache, "new");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isEqualTo(2);
        assertThat(cache.stats().staleServed()).isEqualTo(2);
        assertThat(cache.stats().lookups()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void hardTimeout_error_loadGoesOnAndIsStored(Face face) {
        Asked cache = face.on(cache().hardTimeout(TICK), source);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(TICK);
        assertThat(failure(caller))
                .isInstanceOf(LoadTimeoutException.class)
                .hasMessageContaining("hard-timeout")
                .hasMessageContaining("goes on in the background");
        run.complete("v");
        awaitValue(cache, "v");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().timeouts()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void limits_inTime_valueAsItIs(Face face) {
        Asked cache = face.on(cache().hardTimeout(Duration.ofDays(1)), source);
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(cache.stats().timeouts()).isZero();
    }

    /** Each call that is answered with a value past its freshness counts, whoever has computed in vain. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void failSafe_callsThatJoinedTheFailedLoad_eachCounts(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> first = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> second = cache.ask("k");
        CompletableFuture<@Nullable String> third = cache.ask("k");
        Actor.until("both have joined", () -> cache.stats().waits() == 2);
        run.completeExceptionally(new IOException("down"));
        assertThat(result(first)).isEqualTo("old");
        assertThat(result(second)).isEqualTo("old");
        assertThat(result(third)).isEqualTo("old");
        assertThat(source.runs()).isEqualTo(1);
        assertThat(cache.stats().staleServed()).isEqualTo(3);
        assertThat(cache.stats().lookups()).isEqualTo(3);
    }

    /** A call has one answer, so it counts once: the load that ends without a caller answers nobody. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void softTimeout_lateAndThenTheLoadFails_countsOnce(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        Asked cache = stored(
                face,
                cache().expireAfterWrite(MINUTE)
                        .failSafe(HOUR)
                        .softTimeout(TICK)
                        .events(told::add));
        ticker.advance(MINUTE);
        CompletableFuture<@Nullable String> late = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        Actor.until("it is late", () -> {
            ticker.advance(TICK);
            return late.isDone();
        });
        assertThat(result(late)).isEqualTo("old");
        run.completeExceptionally(new IOException("down"));
        Actor.until("the failure is counted", () -> cache.stats().loadFailures() == 1);
        assertThat(result(cache.ask("k")))
                .as("by the throttle, or as the load ends")
                .isEqualTo("old");
        assertThat(cache.stats().staleServed()).isEqualTo(2);
        Actor.until(
                "each stale answer is told",
                () -> told.stream().filter(StaleServed.class::isInstance).count() == 2);
        assertThat(source.runs()).isEqualTo(1);
    }

    /** What is attached to a future runs with whoever ends it, and may wait for another whose time is over later. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void loadTimeout_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        assertEachIsTold(face.on(cache().loadTimeout(MINUTE), source));
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void hardTimeout_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        assertEachIsTold(face.on(cache().hardTimeout(MINUTE), source));
    }

    private void assertEachIsTold(Asked cache) {
        CompletableFuture<@Nullable String> first = cache.ask("a");
        CompletableFuture<@Nullable String> run = source.next();
        ticker.advance(TICK);
        CompletableFuture<@Nullable String> second = cache.ask("b");
        CompletableFuture<@Nullable String> other = source.next();
        CompletableFuture<Throwable> attached = first.handle((value, thrown) -> failure(second));
        ticker.advance(MINUTE);
        assertThat(failure(second)).isInstanceOf(LoadTimeoutException.class);
        assertThat(result(attached)).isInstanceOf(LoadTimeoutException.class);
        run.complete("v");
        other.complete("v");
    }

    @Test
    void loadTimeout_ofGetAllAsync_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame() {
        AsyncCache<String, String> cache = cache().loadTimeout(MINUTE)
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<Map<String, String>> never = new CompletableFuture<>();
        CompletableFuture<Map<String, String>> first = cache.getAll(List.of("a"), keys -> never);
        ticker.advance(TICK);
        CompletableFuture<Map<String, String>> second = cache.getAll(List.of("b"), keys -> never);
        CompletableFuture<Throwable> attached = first.handle((value, thrown) -> failure(second));
        ticker.advance(MINUTE);
        assertThat(failure(second)).isInstanceOf(LoadTimeoutException.class);
        assertThat(result(attached)).isInstanceOf(LoadTimeoutException.class);
        never.complete(Map.of());
    }

    /** A load that has queued in vain is refused by an alarm as well. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_noPlaceInTime_whatIsAttachedWaitsForAnother_thatIsToldAllTheSame(Face face) {
        Asked cache = face.on(cache().maxConcurrentLoads(1).loadTimeout(MINUTE), source);
        CompletableFuture<@Nullable String> busy = cache.ask("busy");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> queued = cache.ask("a");
        ticker.advance(TICK);
        CompletableFuture<@Nullable String> last = cache.ask("b");
        CompletableFuture<Throwable> attached = queued.handle((value, thrown) -> failure(last));
        assertThat(busy).isNotDone();
        ticker.advance(MINUTE);
        assertThat(failure(last)).isInstanceOf(LoadException.class);
        assertThat(result(attached)).isInstanceOf(LoadException.class);
        run.complete("v");
    }

    /** As where each thread of the executor is held up by what does not end in time. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void hardTimeout_executorComesToNothingByThen_errorAllTheSame(Face face) {
        Tasks tasks = new Tasks();
        try (TwatCache instance = builder().executor(tasks).open()) {
            Asked cache = face.on(cacheIn(instance, "busy").hardTimeout(TICK), source);
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            Actor.until("it has begun", () -> {
                tasks.run();
                return source.runs() == 1;
            });
            ticker.advance(TICK);
            assertThat(failure(caller)).isInstanceOf(LoadTimeoutException.class);
            source.next().complete("v");
        }
    }

    /** What is always asked for and has no lifetime is fresh, whoever has waited for the answer. */
    @Test
    void failover_getAllFails_whoHasJoinedItIsNotCountedAsServedStale() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = cache().failover()
                .statistics()
                .types(String.class, String.class)
                .build();
        cache.put("k", "v");
        IOException down = new IOException("down");
        CompletableFuture<Map<String, String>> waiting = new CompletableFuture<>();
        Actor<Map<String, String>> owner = Actor.start(() -> cache.getAll(List.of("k"), keys -> {
            source.await();
            return Map.of();
        }));
        CompletableFuture<@Nullable String> run = source.next();
        Actor<String> joined = Actor.start(() -> cache.get("k", key -> "computed a second time"));
        Actor.until("it has joined", () -> cache.stats().waits() == 1);
        run.completeExceptionally(down);
        assertThat(owner.result()).containsEntry("k", "v");
        assertThat(joined.result()).isEqualTo("v");
        CompletableFuture<Map<String, String>> all = cache.async().getAll(List.of("k"), keys -> waiting);
        Actor.until("it has begun", () -> cache.stats().missCount() == 3);
        CompletableFuture<String> other =
                cache.async().get("k", key -> CompletableFuture.completedFuture("computed a second time"));
        Actor.until("it has joined", () -> cache.stats().waits() == 2);
        waiting.completeExceptionally(down);
        assertThat(result(all)).containsEntry("k", "v");
        assertThat(result(other)).isEqualTo("v");
        assertThat(cache.stats().staleServed()).isZero();
    }

    // what the function says

    private Asked saying(Face face, CacheBuilder builder, Runnable says) {
        return face.on(builder, false, new Body() {
            @Override
            public @Nullable String value(String key) throws Exception {
                says.run();
                return source.await();
            }

            @Override
            public CompletableFuture<@Nullable String> stage(String key) {
                says.run();
                return source.begin();
            }
        });
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_doNotStore(Face face) {
        Asked cache = saying(face, cache(), () -> LoadContext.current().doNotStore());
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
        assertThat(LoadContext.present()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_notModified_lifeIsRenewed(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        List<String> versions = new ArrayList<>();
        Asked cache = saying(face, cache().expireAfterWrite(MINUTE).failSafe(HOUR), () -> {
            LoadContext load = LoadContext.current();
            versions.add(load.version().orElse("none"));
            load.version("e" + versions.size());
        });
        for (int i = 0; i < 3; i++) {
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            source.next().complete("v");
            assertThat(result(caller)).isEqualTo("v");
            ticker.advance(MINUTE);
        }
        assertThat(versions).containsExactly("none", "e1", "e2");
    }

    @Test
    void loadContext_ofAStage_heardUntilThatEnds() {
        if (refuses(Trait.PER_ENTRY_EXPIRY)) {
            return;
        }
        AsyncCache<String, String> cache = cache().perEntryExpiry()
                .types(String.class, String.class)
                .build()
                .async();
        CompletableFuture<String> response = new CompletableFuture<>();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> caller = cache.get("k", key -> {
            LoadContext load = LoadContext.current();
            CompletableFuture<String> said = response.thenApply(value -> {
                load.expireAfter(MINUTE);
                return value;
            });
            begun.countDown();
            return said;
        });
        Actor.await(begun);
        response.complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(result(cache.expiresIn("k"))).contains(MINUTE);
    }

    @Test
    void loadContext_insideABulkOfFutures_none() {
        AsyncCache<String, String> cache =
                cache().types(String.class, String.class).build().async();
        assertThat(failure(cache.getAll(List.of("a"), keys -> {
                    LoadContext.current();
                    return CompletableFuture.completedFuture(Map.of());
                })))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("many values at once");
    }

    /** What an attempt has said of its value dies with it. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void loadContext_attemptThatFailed_hasSaidNothingOfTheNext(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicInteger attempts = new AtomicInteger();
        Asked cache = saying(face, cache().keepStale().loadRetry(2, TICK), () -> {
            if (attempts.incrementAndGet() == 1) {
                LoadContext.current().doNotStore();
            }
        });
        CompletableFuture<@Nullable String> caller = cache.ask("k");
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        awaitPresent(cache, "k");
    }

    @Test
    void loadContext_attemptOfFuturesThatFailed_saysNothingOfTheNextAfterwards() {
        AsyncCache<String, String> cache = cache().loadRetry(2, TICK)
                .types(String.class, String.class)
                .build()
                .async();
        List<LoadContext> contexts = new CopyOnWriteArrayList<>();
        CompletableFuture<String> caller = cache.get("k", key -> {
            contexts.add(LoadContext.current());
            return source.begin();
        });
        source.next().completeExceptionally(new IOException("once"));
        awaitRuns(2);
        contexts.get(0).doNotStore();
        source.next().complete("v");
        assertThat(result(caller)).isEqualTo("v");
        assertThat(result(cache.contains("k"))).isTrue();
    }

    /** Who computes anew has nobody who waits, or one who wants a new value: it waits for its turn like a call. */
    @ParameterizedTest
    @EnumSource(Face.class)
    void maxConcurrentLoads_renewalsWaitForAPlace(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(
                face, cache().maxConcurrentLoads(1).refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        cache.put("other", "old");
        ticker.advance(MINUTE);
        assertThat(result(cache.ask("k"))).isEqualTo("old");
        CompletableFuture<@Nullable String> run = source.next();
        assertThat(result(cache.ask("other"))).isEqualTo("old");
        run.complete("new");
        awaitValue(cache, "new");
        source.next().complete("newer");
        Actor.until("it is stored", () -> "newer".equals(cache.peek("other").orElse("")));
        assertThat(cache.stats().backgroundFailures()).isZero();
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = "MEMOIZE.*", mode = EnumSource.Mode.MATCH_ALL)
    void maxConcurrentLoads_refreshOfWhatIsKept_waitsForAPlace(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        Asked cache = stored(face, cache().maxConcurrentLoads(1).keepStale());
        CompletableFuture<@Nullable String> other = cache.ask("other");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> refresh = cache.refresh("k");
        run.complete("v");
        assertThat(result(other)).isEqualTo("v");
        source.next().complete("new");
        assertThat(result(refresh)).isEqualTo("new");
    }

    /** A wait ends when its caller is answered, and not when the load is over that it had joined. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void waits_lateOrCancelled_countedUntilThen(Face face) {
        List<CacheEvent> told = new CopyOnWriteArrayList<>();
        Asked cache = face.on(cache().hardTimeout(MINUTE).events(told::add), source);
        CompletableFuture<@Nullable String> owner = cache.ask("k");
        CompletableFuture<@Nullable String> run = source.next();
        CompletableFuture<@Nullable String> late = cache.join("k");
        CompletableFuture<@Nullable String> cancelled = cache.join("k");
        ticker.advance(SECOND);
        cancelled.cancel(true);
        assertThat(cache.stats().waitTime()).isEqualTo(SECOND);
        ticker.advance(MINUTE.minus(SECOND));
        assertThat(failure(owner)).isInstanceOf(LoadTimeoutException.class);
        assertThat(failure(late)).isInstanceOf(LoadTimeoutException.class);
        Actor.until("its wait is counted", () -> cache.stats().longestWait().equals(MINUTE));
        ticker.advance(HOUR);
        run.complete("v");
        awaitPresent(cache, "k");
        assertThat(cache.stats().waitTime()).isEqualTo(MINUTE.plus(SECOND));
        assertThat(cache.stats().longestWait()).isEqualTo(MINUTE);
        Actor.until(
                "both waits are told",
                () -> told.stream().filter(Waited.class::isInstance).count() == 2);
        assertThat(told.stream().filter(Waited.class::isInstance).map(Waited.class::cast))
                .extracting(Waited::took)
                .containsExactlyInAnyOrder(SECOND, MINUTE);
    }

    /** Where nothing is kept any more when the soft limit is over, there is nothing to be answered with but the load. */
    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void softTimeout_removedBeforeItIsOver_waitsForTheLoad(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicInteger reads = new AtomicInteger();
        AtomicLong from = new AtomicLong(Long.MAX_VALUE);
        Ticker watched = () -> {
            long now = ticker.read();
            if (now >= from.get()) {
                reads.incrementAndGet();
            }
            return now;
        };
        try (TwatCache instance = builder().ticker(watched).open()) {
            Asked cache = stored(
                    face,
                    cacheIn(instance, "removed")
                            .expireAfterWrite(MINUTE)
                            .failSafe(HOUR)
                            .softTimeout(MINUTE)
                            .hardTimeout(HOUR));
            ticker.advance(MINUTE);
            CompletableFuture<@Nullable String> first = cache.ask("k");
            CompletableFuture<@Nullable String> run = source.next();
            cache.remove("k");
            from.set(ticker.read() + MINUTE.toNanos());
            ticker.advance(MINUTE);
            Actor.until("the time is seen", () -> reads.get() >= 3);
            assertThat(first).isNotDone();
            // It is answered on another thread, from some moment after that on.
            Actor.until("the hard limit is over", () -> {
                ticker.advance(HOUR);
                return first.isDone();
            });
            assertThat(failure(first)).isInstanceOf(LoadTimeoutException.class).hasMessageContaining("hard-timeout");
            run.complete("v");
        }
    }

    @ParameterizedTest
    @EnumSource(value = Face.class, names = ".*ASYNC", mode = EnumSource.Mode.MATCH_ALL)
    void softTimeout_executorTakesNoMoreByThen_staleValueAllTheSame(Face face) {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicBoolean full = new AtomicBoolean();
        Executor threads = task -> {
            if (full.get()) {
                throw new RejectedExecutionException("full");
            }
            Actor.<@Nullable Void>start(() -> {
                task.run();
                return null;
            });
        };
        try (TwatCache instance = builder().executor(threads).open()) {
            Asked cache = stored(
                    face,
                    cacheIn(instance, "full")
                            .expireAfterWrite(MINUTE)
                            .failSafe(HOUR)
                            .softTimeout(TICK));
            ticker.advance(MINUTE);
            CompletableFuture<@Nullable String> caller = cache.ask("k");
            CompletableFuture<@Nullable String> run = source.next();
            full.set(true);
            ticker.advance(TICK);
            assertThat(result(caller)).isEqualTo("old");
            full.set(false);
            run.complete("new");
            awaitValue(cache, "new");
        }
    }
}
