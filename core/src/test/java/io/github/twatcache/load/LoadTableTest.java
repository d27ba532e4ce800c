package io.github.twatcache.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Tally;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class LoadTableTest {
    private final LoadTable table = new LoadTable();
    private final InFlight home = home();

    static InFlight home() {
        return new InFlight(
                "test", new PlainKeys(), new Tally(false), Ticker.system(), new LoadSettings(null, List.of(), false));
    }

    @Test
    void putIfAbsent_secondOfAKey_findsTheFirst() {
        Load first = new Load(home, "a");
        assertThat(table.putIfAbsent(first)).isNull();
        assertThat(table.putIfAbsent(new Load(home, "a"))).isSameAs(first);
        assertThat(table.get("a")).isSameAs(first);
        assertThat(table.get("b")).isNull();
    }

    @Test
    void remove_ofAnyOrderInOneRow_leavesNothingBehind() {
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Load> loads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Load load = new Load(home, new SameRow(i));
                assertThat(table.putIfAbsent(load)).isNull();
                loads.add(load);
            }
            while (!loads.isEmpty()) {
                Load over = loads.remove(random.nextInt(loads.size()));
                over.end(Ending.TRY_ANEW);
                table.remove(over);
                assertThat(table.get(over.key)).isNull();
                for (Load left : loads) {
                    assertThat(table.get(left.key)).isSameAs(left);
                }
                assertThat(all()).containsExactlyInAnyOrderElementsOf(loads);
            }
            assertThat(table.kept()).isZero();
        }
    }

    @Test
    void detached_isNotFound_evenBeforeItIsTakenOut() {
        Load old = new Load(home, "a");
        table.putIfAbsent(old);
        old.detach();
        assertThat(table.get("a")).isNull();
        Load young = new Load(home, "a");
        assertThat(table.putIfAbsent(young)).isNull();
        table.remove(old);
        assertThat(table.get("a")).isSameAs(young);
        young.end(Ending.TRY_ANEW);
        table.remove(young);
        assertThat(table.kept()).isZero();
    }

    /** Of each key at most one load can be joined at a time, and when all are over the table holds none of them. */
    @Test
    void race_atMostOneOfAKey_andNothingIsLeft() throws Exception {
        int keys = 8;
        AtomicIntegerArray running = new AtomicIntegerArray(keys);
        AtomicInteger twice = new AtomicInteger();
        Callable<Integer> work = () -> {
            SplittableRandom random =
                    new SplittableRandom(Thread.currentThread().getName().hashCode());
            int ran = 0;
            for (int i = 0; i < 100_000; i++) {
                int which = random.nextInt(keys);
                Load load = new Load(home, new SameRow(which));
                if (table.putIfAbsent(load) == null) {
                    ran++;
                    if (running.getAndIncrement(which) != 0) {
                        twice.incrementAndGet();
                    }
                    running.getAndDecrement(which);
                    load.end(Ending.TRY_ANEW);
                    table.remove(load);
                }
            }
            return ran;
        };
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<Integer> done : threads.invokeAll(List.of(work, work, work, work))) {
                assertThat(done.get()).isPositive();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(twice).hasValue(0);
        assertThat(table.kept()).isZero();
    }

    /** Whoever begins to wait while a load ends is woken, though its end is published without a fence of its own. */
    @Test
    void race_whoWaitsWhileALoadEnds_isWoken() throws Exception {
        AtomicReference<Load> found = new AtomicReference<>();
        AtomicInteger waits = new AtomicInteger();
        AtomicInteger overslept = new AtomicInteger();
        AtomicBoolean done = new AtomicBoolean();
        Callable<Integer> waiter = () -> {
            while (!done.get()) {
                Load load = table.get(0);
                if (load != null) {
                    waits.incrementAndGet();
                    // So that the end and the wait begin at the same time.
                    found.set(load);
                    if (!load.latch().await(10, TimeUnit.SECONDS)) {
                        overslept.incrementAndGet();
                    }
                }
            }
            return 0;
        };
        Callable<Integer> owner = () -> {
            try {
                for (int i = 0; i < 40_000 && overslept.get() == 0; i++) {
                    // Every third ends below another, where it cannot take itself out.
                    Load load = new Load(home, 0);
                    Load above = i % 3 == 0 ? new Load(home, 257) : null;
                    table.putIfAbsent(load);
                    if (above != null) {
                        table.putIfAbsent(above);
                    }
                    while (!found.compareAndSet(load, null) && !done.get()) {
                        Thread.onSpinWait();
                    }
                    load.over(Ending.TRY_ANEW);
                    table.remove(load);
                    load.wake();
                    if (above != null) {
                        above.end(Ending.TRY_ANEW);
                        table.remove(above);
                    }
                }
            } finally {
                done.set(true);
            }
            return 0;
        };
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (Future<Integer> ended : threads.invokeAll(List.of(waiter, owner))) {
                ended.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(waits).hasPositiveValue();
        assertThat(overslept).hasValue(0);
        assertThat(table.kept()).isZero();
    }

    private Set<Load> all() {
        Set<Load> all = new HashSet<>();
        table.forEach(all::add);
        return all;
    }

    /** Keys of one hash. */
    private record SameRow(int number) {
        @Override
        public int hashCode() {
            return 1;
        }
    }

    static final class PlainKeys implements Keying {
        @Override
        public String digest(Object key) {
            return "?";
        }

        @Override
        public Object settled(Object raw) {
            return raw;
        }
    }
}
