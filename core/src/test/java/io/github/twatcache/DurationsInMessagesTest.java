package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sources;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Durations stand in messages as users write them, and each message says what to do. */
final class DurationsInMessagesTest {
    private static final Duration NONE = Duration.ZERO;

    static Stream<ThrowingCallable> refused() {
        return Stream.of(
                () -> Keep.lasting(NONE),
                () -> builder().expireAfterWrite(NONE),
                () -> builder().cacheFailures(IllegalStateException.class, NONE),
                () -> builder().operationTimeout(NONE),
                () -> builder().loadTimeout(NONE),
                () -> TwatCache.builder().lockTimeout(NONE));
    }

    private static CacheBuilder builder() {
        return TwatCache.builder().configuration(Sources.none()).open().memory("c");
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusal_ofADuration_saysItInUnitsAndWhatToDo(ThrowingCallable refused) {
        assertThat(catchThrowable(refused).getMessage())
                .contains(" 0s")
                .doesNotContain("PT0")
                .contains("; ");
    }

    @ParameterizedTest
    @CsvSource({"PT0.2S, 200ms", "PT5M, 5m", "PT1M30.5S, 1m30s500ms", "PT0S, 0s"})
    void shown_ofADuration_isAsItIsWritten(Duration duration, String words) {
        assertThat(Durations.shown(duration)).isEqualTo(words);
    }

    @Test
    void sizesAndDurations_ofACache_standEverywhereAsUsersWriteThemAndAreExactAsData() {
        try (TwatCache twat = TwatCache.builder().configuration(Sources.none()).open()) {
            Explanation explanation;
            try (Scope scope = twat.scope(all -> all.expireAfterWrite(Duration.ofMinutes(1)))) {
                assertThat(scope).hasToString("scope that overrides {expire-after-write=1m}");
                explanation = twat.memory("sized")
                        .maximumBytes(64L << 20)
                        .expectedValueSize(100_000)
                        .memoize((Integer n) -> n)
                        .explain();
            }
            assertThat(explanation.toString())
                    .contains("maximum-bytes = 64MiB (from code)")
                    .contains("expected-value-size = 100kB (from code)")
                    .contains("expire-after-write = 1m (from scope)");
            assertThat(explanation.settings().get("maximum-bytes").value()).isEqualTo(64L << 20);
            assertThat(explanation.shown()).containsEntry("maximum-bytes", "64MiB");
            assertThat(twat.settings("sized")
                            .get("expected-value-size")
                            .orElseThrow()
                            .value())
                    .isEqualTo("100kB");
            assertThat(CacheSpec.of("c", "heap")
                            .with(Settings.EXPIRE_AFTER_WRITE, Duration.ofMinutes(1), "test")
                            .with(Settings.MAXIMUM_BYTES, 1L << 20, "test"))
                    .hasToString("c on heap {expire-after-write=1m, maximum-bytes=1MiB}");
            twat.memory("other")
                    .maximumBytes(1L << 20)
                    .types(String.class, String.class)
                    .build();
            assertThatThrownBy(() -> twat.memory("other")
                            .maximumBytes(2L << 20)
                            .types(String.class, String.class)
                            .build())
                    .hasMessageContaining("maximum-bytes is 1MiB there and 2MiB here");
            assertThatThrownBy(() -> twat.memory("more").maximumBytes(1 << 20).maximumBytes(1 << 21))
                    .hasMessageContainingAll("already set to 1MiB", "again to 2MiB");
        }
    }
}
