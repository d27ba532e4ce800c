package io.github.twatcache.testkit.generate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.BitSet;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Draws values that hold no others, and arrays. Small ranges, so that likenesses are frequent. */
final class Scalars {
    private static final String[] TEXTS = {
        "", " ", "1", "true", "null", "a", "a b", "b", "\u00e9", "\u0130", "\ud800", "\0"
    };
    private static final double[] DOUBLES = {
        0.0, -0.0, 1.0, -1.0, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY
    };
    private static final ZoneId[] ZONES = {
        ZoneId.of("UTC"), ZoneId.of("Europe/Berlin"), ZoneOffset.UTC, ZoneOffset.ofHours(1)
    };
    private static final Samples.Suit[] SUITS = Samples.Suit.values();
    private static final Class<?>[] CLASSES = {
        int.class, Integer.class, int[].class, Integer[].class, Samples.Suit.class
    };

    private static final List<Function<SplittableRandom, @Nullable Object>> DRAWS = List.of(
            r -> null,
            SplittableRandom::nextBoolean,
            r -> (byte) r.nextInt(4),
            r -> (short) r.nextInt(4),
            r -> (char) ('0' + r.nextInt(4)),
            r -> r.nextInt(4),
            r -> (long) r.nextInt(4),
            r -> (float) one(r),
            Scalars::one,
            Scalars::text,
            SplittableRandom::nextInt,
            SplittableRandom::nextLong,
            r -> BigInteger.valueOf(r.nextInt(4)).shiftLeft(r.nextInt(70)),
            r -> new BigDecimal(BigInteger.valueOf(r.nextInt(4)), r.nextInt(-1, 3)),
            r -> SUITS[r.nextInt(3)],
            r -> new Samples.Point(r.nextInt(3), one(r)),
            r -> CLASSES[r.nextInt(CLASSES.length)],
            r -> new UUID(r.nextInt(2), r.nextInt(2)),
            r -> URI.create("a:" + r.nextInt(3)),
            r -> Path.of("p" + r.nextInt(3)),
            r -> new Locale("de", r.nextBoolean() ? "DE" : "AT"),
            r -> Currency.getInstance(r.nextBoolean() ? "EUR" : "USD"),
            r -> r.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII,
            r -> Pattern.compile("a", r.nextInt(3)),
            r -> BitSet.valueOf(new long[] {r.nextInt(4), r.nextInt(2)}),
            r -> r.nextBoolean() ? OptionalInt.empty() : OptionalInt.of(r.nextInt(2)),
            r -> r.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(r.nextInt(2)),
            r -> r.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(one(r)),
            r -> Instant.ofEpochSecond(r.nextInt(3), r.nextInt(3)),
            r -> Duration.ofSeconds(r.nextInt(3), r.nextInt(3)),
            r -> Period.of(r.nextInt(2), r.nextInt(2), r.nextInt(2)),
            Scalars::date,
            Scalars::time,
            r -> LocalDateTime.of(date(r), time(r)),
            r -> OffsetTime.of(time(r), offset(r)),
            r -> OffsetDateTime.of(date(r), time(r), offset(r)),
            r -> ZonedDateTime.of(date(r), time(r), zone(r)),
            r -> Year.of(r.nextInt(4)),
            r -> YearMonth.of(r.nextInt(3), 1 + r.nextInt(2)),
            r -> MonthDay.of(1 + r.nextInt(2), 1 + r.nextInt(2)),
            Scalars::zone,
            r -> new boolean[] {r.nextBoolean()},
            r -> new byte[] {(byte) r.nextInt(3)},
            r -> new short[] {(short) r.nextInt(3)},
            r -> new char[] {(char) r.nextInt(3)},
            r -> r.ints(r.nextInt(4), 0, 3).toArray(),
            r -> r.longs(r.nextInt(3), 0, 3).toArray(),
            r -> new float[] {(float) one(r)},
            r -> new double[] {one(r), one(r)},
            r -> new String[] {text(r), text(r)},
            r -> new Integer[] {r.nextInt(3)},
            r -> new int[][] {r.ints(r.nextInt(3), 0, 2).toArray(), {}},
            r -> new int[r.nextInt(2)][],
            r -> new Samples.Suit[] {Samples.Suit.CLUBS});

    private Scalars() {}

    static @Nullable Object draw(SplittableRandom random) {
        return DRAWS.get(random.nextInt(DRAWS.size())).apply(random);
    }

    static String text(SplittableRandom random) {
        String text = TEXTS[random.nextInt(TEXTS.length)];
        return random.nextInt(4) == 0 ? text + TEXTS[random.nextInt(TEXTS.length)] : text;
    }

    private static double one(SplittableRandom random) {
        return DOUBLES[random.nextInt(DOUBLES.length)];
    }

    private static LocalDate date(SplittableRandom random) {
        return LocalDate.of(2024, 1 + random.nextInt(2), 1 + random.nextInt(2));
    }

    private static LocalTime time(SplittableRandom random) {
        return LocalTime.of(random.nextInt(2), random.nextInt(2), random.nextInt(2), random.nextInt(2));
    }

    private static ZoneOffset offset(SplittableRandom random) {
        return ZoneOffset.ofHours(random.nextInt(2));
    }

    private static ZoneId zone(SplittableRandom random) {
        return ZONES[random.nextInt(ZONES.length)];
    }
}
