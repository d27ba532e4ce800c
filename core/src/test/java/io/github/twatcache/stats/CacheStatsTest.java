package io.github.twatcache.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
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
            Map.of(Unstored.LATE, 1L));

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
}
