package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Contract 4.11: hits + misses = look-ups, misses = the sum of their reasons, puts - removals = entries; exactly. */
@Contract("4.11 statistics")
public abstract class StatisticsContract extends EngineContract {
    /** Makes a contract. */
    protected StatisticsContract() {}

    private static Cache<Integer, Integer> built(CacheBuilder builder) {
        return builder.statistics().types(Integer.class, Integer.class).build();
    }

    private void assertAddsUp(Cache<Integer, Integer> cache, long lookups) {
        long size = cache.size();
        CacheStats stats = cache.stats();
        assertThat(stats.hitsCounted()).isTrue();
        assertThat(stats.hits() + stats.missCount()).as("%s", stats).isEqualTo(lookups);
        assertThat(stats.misses().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(stats.missCount());
        if (claims(Trait.REMOVALS)) {
            long sweptLater = stats.puts() - stats.removalCount() - size;
            assertThat(sweptLater)
                    .as("expired and not yet swept: %s, size %s", stats, size)
                    .isNotNegative();
        }
    }

    @Test
    void lookups_hitsAndMisses_exact() {
        Cache<Integer, Integer> cache = built(cache());
        cache.put(1, 1);
        for (int i = 0; i < 10; i++) {
            cache.getIfPresent(1);
        }
        cache.getIfPresent(2);
        cache.get(3, key -> key);
        cache.get(3, key -> key);
        cache.peek(1);
        cache.peek(9);
        CacheStats stats = cache.stats();
        assertThat(stats.hits()).isEqualTo(11);
        assertThat(stats.missCount()).isEqualTo(2);
        assertThat(stats.loads()).isEqualTo(1);
        assertThat(stats.puts()).isEqualTo(2);
        assertThat(stats.loadFailures()).isZero();
        assertAddsUp(cache, 13);
    }

    @Test
    void loadTime_isMeasuredByTheTickerOfTheInstance() {
        Cache<Integer, Integer> cache = built(cache());
        cache.get(1, key -> {
            ticker.advance(Duration.ofMillis(30));
            return key;
        });
        assertThatThrownBy(() -> cache.get(2, key -> {
                    ticker.advance(Duration.ofMillis(20));
                    throw new IllegalStateException("no two");
                }))
                .isInstanceOf(IllegalStateException.class);
        cache.getAll(List.of(3, 4), keys -> {
            ticker.advance(Duration.ofMillis(7));
            return Map.of(3, 3, 4, 4);
        });
        assertThat(cache.stats().loadTime()).isEqualTo(Duration.ofMillis(57));
    }

    @Test
    void lookups_ofMemoized_exact() {
        Cached1<Integer, Integer, RuntimeException> twice = cache().statistics().memoize((Integer n) -> n * 2);
        for (int i = 0; i < 100; i++) {
            assertThat(twice.apply(i % 10)).isEqualTo(i % 10 * 2);
        }
        CacheStats stats = twice.stats();
        assertThat(stats.hits()).isEqualTo(90);
        assertThat(stats.missCount()).isEqualTo(10);
        assertThat(stats.loads()).isEqualTo(10);
        assertThat(stats.puts()).isEqualTo(10);
    }

    /** A quarter where an operation takes as long as a hundred on the heap. */
    private int each(int asARule) {
        return claims(Trait.PERSISTENT) ? asARule / 4 : asARule;
    }

    @Test
    void runsOfTheFunction_underThreads_areCallsLessHitsLessJoinedAndRefreshes() {
        AtomicLong runs = new AtomicLong();
        Cached1<Integer, Integer, IOException> function = cache().statistics().memoize((Integer n) -> {
            runs.incrementAndGet();
            if (n % 7 == 0) {
                throw new IOException("no sevens");
            }
            return n;
        });
        List<Actor<Long>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            SplittableRandom random = new SplittableRandom(Seed.value() + t);
            actors.add(Actor.start(() -> {
                long calls = 0;
                for (int i = 0; i < each(4_000); i++) {
                    int n = random.nextInt(40);
                    try {
                        switch (random.nextInt(8)) {
                            case 0 -> function.invalidate(n);
                            case 1 -> function.refresh(n);
                            default -> {
                                calls++;
                                assertThat(function.apply(n)).isEqualTo(n);
                            }
                        }
                    } catch (IOException seven) {
                        assertThat(n % 7).isZero();
                    }
                }
                return calls;
            }));
        }
        long calls = actors.stream().mapToLong(Actor::result).sum();
        CacheStats stats = function.stats();
        assertThat(runs.get())
                .as("%s", stats)
                .isEqualTo(calls - stats.hits() - stats.joined() + stats.refreshes())
                .isEqualTo(stats.loads() + stats.loadFailures());
    }

    @Test
    void waits_forAnotherThread_countedAndTimed() {
        Gate gate = new Gate();
        Cache<Integer, Integer> cache = built(cache());
        Actor<Integer> owner = Actor.start(() -> cache.get(1, key -> gate.pass(5)));
        gate.awaitLoader();
        Actor<Integer> waiter = Actor.start(() -> cache.get(1, key -> 6)).awaitWaiting();
        ticker.advance(Duration.ofSeconds(1));
        gate.open();
        assertThat(owner.result()).isEqualTo(5);
        assertThat(waiter.result()).isEqualTo(5);
        CacheStats stats = cache.stats();
        assertThat(stats.waits()).isEqualTo(1);
        assertThat(stats.joined()).isEqualTo(1);
        assertThat(stats.waitTime()).isEqualTo(Duration.ofSeconds(1));
        assertAddsUp(cache, 2);
    }

    @Test
    void stats_ofTheInstance_sumUp() {
        Cache<Integer, Integer> one = built(cache("one"));
        Cache<Integer, Integer> two = built(cache("two"));
        one.get(1, key -> 1);
        one.get(1, key -> 1);
        two.get(1, key -> 1);
        assertThat(twat().stats()).containsOnlyKeys("one", "two").containsEntry("one", one.stats());
        assertThat(twat().stats().total()).isEqualTo(one.stats().plus(two.stats()));
        assertThat(twat().stats().toString()).contains("one: ", "two: ", "total: 1 hit of 3 look-ups");
    }

    @Test
    void bytes_whereBounded_areTheWeight() {
        if (refuses(Trait.MAXIMUM_WEIGHT)) {
            return;
        }
        Cache<Integer, Integer> cache = built(cache().maximumBytes(10_000));
        cache.put(1, 1);
        assertThat(cache.stats().bytes()).hasValue(cache.weight());
        assertThat(cache.stats().toString()).endsWith(" bytes");
        cache.close();
        assertThat(cache.stats().bytes()).isEmpty();
    }

    @Test
    void failures_counted() {
        Cache<Integer, Integer> cache = built(cache());
        assertThatThrownBy(() -> cache.get(1, key -> {
                    throw new IOException();
                }))
                .isInstanceOf(IOException.class);
        assertThat(cache.stats().loadFailures()).isEqualTo(1);
        assertThat(cache.stats().loads()).isZero();
        assertThat(cache.stats().puts()).isZero();
        assertAddsUp(cache, 1);
    }

    @Test
    void misses_afterInvalidation_sayWhy() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        Cache<Integer, Integer> cache = built(cache());
        cache.put(1, 1);
        cache.remove(1);
        cache.getIfPresent(1);
        cache.getIfPresent(2);
        assertThat(cache.stats().misses())
                .containsEntry(MissReason.INVALIDATED, 1L)
                .containsEntry(MissReason.ABSENT, 1L);
        assertThat(cache.stats().removals()).containsEntry(RemovalCause.EXPLICIT, 1L);
        assertAddsUp(cache, 2);
    }

    @Test
    void misses_afterEviction_sayWhy() {
        if (refuses(Trait.MAXIMUM_SIZE) || !claims(Trait.REMOVALS)) {
            return;
        }
        Cache<Integer, Integer> cache = built(cache().maximumSize(10));
        for (int i = 0; i < 20; i++) {
            cache.put(i, i);
        }
        assertThat(cache.size()).isEqualTo(10);
        for (int i = 0; i < 20; i++) {
            cache.getIfPresent(i);
        }
        // Why a key left is remembered in bounded room: a few may be forgotten, none is told wrongly.
        assertThat(cache.stats().misses().keySet()).isSubsetOf(MissReason.EVICTED, MissReason.ABSENT);
        assertThat(cache.stats().misses().get(MissReason.EVICTED)).isBetween(5L, 10L);
        assertThat(cache.stats().removals()).containsEntry(RemovalCause.SIZE, 10L);
        assertAddsUp(cache, 20);
    }

    @Test
    void misses_afterExpiry_sayWhy() {
        if (refuses(Trait.EXPIRE_AFTER_WRITE) || !claims(Trait.REMOVALS)) {
            return;
        }
        Cache<Integer, Integer> cache = built(cache().expireAfterWrite(Duration.ofSeconds(5)));
        cache.put(1, 1);
        ticker.advance(Duration.ofSeconds(5));
        cache.put(2, 2);
        assertThat(cache.size()).isEqualTo(1);
        cache.put(1, 1);
        cache.remove(1);
        assertThat(cache.stats().removals()).containsEntry(RemovalCause.EXPIRED, 1L);
        assertAddsUp(cache, 0);
    }

    @Test
    void misses_ofExpiredThatNobodySwept_sayWhy() {
        // What decides by itself who stays also hides what has expired, until it reports it.
        if (refuses(Trait.EXPIRE_AFTER_WRITE) || !claims(Trait.REMOVALS) || claims(Trait.ADMISSION)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> twice =
                cache().statistics().expireAfterWrite(Duration.ofSeconds(5)).memoize((Integer n) -> 2 * n);
        twice.apply(1);
        ticker.advance(Duration.ofSeconds(5));
        assertThat(twice.peek(1)).isEqualTo(new Lookup.Absent<>(MissReason.EXPIRED));
        twice.apply(1);
        assertThat(twice.stats().misses()).containsEntry(MissReason.ABSENT, 1L).containsEntry(MissReason.EXPIRED, 1L);
    }

    @Test
    void misses_afterClear_sayWhy() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> twice =
                cache("calls").statistics().memoize((Integer n) -> 2 * n);
        Cache<Integer, Integer> data = built(cache("data"));
        for (int i = 0; i < 10; i++) {
            twice.apply(i);
            data.put(i, i);
        }
        twice.clear();
        data.clear();
        for (int i = 0; i < 10; i++) {
            twice.apply(i);
            data.getIfPresent(i);
        }
        data.getIfPresent(99);
        assertThat(twice.stats().misses().get(MissReason.INVALIDATED)).isBetween(5L, 10L);
        assertThat(data.stats().misses().get(MissReason.INVALIDATED)).isBetween(5L, 10L);
        assertThat(data.stats().misses().get(MissReason.ABSENT)).isBetween(1L, 6L);
        assertAddsUp(data, 11);
    }

    @Test
    void misses_ofMemoizedAfterEvictionAndRemoval_sayWhy() {
        if (refuses(Trait.MAXIMUM_SIZE) || !claims(Trait.REMOVALS)) {
            return;
        }
        Cached1<Integer, Integer, RuntimeException> twice =
                cache().statistics().maximumSize(10).memoize((Integer n) -> 2 * n);
        for (int i = 0; i < 20; i++) {
            twice.apply(i);
        }
        // Engines may evict a little later, on another thread.
        Actor.until("ten are evicted", () -> twice.stats().removalCount(RemovalCause.SIZE) == 10);
        long evicted = 0;
        for (int i = 0; i < 20; i++) {
            if (twice.peek(i) instanceof Lookup.Absent<Integer> absent) {
                assertThat(absent.reason()).isIn(MissReason.EVICTED, MissReason.ABSENT);
                evicted += absent.reason() == MissReason.EVICTED ? 1 : 0;
            }
        }
        assertThat(evicted).isBetween(5L, 10L);
        twice.refresh(7);
        twice.invalidate(7);
        assertThat(twice.peek(7)).isEqualTo(new Lookup.Absent<>(MissReason.INVALIDATED));
    }

    @Test
    void hits_notAskedFor_notCounted() {
        Cache<Integer, Integer> cache =
                cache().types(Integer.class, Integer.class).build();
        cache.put(1, 1);
        cache.getIfPresent(1);
        cache.getIfPresent(2);
        assertThat(cache.stats().hitsCounted()).isFalse();
        assertThat(cache.stats().hits()).isZero();
        assertThat(cache.stats().missCount()).isEqualTo(1);
        assertThat(cache.stats().puts()).isEqualTo(1);
    }

    @Test
    void anything_manyThreads_addsUp() {
        CacheBuilder builder = claims(Trait.MAXIMUM_SIZE) ? cache().maximumSize(50) : cache();
        Cache<Integer, Integer> cache = built(builder);
        List<Actor<Long>> actors = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            SplittableRandom random = new SplittableRandom(Seed.value() + t);
            actors.add(Actor.start(() -> {
                long lookups = 0;
                for (int i = 0; i < each(5_000); i++) {
                    int key = random.nextInt(100);
                    switch (random.nextInt(6)) {
                        case 0 -> cache.put(key, i);
                        case 1 -> cache.remove(key);
                        case 2 -> cache.putIfAbsent(key, i);
                        case 3 -> {
                            cache.getIfPresent(key);
                            lookups++;
                        }
                        default -> {
                            cache.get(key, same -> same);
                            lookups++;
                        }
                    }
                }
                return lookups;
            }));
        }
        long lookups = actors.stream().mapToLong(Actor::result).sum();
        assertAddsUp(cache, lookups);
        if (claims(Trait.REMOVALS)) {
            CacheStats stats = cache.stats();
            assertThat(stats.puts() - stats.removalCount()).as("%s", stats).isEqualTo(cache.size());
        }
    }

    /** A value whose class, for a while, does not take what was written of it: as after a change of the class. */
    record Fussy(int number) {
        private static final AtomicBoolean REFUSES = new AtomicBoolean();

        Fussy {
            if (REFUSES.get()) {
                throw new IllegalArgumentException("not now");
            }
        }
    }

    @Test
    void entriesThatCannotBeRead_countUntilTheyAreReplaced() {
        if (!claims(Trait.BYTES) || !claims(Trait.REMOVALS)) {
            return;
        }
        Cache<Integer, Fussy> cache =
                cache().statistics().types(Integer.class, Fussy.class).build();
        for (int i = 0; i < 10; i++) {
            cache.put(i, new Fussy(i));
        }
        Fussy.REFUSES.set(true);
        try {
            assertThat(cache.getIfPresent(1)).isNull();
            assertThat(cache.entries().count()).as("a walk passes over them").isZero();
            assertThat(cache.size()).as("and they are there").isEqualTo(10);
            CacheStats stats = cache.stats();
            assertThat(stats.missCount()).isEqualTo(1);
            assertThat(stats.misses().keySet()).isSubsetOf(MissReason.VERSION, MissReason.UNDECODABLE);
            assertThat(stats.puts() - stats.removalCount()).as("%s", stats).isEqualTo(10);
            assertThat(cache.remove(2)).isTrue();
        } finally {
            Fussy.REFUSES.set(false);
        }
        cache.put(1, new Fussy(-1));
        assertThat(cache.entries().count()).isEqualTo(9);
        assertThat(cache.size()).isEqualTo(9);
        CacheStats stats = cache.stats();
        assertThat(stats.puts() - stats.removalCount()).as("%s", stats).isEqualTo(9);
    }

    /** What an engine has stored before it threw was never counted as a put: so far, and no further, the counts may be off. */
    @Test
    void writesThatFailed_boundWhatTheCountsAreOffBy() {
        if (!claims(Trait.REMOVALS)) {
            return;
        }
        Chaos chaos = new Chaos(Seed.value());
        try (TwatCache twat = builder(ChaosEngine.around(withoutChaos(), chaos)).open()) {
            Cache<Integer, Integer> cache = built(twat.cache("off")
                    .engine("chaos-" + withoutChaos().name())
                    .breaker(1_000_000, Duration.ofMinutes(1)));
            SplittableRandom random = Seed.random();
            chaos.errors(0.3);
            long failedPuts = 0;
            for (int i = 0; i < 2_000; i++) {
                int key = random.nextInt(50);
                try {
                    switch (random.nextInt(8)) {
                        case 0, 1 -> cache.remove(key);
                        case 2 -> cache.get(key, same -> same);
                        case 3 -> {
                            if (random.nextInt(50) == 0) {
                                cache.clear();
                            }
                        }
                        default -> {
                            failedPuts++;
                            cache.put(key, i);
                            failedPuts--;
                        }
                    }
                } catch (EngineException toldSo) {
                    assertThat(toldSo).hasMessageContaining("'off'");
                }
            }
            chaos.end();
            CacheStats stats = cache.stats();
            long off = cache.size() - (stats.puts() - stats.removalCount());
            assertThat(off)
                    .as("seed %s: %s, size %s, failed puts %s", Seed.value(), stats, cache.size(), failedPuts)
                    .isBetween(1L, failedPuts + stats.unstoredCount(Unstored.ENGINE_FAILED));
        }
    }

    @Test
    void afterAFallbackHasHandedBack_addsUp() {
        if (!claims(Trait.REMOVALS) || withoutChaos().name().equals("heap")) {
            return;
        }
        Chaos chaos = new Chaos(Seed.value());
        try (TwatCache twat = builder(ChaosEngine.around(withoutChaos(), chaos)).open()) {
            Cache<Integer, Integer> cache = built(twat.cache("back")
                    .engine("chaos-" + withoutChaos().name())
                    .breaker(1, Duration.ofSeconds(10))
                    .fallback("heap"));
            for (int i = 0; i < 10; i++) {
                cache.put(i, i);
            }
            chaos.down(true);
            for (int i = 5; i < 20; i++) {
                cache.put(i, -i);
            }
            assertThat(cache.size()).as("what serves").isEqualTo(15);
            chaos.end();
            ticker.advance(Duration.ofSeconds(10));
            cache.put(100, 100);
            cache.getIfPresent(5);
            CacheStats stats = cache.stats();
            assertThat(cache.size()).as("%s", stats).isEqualTo(6);
            assertThat(cache.stats().puts() - cache.stats().removalCount())
                    .as("%s", cache.stats())
                    .isEqualTo(6);
        }
    }

    private Engine withoutChaos() {
        return engine() instanceof ChaosEngine chaotic ? chaotic.inner() : engine();
    }
}
