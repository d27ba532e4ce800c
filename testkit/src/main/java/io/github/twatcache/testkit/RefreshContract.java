package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Contract 4.7: a value that is due is served at once and computed anew once, in the background. */
@Contract("4.7 refresh in the background")
public abstract class RefreshContract extends FreshnessFixture {
    /** Makes a contract. */
    protected RefreshContract() {}

    @Test
    void refreshAfterWrite_due_servedAtOnce_computedOnceInTheBackground() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        assertThat(cached.apply("k")).isEqualTo("k1");
        ticker.advance(MINUTE.minus(TICK));
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.waiting()).isZero();
        ticker.advance(TICK);
        for (int i = 0; i < 5; i++) {
            assertThat(cached.apply("k")).isEqualTo("k1");
        }
        assertThat(calls).hasValue(1);
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(calls).hasValue(2);
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(tasks.waiting()).isZero();
        CacheStats stats = stats();
        assertThat(stats.missCount()).isEqualTo(1);
        assertThat(stats.hits()).isEqualTo(7);
        assertThat(stats.earlyRefreshes()).isEqualTo(1);
        assertThat(stats.refreshes()).isEqualTo(1);
        assertThat(stats.staleServed()).isZero();
        // The new life is as long as the first.
        ticker.advance(MINUTE.minus(TICK));
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(tasks.waiting()).isZero();
    }

    @Test
    void due_isFreshToWhoComputesNothing() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .types(String.class, String.class)
                .build();
        cache.get("k", this::next);
        ticker.advance(MINUTE);
        assertThat(cache.getIfPresent("k")).isEqualTo("k1");
        assertThat(cache.peek("k").value()).isEqualTo("k1");
        assertThat(cache.getAllPresent(List.of("k", "absent"))).containsOnlyKeys("k");
        assertThat(cache.asMap()).containsEntry("k", "k1").hasSize(1);
        assertThat(cache.asMap().get("k")).isEqualTo("k1");
        assertThat(cache.size()).isEqualTo(1);
        assertThat(cache.putIfAbsent("k", "other")).isFalse();
        assertThat(cache.expiresIn("k")).contains(HOUR.minus(MINUTE));
        assertThat(tasks.waiting()).isZero();
        assertThat(cache.get("k", this::next)).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cache.getIfPresent("k")).isEqualTo("k2");
    }

    @Test
    void refreshAfterWrite_nobodyAsksInTime_expires() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE).expireAfterWrite(HOUR));
        cached.apply("k");
        ticker.advance(HOUR);
        assertThat(cached.apply("k")).isEqualTo("k2");
        assertThat(tasks.waiting()).isZero();
        assertThat(stats().missCount(MissReason.EXPIRED)).isEqualTo(1);
    }

    @Test
    void backgroundFailure_valueStays_triedAgainAfterTheThrottle() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE).failSafeThrottle(Duration.ofSeconds(5)));
        cached.apply("k");
        ticker.advance(MINUTE);
        failure = new IOException("down");
        assertThat(cached.apply("k")).isEqualTo("k1");
        tasks.run();
        assertThat(calls).hasValue(2);
        assertThat(cached.apply("k")).isEqualTo("k1");
        ticker.advance(Duration.ofSeconds(5).minus(TICK));
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isZero();
        ticker.advance(TICK);
        failure = null;
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k3");
        assertThat(stats().backgroundFailures()).isEqualTo(1);
        assertThat(stats().earlyRefreshes()).isEqualTo(2);
    }

    @Test
    void executorRefuses_valueIsServed_counted_nextCallTriesAgain() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE));
        cached.apply("k");
        ticker.advance(MINUTE);
        tasks.full(true);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(stats().refused()).isEqualTo(2);
        assertThat(stats().earlyRefreshes()).as("none has begun").isZero();
        tasks.full(false);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k2");
    }

    @Test
    void invalidate_beforeTheBackgroundBegins_nothingComesBack() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE));
        cached.apply("k");
        ticker.advance(MINUTE);
        cached.apply("k");
        assertThat(cached.invalidate("k")).isTrue();
        tasks.run();
        assertThat(calls).hasValue(1);
        assertThat(cached.isCached("k")).isFalse();
        assertThat(cached.apply("k")).isEqualTo("k2");
    }

    @Test
    void invalidate_whileTheBackgroundComputes_nothingComesBack() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        assertThat(cache.get("k", key -> gate.pass("older"))).isEqualTo("old");
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        assertThat(cache.remove("k")).isTrue();
        gate.open();
        background.result();
        assertThat(cache.peek("k").present()).isFalse();
        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
    }

    @Test
    void put_whileTheBackgroundComputes_putStays() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        cache.get("k", key -> gate.pass("older"));
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        cache.put("k", "put");
        gate.open();
        background.result();
        assertThat(cache.getIfPresent("k")).isEqualTo("put");
    }

    @Test
    void whileTheBackgroundComputes_nobodyWaits() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        ticker.advance(MINUTE);
        cache.get("k", key -> gate.pass("new"));
        Actor<Integer> background = Actor.start(tasks::run);
        gate.awaitLoader();
        assertThat(cache.get("k", key -> gate.pass("another"))).isEqualTo("old");
        assertThat(cache.getIfPresent("k")).isEqualTo("old");
        gate.open();
        background.result();
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
        assertThat(gate.runs()).isEqualTo(1);
    }

    @Test
    void unfitInTheBackground_oldValueGoes() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Fn1<String, String, Exception> function = this::next;
        var cached = fresh().refreshAfterWrite(MINUTE)
                .memoize(function, o -> o.storeIf((key, value) -> !"k2".equals(value)));
        cached.apply("k");
        ticker.advance(MINUTE);
        cached.apply("k");
        tasks.run();
        assertThat(cached.isCached("k")).isFalse();
        assertThat(cached.apply("k")).isEqualTo("k3");
        assertThat(stats().unstoredCount(Unstored.CONDITION)).isEqualTo(1);
    }

    @Test
    void refreshAhead_fractionOfEachLifetime() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        Fn1<String, String, Exception> function = this::next;
        var cached = fresh().refreshAhead(0.8)
                .memoize(
                        function,
                        o -> o.expireAfter((key, value) -> Duration.ofNanos(key.equals("long") ? 1_000 : 100)));
        cached.apply("k");
        cached.apply("long");
        ticker.advance(79);
        cached.apply("k");
        assertThat(tasks.waiting()).isZero();
        ticker.advance(1);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.waiting()).isEqualTo(1);
        ticker.advance(19);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        ticker.advance(700);
        cached.apply("long");
        assertThat(tasks.waiting()).isZero();
        ticker.advance(1);
        assertThat(cached.apply("long")).isEqualTo("long2");
        assertThat(tasks.run()).isEqualTo(1);
    }

    @Test
    void getAll_dueIsServedAndRefreshed_failureIsAnsweredWhereAllAreKept() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Cache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .failSafe(HOUR)
                .types(String.class, String.class)
                .build();
        Fn1<Set<String>, Map<String, String>, IOException> bulk = keys -> {
            calls.incrementAndGet();
            if (failure != null) {
                throw new IOException("down");
            }
            return keys.stream().collect(Collectors.toMap(key -> key, key -> key + calls));
        };
        List<String> both = List.of("a", "b");
        assertThat(Actor.start(() -> cache.getAll(both, bulk)).result()).isEqualTo(Map.of("a", "a1", "b", "b1"));
        ticker.advance(MINUTE);
        assertThat(Actor.start(() -> cache.getAll(both, bulk)).result()).isEqualTo(Map.of("a", "a1", "b", "b1"));
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(calls).as("one call for all that is due").hasValue(2);
        assertThat(cache.getIfPresent("a")).isEqualTo("a2");
        assertThat(cache.getIfPresent("b")).isEqualTo("b2");
        ticker.advance(HOUR);
        failure = new IOException("down");
        assertThat(Actor.start(() -> cache.getAll(both, bulk)).result()).isEqualTo(Map.of("a", "a2", "b", "b2"));
        assertThat(Actor.start(() -> cache.getAll(List.of("a", "new"), bulk)).failure())
                .isInstanceOf(IOException.class);
    }

    @Test
    void getAllAsync_due_computedAnewByOneCall_whatThatLeavesOutHasFailed() {
        if (refuses(Trait.STALE)) {
            return;
        }
        AsyncCache<String, String> cache = fresh().refreshAfterWrite(MINUTE)
                .expireAfterWrite(HOUR)
                .types(String.class, String.class)
                .build()
                .async();
        List<Set<String>> asked = new CopyOnWriteArrayList<>();
        AsyncFn1<Set<String>, Map<String, String>> bulk = keys -> {
            asked.add(Set.copyOf(keys));
            int call = calls.incrementAndGet();
            return CompletableFuture.completedFuture(keys.stream()
                    .filter(key -> call == 1 || !key.equals("c"))
                    .collect(Collectors.toMap(key -> key, key -> key + call)));
        };
        Set<String> all = Set.of("a", "b", "c");
        Map<String, String> first = Map.of("a", "a1", "b", "b1", "c", "c1");
        assertThat(ended(cache.getAll(all, bulk))).isEqualTo(first);
        ticker.advance(MINUTE);
        assertThat(ended(cache.getAll(all, bulk))).isEqualTo(first);
        Actor.until("what was left out is known", () -> {
            tasks.run();
            return stats().backgroundFailures() == 1;
        });
        assertThat(asked).containsExactly(all, all);
        assertThat(cache.sync().getAllPresent(List.of("a", "b", "c")))
                .isEqualTo(Map.of("a", "a2", "b", "b2", "c", "c1"));
        assertThat(stats().earlyRefreshes()).isEqualTo(3);
        assertThat(stats().refreshes()).isEqualTo(3);
    }

    /** What a future ends with, where it needs the test's own thread to get there. */
    private <T> T ended(CompletableFuture<T> future) {
        Actor.until("it has ended", () -> {
            tasks.run();
            return future.isDone();
        });
        return Face.result(future);
    }

    @Test
    void earlyRefreshes_excludeEachOther_outOfRange_refusedAtTheSetter() {
        CacheBuilder builder = cacheIn(instance(), "fresh");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.refreshAfterWrite(MINUTE).refreshAhead(0.5));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.refreshAhead(0.5).earlyRecomputation(1));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.refreshAhead(1));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.earlyRecomputation(0));
        assertThatExceptionOfType(ConfigurationException.class).isThrownBy(() -> builder.failSafe(Duration.ZERO));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.refreshAfterWrite(Duration.ofNanos(-1)));
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> builder.set(Settings.STORE_IF_SLOWER_THAN, Duration.ZERO));
    }

    /** As where there are no more threads to be had: the key must not be taken for one that is being computed. */
    @Test
    void executorThrowsAnErrorOnce_nextCallTriesAgain() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE));
        cached.apply("k");
        ticker.advance(MINUTE);
        Error none = new OutOfMemoryError("unable to create native thread");
        tasks.breaks(none);
        assertThatThrownBy(() -> cached.apply("k")).isSameAs(none);
        assertThat(stats().refused()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k2");
    }

    @Test
    void carrierThrowsAnErrorOnce_triedAgainAfterTheThrottle() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        AtomicBoolean broken = new AtomicBoolean(true);
        ContextCarrier carrier = () -> task -> {
            if (broken.getAndSet(false)) {
                throw new AssertionError("a carrier's own");
            }
            task.run();
        };
        with(carrier);
        var cached = memoized(fresh().refreshAfterWrite(MINUTE).failSafeThrottle(TICK));
        cached.apply("k");
        ticker.advance(MINUTE);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(stats().backgroundFailures()).isEqualTo(1);
        ticker.advance(TICK);
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k2");
    }

    /** A call of a key that is due costs no task while the source is left alone, nor does each count as begun. */
    @Test
    void sourceRefusesInTheBackground_countedAsRefused_throttled() throws Exception {
        if (refuses(Trait.STALE)) {
            return;
        }
        var cached = memoized(fresh().refreshAfterWrite(MINUTE)
                .sourceBreaker(1, MINUTE.multipliedBy(2))
                .failSafeThrottle(MINUTE));
        cached.apply("k");
        failure = new IOException("down");
        ticker.advance(MINUTE);
        assertThatThrownBy(() -> cached.apply("other")).isSameAs(failure);
        for (int i = 0; i < 3; i++) {
            assertThat(cached.apply("k")).isEqualTo("k1");
            tasks.run();
        }
        assertThat(calls).hasValue(2);
        assertThat(stats().earlyRefreshes()).isEqualTo(1);
        assertThat(stats().refused()).isEqualTo(1);
        assertThat(stats().backgroundFailures()).isZero();
        failure = null;
        ticker.advance(MINUTE.multipliedBy(2));
        assertThat(cached.apply("k")).isEqualTo("k1");
        assertThat(tasks.run()).isEqualTo(1);
        assertThat(cached.apply("k")).isEqualTo("k3");
    }

    /** What waits for its turn holds no thread of the background, and is not computed for nobody. */
    @Test
    void maxConcurrentLoads_dueWaitsForItsTurn_withoutAThread() {
        if (refuses(Trait.STALE)) {
            return;
        }
        Gate gate = new Gate();
        Cache<String, String> cache = fresh().maxConcurrentLoads(1)
                .refreshAfterWrite(MINUTE)
                .types(String.class, String.class)
                .build();
        cache.put("k", "old");
        cache.put("removed", "old");
        ticker.advance(MINUTE);
        Actor<String> busy = Actor.start(() -> cache.get("busy", key -> gate.pass("v")));
        gate.awaitLoader();
        assertThat(cache.get("k", key -> "new")).isEqualTo("old");
        assertThat(cache.get("removed", key -> "computed for nobody")).isEqualTo("old");
        assertThat(tasks.run()).isEqualTo(2);
        assertThat(cache.get("k", key -> "another")).isEqualTo("old");
        assertThat(tasks.waiting()).isZero();
        cache.remove("removed");
        gate.open();
        assertThat(busy.result()).isEqualTo("v");
        Actor.until("it is computed", () -> {
            tasks.run();
            return "new".equals(cache.peek("k").orElse(""));
        });
        tasks.run();
        assertThat(cache.contains("removed")).isFalse();
        assertThat(stats().earlyRefreshes())
                .as("what was removed has not begun")
                .isEqualTo(1);
        assertThat(stats().refreshes()).isEqualTo(1);
        assertThat(stats().backgroundFailures()).isZero();
        assertThat(stats().refused()).isZero();
        assertThat(cache.get("next", key -> "v")).as("no place is lost").isEqualTo("v");
    }
}
