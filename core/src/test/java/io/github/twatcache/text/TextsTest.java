package io.github.twatcache.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations, sizes and numbers as people write them. */
class TextsTest {
    private static final long SEED = Long.getLong("twat.seed", 20_261_125L);

    @ParameterizedTest
    @CsvSource({
        "5m, PT5M",
        "1h30m, PT1H30M",
        "PT5M, PT5M",
        "pt5m, PT5M",
        "100ms, PT0.1S",
        "1d 2h, PT26H",
        "P1D, PT24H",
        "1_000s, PT1000S",
        "250us, PT0.00025S",
        "7ns, PT0.000000007S",
        "0s, PT0S",
        "90m, PT1H30M",
        "1s500ms, PT1.5S"
    })
    void parse_duration_isRead(String text, String expected) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.parse(expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "m",
                "5 minutes",
                "5M",
                "30m1h",
                "1h1h",
                "-5m",
                "1.5h",
                "P",
                "99999999999999999999d",
                "9223372036854775807d",
                "5m x"
            })
    void parse_noDuration_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Durations.parse(text));
    }

    @Test
    void format_randomDuration_isReadBackEqual() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofSeconds(
                    random.nextLong() >>> (1 + random.nextInt(62)), random.nextInt(3) * random.nextInt(1_000_000_000));
            assertThat(Durations.parse(Durations.format(duration)))
                    .as("seed %d", SEED)
                    .isEqualTo(duration);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "64MiB, 67108864",
        "1GB, 1000000000",
        "4096, 4096",
        "1kb, 1000",
        "1 KiB, 1024",
        "1.5GiB, 1610612736",
        "10B, 10",
        "1_000, 1000",
        "2TiB, 2199023255552",
        "64mib, 67108864"
    })
    void parse_size_isRead(String text, long expected) {
        assertThat(ByteSizes.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "64M", "64XB", "MiB", "-1", "1.0000001KiB", "9999999PiB", "64 M i B", "1,000"})
    void parse_noSize_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> ByteSizes.parse(text));
    }

    @Test
    void format_randomSize_isReadBackEqual() {
        Random random = new Random(SEED);
        for (int i = 0; i < 10_000; i++) {
            long bytes = (random.nextLong() >>> (1 + random.nextInt(62))) << (random.nextInt(2) * 10);
            assertThat(ByteSizes.parse(ByteSizes.format(Math.abs(bytes)))).isEqualTo(Math.abs(bytes));
        }
    }

    @ParameterizedTest
    @CsvSource({"10_000, 10000", "10000, 10000", "-5, -5", "0, 0", "9223372036854775807, 9223372036854775807"})
    void parse_number_isRead(String text, long expected) {
        assertThat(Numbers.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "_1", "1_", "1e6", "10,000", "0x10", "9223372036854775808", "ten", "1.0"})
    void parse_noNumber_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Numbers.parse(text));
    }
}
