package io.github.twatcache.text;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 5m}, {@code 1h30m}, {@code 100ms}, or as ISO 8601 does: {@code PT5M}. */
public final class Durations {
    /** What is accepted, in words. */
    public static final String ALLOWED = "such as 5m, 1h30m, 100ms or PT5M";

    private static final String NUMBER = "(\\d+(?:_\\d+)*)";

    /** Each unit at most once, the greatest first; a gap between them is allowed. */
    private static final Pattern WORDS = Pattern.compile("(?:" + NUMBER + "d)?\\s*(?:" + NUMBER + "h)?\\s*(?:" + NUMBER
            + "m)?\\s*(?:" + NUMBER + "s)?\\s*(?:" + NUMBER + "ms)?\\s*(?:" + NUMBER + "us)?\\s*(?:" + NUMBER + "ns)?");

    private static final Duration[] UNITS = {
        Duration.ofDays(1),
        Duration.ofHours(1),
        Duration.ofMinutes(1),
        Duration.ofSeconds(1),
        Duration.ofMillis(1),
        Duration.ofNanos(1_000),
        Duration.ofNanos(1)
    };

    private static final String[] NAMES = {"d", "h", "m", "s", "ms", "us", "ns"};

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text units {@code d h m s ms us ns}, the greatest first; or ISO 8601
     * @return the duration
     * @throws IllegalArgumentException when it is none, with what is wrong
     */
    public static Duration parse(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("nothing is written there");
        }
        try {
            if (text.toUpperCase(Locale.ROOT).startsWith("P")) {
                return Duration.parse(text);
            }
            Matcher words = WORDS.matcher(text);
            if (!words.matches()) {
                throw new IllegalArgumentException(
                        text.matches(NUMBER) ? "the unit is missing" : "that is no duration");
            }
            Duration sum = Duration.ZERO;
            for (int unit = 0; unit < UNITS.length; unit++) {
                String number = words.group(unit + 1);
                if (number != null) {
                    sum = sum.plus(UNITS[unit].multipliedBy(Numbers.parse(number)));
                }
            }
            return sum;
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("that is no duration", e);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("that is longer than can be counted", e);
        }
    }

    /**
     * Writes a value for a message: a duration as a configuration would say it, anything else as it says itself.
     *
     * @param value the value of a setting
     * @return the words
     */
    public static String shown(Object value) {
        return value instanceof Duration duration ? format(duration) : value.toString();
    }

    /**
     * Writes how long something took, to the millisecond.
     *
     * @param duration the duration
     * @return such as {@code 1s200ms}; {@code less than 1ms} where it is
     */
    public static String taken(Duration duration) {
        Duration whole = duration.truncatedTo(ChronoUnit.MILLIS);
        return whole.isZero() ? "less than 1ms" : format(whole);
    }

    /**
     * Writes a duration so that {@link #parse} reads it back equal.
     *
     * @param duration the duration
     * @return such as {@code 1h30m}
     */
    public static String format(Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            return duration.isZero() ? "0s" : duration.toString();
        }
        StringBuilder text = new StringBuilder();
        long[] parts = {
            duration.toDaysPart(),
            duration.toHoursPart(),
            duration.toMinutesPart(),
            duration.toSecondsPart(),
            duration.toMillisPart(),
            duration.toNanosPart() / 1_000 % 1_000,
            duration.toNanosPart() % 1_000
        };
        for (int unit = 0; unit < parts.length; unit++) {
            if (parts[unit] != 0) {
                text.append(parts[unit]).append(NAMES[unit]);
            }
        }
        return text.toString();
    }
}
