package io.github.twatcache.testkit;

import static io.github.twatcache.testkit.Face.failure;
import static io.github.twatcache.testkit.Face.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Face.Asked;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Contract 4.7 through each {@link Face}: how values are kept fresh is the same for callers that wait and for those that hold a
 * future. Where it is not, the test says so.
 */
@Contract("4.7 freshness, asked in four ways")
public abstract class FreshFacesContract extends FacesFixture {
    /** Makes a contract. */
    protected FreshFacesContract() {}

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
}
