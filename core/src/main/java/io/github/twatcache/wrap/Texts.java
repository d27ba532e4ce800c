package io.github.twatcache.wrap;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations and sizes as annotations write them; {@code null} for what is none. */
final class Texts {
    private static final Pattern PART = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m|h|d)");
    private static final Pattern SIZE = Pattern.compile("(\\d[\\d_]*)\\s*([a-z]*)");

    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private static final Map<String, Long> BYTES = Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1_000L,
            "mb", 1_000_000L,
            "gb", 1_000_000_000L,
            "tb", 1_000_000_000_000L,
            "kib", 1L << 10,
            "mib", 1L << 20,
            "gib", 1L << 30,
            "tib", 1L << 40);

    private Texts() {}

    static @Nullable Duration duration(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        try {
            if (word.startsWith("p") || word.startsWith("-p")) {
                return Duration.parse(word);
            }
            Matcher part = PART.matcher(word);
            Duration sum = Duration.ZERO;
            int end = 0;
            while (end < word.length() && part.find(end) && part.start() == end) {
                sum = sum.plus(unit(part.group(2)).multipliedBy(Long.parseLong(part.group(1))));
                end = part.end();
            }
            return end == 0 || end < word.length() ? null : sum;
        } catch (DateTimeException | ArithmeticException tooLong) {
            return null;
        }
    }

    private static Duration unit(String name) {
        return UNITS.getOrDefault(name, Duration.ZERO);
    }

    static @Nullable Long bytes(String text) {
        Matcher size = SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit = size.matches() ? BYTES.get(size.group(2)) : null;
        if (unit == null) {
            return null;
        }
        try {
            return new BigDecimal(size.group(1).replace("_", ""))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValueExact();
        } catch (ArithmeticException tooLarge) {
            return null;
        }
    }
}
