package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.config.Mode;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.stats.Unstored;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A cache is switched off, made read-only or write-only while it runs: what a mode does not find or store is not found or
 * stored, and whatever the mode, nothing is left behind that is older than it should be.
 */
@Contract("3.1 modes")
public abstract class ModesContract extends EngineContract {
    private static final String NAME = "counted";
    private static final List<Mode> MODES = List.of(Mode.values());
    private static final int KEYS = 8;

    private final AtomicInteger runs = new AtomicInteger();

    /** Makes a contract. */
    protected ModesContract() {}

    private int next(String word) {
        return word.length() * 1_000 + runs.incrementAndGet();
    }

    private Cached1<String, Integer, RuntimeException> counted() {
        return cache(NAME).memoize(this::next);
    }

    private static SplittableRandom random(int actor) {
        return new SplittableRandom(Seed.value() + actor);
    }

    /** So many that changes, switches and loads meet, and so few that a test's patience lasts on a busy machine. */
    private int calls() {
        return claims(Trait.PERSISTENT) ? 200 : 1_000;
    }

    private void switchTo(Mode mode) {
        twat().mode(NAME, mode);
    }

    @Test
    void off_andOnAgain_computesMeanwhileAndKeepsWhatWasThere() {
        var counted = counted();
        assertThat(counted.apply("a")).isEqualTo(1_001);
        switchTo(Mode.OFF);
        assertThat(counted.apply("a")).isEqualTo(1_002);
        assertThat(counted.apply("a")).isEqualTo(1_003);
        assertThat(counted.isCached("a")).isFalse();
        switchTo(Mode.ON);
        assertThat(counted.apply("a")).isEqualTo(1_001);
        assertThat(counted.stats().unstoredCount(Unstored.SWITCHED_OFF)).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource
    void invalidate_inAnyMode_isGoneWhenOnAgain(Mode mode) {
        var counted = counted();
        counted.apply("a");
        counted.apply("bb");
        switchTo(mode);
        counted.invalidate("a");
        switchTo(Mode.ON);
        assertThat(counted.isCached("a")).isFalse();
        assertThat(counted.isCached("bb")).isTrue();
        switchTo(mode);
        counted.clear();
        switchTo(Mode.ON);
        assertThat(counted.size()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void put_inAnyMode_leavesNoOlderValueBehind(Mode mode) {
        Cache<String, Integer> cache =
                cache(NAME).types(String.class, Integer.class).build();
        cache.put("a", 1);
        switchTo(mode);
        cache.put("a", 2);
        switchTo(Mode.ON);
        assertThat(cache.getIfPresent("a")).isEqualTo(mode.stores() ? 2 : null);
    }

    @ParameterizedTest
    @EnumSource
    void refresh_inAnyMode_leavesNoOlderValueBehind(Mode mode) {
        var counted = counted();
        counted.apply("a");
        switchTo(mode);
        assertThat(counted.refresh("a")).isEqualTo(1_002);
        switchTo(Mode.ON);
        assertThat(counted.isCached("a")).isEqualTo(mode.stores());
        assertThat(counted.apply("a")).isEqualTo(mode.stores() ? 1_002 : 1_003);
    }

    @Test
    void readOnly_findsAndStoresNothing() {
        var counted = counted();
        counted.apply("a");
        switchTo(Mode.READ_ONLY);
        assertThat(counted.apply("a")).isEqualTo(1_001);
        assertThat(counted.apply("bb")).isEqualTo(2_002);
        assertThat(counted.apply("bb")).isEqualTo(2_003);
        assertThat(counted.size()).isEqualTo(1);
    }

    @Test
    void writeOnly_computesEachTimeAndReplaces() {
        var counted = counted();
        counted.apply("a");
        switchTo(Mode.WRITE_ONLY);
        assertThat(counted.apply("a")).isEqualTo(1_002);
        assertThat(counted.apply("a")).isEqualTo(1_003);
        switchTo(Mode.ON);
        assertThat(counted.apply("a")).isEqualTo(1_003);
    }

    @Test
    void data_eachMode_holdsForEveryWayIn() {
        Cache<String, Integer> cache =
                cache(NAME).types(String.class, Integer.class).build();
        cache.put("a", 1);
        switchTo(Mode.WRITE_ONLY);
        assertThat(cache.getIfPresent("a")).isNull();
        assertThat(cache.getAllPresent(List.of("a"))).isEmpty();
        assertThat(cache.asMap().get("a")).isNull();
        assertThat(cache.get("a", key -> 2)).isEqualTo(2);
        assertThat(cache.getAll(List.of("a", "b"), keys -> Map.of("a", 3, "b", 3)))
                .hasSize(2);
        assertThat(cache.putIfAbsent("c", 4)).isTrue();
        assertThat(cache.putIfAbsent("c", 5)).isTrue();
        switchTo(Mode.READ_ONLY);
        assertThat(cache.asMap()).isEqualTo(Map.of("a", 3, "b", 3, "c", 5));
        assertThat(cache.putIfAbsent("a", 9)).isFalse();
        assertThat(cache.getIfPresent("a")).isEqualTo(3);
        switchTo(Mode.OFF);
        assertThat(cache.getIfPresent("a")).isNull();
        assertThat(cache.asMap().remove("a")).isNull();
        assertThat(cache.asMap().put("c", 6)).isNull();
        switchTo(Mode.ON);
        assertThat(cache.asMap()).isEqualTo(Map.of("b", 3));
    }

    @ParameterizedTest
    @EnumSource
    void load_inAnyMode_isSharedByThoseWhoWait(Mode mode) {
        Gate gate = new Gate();
        Cache<String, String> cache =
                cache(NAME).types(String.class, String.class).build();
        switchTo(mode);
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("value")));
        gate.awaitLoader();
        Actor<String> waiter =
                Actor.start(() -> cache.get("k", key -> gate.pass("second"))).awaitWaiting();
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
        assertThat(waiter.result()).isEqualTo("value");
        assertThat(gate.runs()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_ONLY", "OFF"})
    void load_thatEndsAfterTheSwitch_isNotStored(Mode mode) {
        Gate gate = new Gate();
        Cache<String, String> cache =
                cache(NAME).types(String.class, String.class).build();
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("value")));
        gate.awaitLoader();
        switchTo(mode);
        gate.open();
        assertThat(owner.result()).isEqualTo("value");
        switchTo(Mode.ON);
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    void load_thatBeganWhileOff_doesNotReplaceWhatWasPutMeanwhile() {
        Gate gate = new Gate();
        Cache<String, String> cache =
                cache(NAME).types(String.class, String.class).build();
        cache.put("k", "old");
        switchTo(Mode.OFF);
        Actor<String> owner = Actor.start(() -> cache.get("k", key -> gate.pass("late")));
        gate.awaitLoader();
        switchTo(Mode.ON);
        cache.put("k", "new");
        gate.open();
        assertThat(owner.result()).isEqualTo("late");
        assertThat(cache.getIfPresent("k")).isEqualTo("new");
    }

    /**
     * Readers call, one thread changes the data and tells the cache of it in one of four ways, another switches: whoever
     * calls after a change was told never gets a value from before it.
     */
    @Test
    void mode_switchedWhileCallsRun_nobodyGetsAnOlderValueThanWasTold() {
        AtomicIntegerArray data = new AtomicIntegerArray(KEYS);
        AtomicIntegerArray told = new AtomicIntegerArray(KEYS);
        Cached1<Integer, Integer, RuntimeException> read = cache(NAME).memoize((Integer key) -> data.get(key));
        AtomicBoolean over = new AtomicBoolean();
        int calls = calls();
        List<Actor<Integer>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            SplittableRandom random = random(reader);
            readers.add(Actor.start(() -> {
                int stale = 0;
                for (int call = 0; call < calls; call++) {
                    int key = random.nextInt(KEYS);
                    int least = told.get(key);
                    stale += read.apply(key) < least ? 1 : 0;
                }
                return stale;
            }));
        }
        Actor<Integer> writer = Actor.start(() -> {
            SplittableRandom random = random(10);
            int changes = 0;
            do {
                int key = random.nextInt(KEYS);
                int version = data.incrementAndGet(key);
                switch (changes++ % 4) {
                    case 0 -> read.invalidate(key);
                    case 1 -> read.put(key, version);
                    case 2 -> read.refresh(key);
                    default -> read.clear();
                }
                told.set(key, version);
            } while (!over.get());
            return changes;
        });
        Actor<Integer> switcher = Actor.start(() -> {
            SplittableRandom random = random(11);
            int switches = 0;
            do {
                switchTo(MODES.get(random.nextInt(MODES.size())));
                switches++;
            } while (!over.get());
            return switches;
        });
        try {
            for (Actor<Integer> reader : readers) {
                assertThat(reader.result()).as("values from before a change").isZero();
            }
        } finally {
            over.set(true);
        }
        assertThat(writer.result()).isPositive();
        assertThat(switcher.result()).isPositive();
        switchTo(Mode.ON);
        for (int key = 0; key < KEYS; key++) {
            assertThat(read.apply(key)).isGreaterThanOrEqualTo(told.get(key));
        }
    }

    /** While it is switched between the two modes that store nothing, nothing is stored, whatever calls run. */
    @Test
    void mode_switchedBetweenThoseThatStoreNothing_nothingIsStored() {
        Cached1<Integer, Integer, RuntimeException> square = cache(NAME).memoize((Integer key) -> key * key);
        square.apply(-1);
        switchTo(Mode.READ_ONLY);
        AtomicBoolean over = new AtomicBoolean();
        int calls = calls();
        List<Actor<Integer>> callers = new ArrayList<>();
        for (int caller = 0; caller < 3; caller++) {
            SplittableRandom random = random(caller);
            callers.add(Actor.start(() -> {
                for (int call = 0; call < calls; call++) {
                    int key = random.nextInt(KEYS);
                    assertThat(square.apply(key)).isEqualTo(key * key);
                }
                return calls;
            }));
        }
        Actor<Integer> switcher = Actor.start(() -> {
            int switches = 0;
            do {
                switchTo(switches++ % 2 == 0 ? Mode.OFF : Mode.READ_ONLY);
            } while (!over.get());
            return switches;
        });
        try {
            callers.forEach(Actor::result);
        } finally {
            over.set(true);
        }
        assertThat(switcher.result()).isPositive();
        switchTo(Mode.ON);
        assertThat(square.size()).isEqualTo(1);
        assertThat(square.isCached(-1)).isTrue();
    }
}
