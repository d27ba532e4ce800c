package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.spi.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One computation over processes, as core does it with a store's leases: two instances over one shelf are two processes. */
class OverProcessesTest {
    private final Engine engine = new ShelfEngine(true);
    private final Gate gate = new Gate();
    private final List<TwatCache> processes = new ArrayList<>();

    private Cache<String, String> process() {
        return process(builder -> builder);
    }

    private Cache<String, String> process(UnaryOperator<CacheBuilder> settings) {
        TwatCache process = TwatCache.builder().engine(engine).open();
        processes.add(process);
        return settings.apply(process.cache("shared").engine("shelf"))
                .types(String.class, String.class)
                .build();
    }

    @AfterEach
    void closeAll() {
        processes.forEach(TwatCache::close);
    }

    private static String never() {
        throw new AssertionError("computed a second time");
    }

    @Test
    void get_twoProcessesMiss_oneComputesBothGetIt() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("once")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> never()));
        Actor<String> joiner = Actor.start(() -> there.get("k", key -> never()));
        waiter.awaitWaiting();
        joiner.awaitWaiting();
        gate.open();
        assertThat(owner.result()).isEqualTo("once");
        assertThat(waiter.result()).isEqualTo("once");
        assertThat(joiner.result()).isEqualTo("once");
        assertThat(there.getIfPresent("k")).isEqualTo("once");
    }

    @Test
    void get_ownerFails_waiterComputes() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        IllegalArgumentException broken = new IllegalArgumentException("broken");
        Actor<String> owner = Actor.start(() -> here.get("k", key -> {
            gate.pass("");
            throw broken;
        }));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> "own"));
        waiter.awaitWaiting();
        gate.open();
        assertThat(owner.failure()).isSameAs(broken);
        assertThat(waiter.result()).isEqualTo("own");
        assertThat(here.getIfPresent("k")).isEqualTo("own");
    }

    @Test
    void get_valueNotToBeStored_waiterComputes() {
        Cache<String, String> there = process();
        TwatCache process = TwatCache.builder().engine(engine).open();
        processes.add(process);
        Cache<String, String> picky = process.cache("shared")
                .engine("shelf")
                .types(String.class, String.class)
                .storeIf((key, value) -> false)
                .build();
        Actor<String> owner = Actor.start(() -> picky.get("k", key -> gate.pass("unstored")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> "own"));
        waiter.awaitWaiting();
        gate.open();
        assertThat(owner.result()).isEqualTo("unstored");
        assertThat(waiter.result()).isEqualTo("own");
    }

    @Test
    void refresh_removedByAnotherMeanwhile_isNotStored() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        here.put("k", "old");
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> run = new CompletableFuture<>();
        CompletableFuture<String> refreshed = here.async().refresh("k", key -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        assertThat(there.remove("k")).isTrue();
        run.complete("late");
        assertThat(refreshed.join()).isEqualTo("late");
        assertThat(here.getIfPresent("k")).isNull();
        assertThat(there.getIfPresent("k")).isNull();
        assertThat(here.stats().unstoredCount()).isEqualTo(1);
    }

    @Test
    void refresh_ofNothing_removedByAnotherMeanwhile_isNotStored() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        CountDownLatch begun = new CountDownLatch(1);
        CompletableFuture<String> run = new CompletableFuture<>();
        CompletableFuture<String> refreshed = here.async().refresh("k", key -> {
            begun.countDown();
            return run;
        });
        Actor.await(begun);
        there.remove("k");
        run.complete("late");
        assertThat(refreshed.join()).isEqualTo("late");
        assertThat(here.getIfPresent("k")).isNull();
    }

    /** Callers with a limit wait for a load of their own process as others do: not where its key was changed since. */
    @Test
    void get_withALimit_joinsNoLoadWhoseKeyAnotherHasChanged() {
        Cache<String, String> here = process(builder -> builder.hardTimeout(Duration.ofMinutes(1)));
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("old")));
        gate.awaitLoader();
        there.remove("k");
        assertThat(here.get("k", key -> "new")).isEqualTo("new");
        gate.open();
        assertThat(owner.result()).isEqualTo("old");
        assertThat(there.getIfPresent("k")).isEqualTo("new");
    }

    @Test
    void get_waitingTooLong_computesAndTheLateOneIsRefused() {
        Cache<String, String> here = process();
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(20)));
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("late")));
        gate.awaitLoader();
        assertThat(there.get("k", key -> "own")).isEqualTo("own");
        gate.open();
        assertThat(owner.result()).isEqualTo("late");
        assertThat(here.getIfPresent("k")).isEqualTo("own");
        assertThat(here.stats().unstoredCount()).isEqualTo(1);
    }

    @Test
    void get_waiterComputesStill_theLateOneIsRefusedBeforeItIsDone() {
        Cache<String, String> here = process();
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(20)));
        Gate second = new Gate();
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("late")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> second.pass("own")));
        second.awaitLoader();
        gate.open();
        assertThat(owner.result()).isEqualTo("late");
        assertThat(there.contains("k")).isFalse();
        second.open();
        assertThat(waiter.result()).isEqualTo("own");
        assertThat(here.getIfPresent("k")).isEqualTo("own");
    }

    @Test
    void get_inOneProcess_loadTimeoutStillThrows() {
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(20)));
        Actor<String> owner = Actor.start(() -> there.get("k", key -> gate.pass("slow")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> never()));
        assertThat(waiter.failure()).isInstanceOf(LoadTimeoutException.class);
        gate.open();
        assertThat(owner.result()).isEqualTo("slow");
    }

    @Test
    void get_interruptedWhileWaiting_throwsAndAnotherTakesOver() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("once")));
        gate.awaitLoader();
        Actor<Boolean> waiter = Actor.start(() -> {
            try {
                there.get("k", key -> never());
                return false;
            } catch (LoadInterruptedException interrupted) {
                return Thread.interrupted();
            }
        });
        waiter.awaitWaiting();
        Actor<String> joiner = Actor.start(() -> there.get("k", key -> never())).awaitWaiting();
        waiter.interrupt();
        assertThat(waiter.result()).as("the flag is kept").isTrue();
        gate.open();
        assertThat(joiner.result()).isEqualTo("once");
        assertThat(owner.result()).isEqualTo("once");
    }

    @Test
    void change_byAnotherProcess_theLateValueIsRefused() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        List<Runnable> changes = List.of(() -> there.put("k0", "put"), () -> there.remove("k1"), there::clear);
        for (int i = 0; i < changes.size(); i++) {
            String key = "k" + i;
            Gate door = new Gate();
            Actor<String> owner = Actor.start(() -> here.get(key, k -> door.pass("late")));
            door.awaitLoader();
            changes.get(i).run();
            door.open();
            assertThat(owner.result()).isEqualTo("late");
            assertThat(there.getIfPresent(key)).as("change %s", i).isEqualTo(i == 0 ? "put" : null);
        }
    }

    @Test
    void change_byAnotherProcess_noLaterCallJoinsTheOlderComputation() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("older")));
        gate.awaitLoader();
        there.remove("k");
        assertThat(here.get("k", key -> "newer")).isEqualTo("newer");
        there.remove("k");
        assertThat(here.getAll(List.of("k"), keys -> Map.of("k", "newest"))).isEqualTo(Map.of("k", "newest"));
        gate.open();
        assertThat(owner.result()).isEqualTo("older");
        assertThat(there.getIfPresent("k")).isEqualTo("newest");
    }

    @Test
    void getAll_someComputedElsewhere_ownFirstThenTheOthers() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("a", key -> gate.pass("elsewhere")));
        gate.awaitLoader();
        List<Set<String>> asked = new ArrayList<>();
        CountDownLatch loaded = new CountDownLatch(1);
        Actor<Map<String, String>> bulk = Actor.start(() -> there.getAll(List.of("a", "b"), keys -> {
            asked.add(Set.copyOf(keys));
            loaded.countDown();
            return Map.of("b", "own");
        }));
        Actor.await(loaded);
        Actor.until("its own is stored before it waits", () -> here.contains("b"));
        gate.open();
        assertThat(bulk.result()).isEqualTo(Map.of("a", "elsewhere", "b", "own"));
        assertThat(asked).containsExactly(Set.of("b"));
        assertThat(owner.result()).isEqualTo("elsewhere");
    }

    @Test
    void getAll_ownerFails_waiterComputes() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<String> owner = Actor.start(() -> here.get("a", key -> {
            gate.pass("");
            throw new IllegalStateException("broken");
        }));
        gate.awaitLoader();
        Actor<Map<String, String>> bulk = Actor.start(() -> there.getAll(List.of("a"), keys -> Map.of("a", "own")));
        bulk.awaitWaiting();
        gate.open();
        assertThat(owner.failure()).hasMessage("broken");
        assertThat(bulk.result()).isEqualTo(Map.of("a", "own"));
    }

    @Test
    void getAll_waitingTooLong_computesItself() {
        Cache<String, String> here = process();
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(20)));
        Actor<String> owner = Actor.start(() -> here.get("a", key -> gate.pass("late")));
        gate.awaitLoader();
        assertThat(there.getAll(List.of("a", "b"), keys -> {
                    Map<String, String> values = new HashMap<>();
                    keys.forEach(key -> values.put(key, "own " + key));
                    return values;
                }))
                .isEqualTo(Map.of("a", "own a", "b", "own b"));
        gate.open();
        assertThat(owner.result()).isEqualTo("late");
        assertThat(here.getIfPresent("a")).isEqualTo("own a");
    }

    @Test
    void getAll_crosswise_noRingAndEachKeyOnce() {
        for (int round = 0; round < 50; round++) {
            Cache<String, String> here = process();
            Cache<String, String> there = process();
            AtomicInteger computed = new AtomicInteger();
            CyclicBarrier start = new CyclicBarrier(2);
            List<String> keys = List.of("a" + round, "b" + round, "c" + round);
            List<String> reverse = List.of("c" + round, "b" + round, "a" + round);
            List<Actor<Map<String, String>>> actors = new ArrayList<>();
            for (Cache<String, String> cache : List.of(here, there)) {
                actors.add(Actor.start(() -> {
                    start.await();
                    return cache.getAll(cache == here ? keys : reverse, missing -> {
                        Map<String, String> values = new HashMap<>();
                        for (String key : missing) {
                            computed.incrementAndGet();
                            values.put(key, "value of " + key);
                        }
                        return values;
                    });
                }));
            }
            actors.forEach(actor -> assertThat(actor.result()).hasSize(3));
            assertThat(computed).hasValue(3);
        }
    }

    @Test
    void get_ringOverProcesses_endsByTheBound() {
        Cache<String, String> here = process(builder -> builder.loadTimeout(Duration.ofMillis(50)));
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(50)));
        CyclicBarrier both = new CyclicBarrier(2);
        Actor<String> one = Actor.start(() -> here.get("x", key -> {
            both.await();
            return "x of " + here.get("y", other -> "y anew");
        }));
        Actor<String> two = Actor.start(() -> there.get("y", key -> {
            both.await();
            return "y of " + there.get("x", other -> "x anew");
        }));
        assertThat(one.result()).startsWith("x of y");
        assertThat(two.result()).startsWith("y of x");
    }

    @Test
    void get_stackOverflow_leavesNoLease() {
        Cache<String, String> here = process();
        Cache<String, String> there = process();
        Actor<Integer> deep = Actor.start(() -> {
            try {
                return descend(here, 0);
            } catch (StackOverflowError expected) {
                return -1;
            }
        });
        assertThat(deep.result()).isEqualTo(-1);
        assertThat(here.get("n0", key -> "anew")).isEqualTo("anew");
        assertThat(there.get("n0", key -> never())).isEqualTo("anew");
    }

    private static int descend(Cache<String, String> cache, int n) {
        return cache.get("n" + n, key -> String.valueOf(descend(cache, n + 1))).length();
    }

    @Test
    void close_whileWaiting_computesAndStoresNothing() {
        Cache<String, String> here = process();
        Cache<String, String> there = process(builder -> builder.loadTimeout(Duration.ofMillis(200)));
        Actor<String> owner = Actor.start(() -> here.get("k", key -> gate.pass("once")));
        gate.awaitLoader();
        Actor<String> waiter = Actor.start(() -> there.get("k", key -> "own")).awaitWaiting();
        there.close();
        assertThat(waiter.result()).isIn("own", "once");
        gate.open();
        assertThat(owner.result()).isEqualTo("once");
    }
}
