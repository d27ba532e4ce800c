package io.github.twatcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.twatcache.config.Sources;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
}
