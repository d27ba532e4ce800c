package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Bytes sort as keys do, and are equal exactly when keys are: tried with the keys' own compareTo and equals. */
class SortingBytesTest {
    private final SplittableRandom random = new SplittableRandom(20_260_101);

    private <T extends Comparable<? super T>> void sortsAs(Supplier<T> keys) {
        for (int i = 0; i < 20_000; i++) {
            T a = keys.get();
            T b = keys.get();
            int order = Arrays.compareUnsigned(bytes(a), bytes(b));
            if (a.compareTo(b) != 0) {
                assertThat(Integer.signum(order)).as("%s and %s", a, b).isEqualTo(Integer.signum(a.compareTo(b)));
            }
            assertThat(order == 0).as("%s and %s", a, b).isEqualTo(a.equals(b));
        }
    }

    private static byte[] bytes(Object key) {
        return SortingBytes.of(key).orElseThrow();
    }

    private long anyLong() {
        return random.nextLong() >> random.nextInt(64);
    }

    private double anyDouble() {
        return switch (random.nextInt(8)) {
            case 0 -> 0.0;
            case 1 -> -0.0;
            case 2 -> Double.NaN;
            case 3 -> Double.POSITIVE_INFINITY;
            case 4 -> Double.NEGATIVE_INFINITY;
            case 5 -> Double.longBitsToDouble(random.nextLong());
            default -> random.nextInt(-5, 5) / 4.0;
        };
    }

    private String anyString() {
        char[] chars = new char[random.nextInt(5)];
        char[] alphabet = {
            '\0', '\1', 'a', 'b', 'z', '\u007f', '\u0080', '\u00ff', '\u0100', '\ud800', '\udc00', '\uffff'
        };
        for (int i = 0; i < chars.length; i++) {
            chars[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return new String(chars);
    }

    private Instant anyInstant() {
        return Instant.ofEpochSecond(random.nextLong(-3, 3), random.nextInt(1_000_000_000));
    }

    private LocalDateTime anyTime() {
        return LocalDateTime.ofInstant(anyInstant(), ZoneOffset.ofHours(random.nextInt(-2, 3)));
    }

    @Test
    void numbers() {
        sortsAs(() -> (byte) anyLong());
        sortsAs(() -> (short) anyLong());
        sortsAs(() -> (char) anyLong());
        sortsAs(() -> (int) anyLong());
        sortsAs(this::anyLong);
        sortsAs(this::anyDouble);
        sortsAs(() -> (float) anyDouble());
        sortsAs(() -> random.nextBoolean());
    }

    @Test
    void bigNumbers() {
        sortsAs(() -> BigInteger.valueOf(anyLong()).multiply(BigInteger.valueOf(anyLong())));
        sortsAs(() -> BigDecimal.valueOf(anyLong() % 2_000, random.nextInt(-4, 5)));
        sortsAs(() -> new BigDecimal(BigInteger.valueOf(anyLong()), random.nextInt(-4, 5)));
        assertThat(Arrays.compareUnsigned(bytes(new BigDecimal("1.0")), bytes(new BigDecimal("1.00"))))
                .isNotZero();
    }

    @Test
    void strings() {
        sortsAs(this::anyString);
    }

    @Test
    void times() {
        sortsAs(this::anyInstant);
        sortsAs(() -> Duration.between(anyInstant(), anyInstant()));
        sortsAs(() -> LocalDate.ofEpochDay(anyLong() % 300_000_000_000L));
        sortsAs(() -> LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L) >> random.nextInt(40)));
        sortsAs(this::anyTime);
        sortsAs(() -> OffsetDateTime.of(anyTime(), ZoneOffset.ofHours(random.nextInt(-2, 3))));
        sortsAs(() -> Year.of((int) anyLong() % 1_000_000));
        sortsAs(() -> YearMonth.of((int) anyLong() % 1_000, random.nextInt(1, 13)));
    }

    @Test
    void types_apart() {
        List<Object> ones =
                List.of((byte) 1, (short) 1, (char) 1, 1, 1L, 1f, 1.0, "1", BigInteger.ONE, BigDecimal.ONE, true);
        assertThat(ones.stream().map(one -> Arrays.toString(bytes(one))).distinct())
                .hasSize(ones.size());
        assertThat(SortingBytes.of(List.of(1))).isEmpty();
        assertThat(SortingBytes.other(new byte[0])[0]).isEqualTo((byte) 0xFF);
    }
}
