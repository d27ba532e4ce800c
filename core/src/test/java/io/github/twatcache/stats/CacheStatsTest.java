package io.github.twatcache.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CacheStatsTest {
    private static final CacheStats SOME = new CacheStats(
            true,
            6,
            Map.of(MissReason.ABSENT, 1L, MissReason.EVICTED, 3L),
            4,
            0,
            Duration.ZERO,
            0,
            4,
            Map.of(RemovalCause.SIZE, 2L),
            Map.of(Unstored.LATE, 1L),
            1,
            2,
            Duration.ofMillis(5),
            3,
            2,
            1,
            7,
            3,
            2,
            1,
            4,
            Duration.ofMillis(3),
            OptionalLong.of(2_048));

    @Test
    void counts_ofOneReason_areThoseOfTheMap() {
        assertThat(SOME.missCount(MissReason.EVICTED)).isEqualTo(3);
        assertThat(SOME.removalCount(RemovalCause.SIZE)).isEqualTo(2);
        assertThat(SOME.unstoredCount(Unstored.LATE)).isEqualTo(1);
    }

    @Test
    void counts_ofAReasonThatNeverOccurred_areZero() {
        assertThat(SOME.missCount(MissReason.EXPIRED)).isZero();
        assertThat(SOME.removalCount(RemovalCause.EXPIRED)).isZero();
        assertThat(SOME.unstoredCount(Unstored.FULL)).isZero();
    }

    @Test
    void plus_addsEveryCount() {
        CacheStats twice = SOME.plus(SOME);
        assertThat(twice)
                .isEqualTo(new CacheStats(
                        true,
                        12,
                        Map.of(MissReason.ABSENT, 2L, MissReason.EVICTED, 6L),
                        8,
                        0,
                        Duration.ZERO,
                        0,
                        8,
                        Map.of(RemovalCause.SIZE, 4L),
                        Map.of(Unstored.LATE, 2L),
                        2,
                        4,
                        Duration.ofMillis(10),
                        6,
                        4,
                        2,
                        14,
                        6,
                        4,
                        2,
                        8,
                        Duration.ofMillis(3),
                        OptionalLong.of(4_096)));
        assertThat(SOME.plus(CacheStats.NONE)).isEqualTo(SOME);
        assertThat(CacheStats.NONE.plus(SOME)).isEqualTo(SOME);
    }

    @Test
    void plus_whatOneDoesNotKnow_isNotTheOthersAlone() {
        CacheStats without = SOME.taking(OptionalLong.empty());
        assertThat(SOME.plus(without).bytes()).isEmpty();
        assertThat(without.plus(SOME).bytes()).isEmpty();
        assertThat(CacheStats.NONE.plus(without)).isEqualTo(without);
        assertThat(new TwatStats(Map.of("a", SOME, "b", without)).total().bytes())
                .isEmpty();
        Tally timed = new Tally(true);
        timed.loaded(1_000);
        Tally untimed = new Tally(false);
        CacheStats idle = untimed.snapshot();
        untimed.loaded(0);
        CacheStats both = timed.snapshot().plus(untimed.snapshot());
        assertThat(both.loads()).isEqualTo(2);
        assertThat(both.loadTime()).isEqualTo(Duration.ZERO);
        assertThat(both.plus(timed.snapshot()).loadTime()).isEqualTo(Duration.ZERO);
        assertThat(both.toString()).contains("2 loads;");
        assertThat(timed.snapshot().plus(idle).loadTime()).isEqualTo(Duration.ofNanos(1_000));
    }

    @Test
    void toString_ofSome_saysWhatOccurred() {
        assertThat(SOME)
                .hasToString("6 hits of 10 look-ups (60.0 %), 4 misses (1 absent, 3 evicted); 4 loads, 2 of them by"
                        + " refresh; 4 puts, 2 removals (2 size); 1 value not stored (1 late); 7 calls"
                        + " answered with a stale value; 3 early refreshes, 2 failed, 1 not begun; 4 time-outs; the"
                        + " engine failed 3 times, tried again 2 times; 1 fallback; 2,048 bytes");
    }

    @Test
    void toString_ofNothing_isShort() {
        assertThat(new Tally(false).snapshot()).hasToString("hits not counted, 0 misses; 0 loads; 0 puts");
    }

    @Test
    void toString_ofAll_hasALineForEachAndTheTotal() {
        Map<String, CacheStats> caches = new LinkedHashMap<>();
        caches.put("a", SOME);
        caches.put("b", SOME);
        TwatStats all = new TwatStats(caches);
        assertThat(all.toString().lines()).containsExactly("a: " + SOME, "b: " + SOME, "total: " + SOME.plus(SOME));
        assertThat(all.total().hits()).isEqualTo(12);
        assertThat(new TwatStats(Map.of()).total()).isEqualTo(CacheStats.NONE);
    }

    @Test
    void miss_reported_isCountedUnderThatReasonOnceAndForThatKeyOnly() {
        Tally tally = new Tally(false);
        tally.report("a", MissReason.UNDECODABLE);
        tally.miss("b");
        tally.report("a", MissReason.VERSION);
        tally.miss("a");
        tally.miss("a");
        assertThat(tally.snapshot().misses()).isEqualTo(Map.of(MissReason.ABSENT, 2L, MissReason.VERSION, 1L));
    }
}
