package io.github.twatcache.key;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Bytes that sort as keys do, one form for each type whose natural order agrees with equality or can be made to. Each
 * begins with a byte that tells the form, so that keys of several types in one cache stay apart; what has no form of its own
 * comes last.
 *
 * <p>Numbers are written big-endian with the sign bit flipped; floating point as its bits, all of them flipped where it is
 * negative, so that -0.0 is before 0.0 and NaN comes last, as {@link Double#compare} has it. Strings are their UTF-16 code units, big-endian.
 * Decimals are sign, exponent and digits, then the scale, since 1.0 and 1.00 are two keys.
 */
final class SortingBytes {
    /** Begins keys that have no form of their own: their canonical encoding follows. */
    private static final int OTHER = 0xFF;

    private static final List<Form<?>> FORMS = List.of(
            new Form<>(Boolean.class, (out, v) -> out.put((byte) (v ? 1 : 0))),
            new Form<>(Byte.class, (out, v) -> out.putLong(flipped(v))),
            new Form<>(Short.class, (out, v) -> out.putLong(flipped(v))),
            new Form<>(Character.class, (out, v) -> out.putChar(v)),
            new Form<>(Integer.class, (out, v) -> out.putLong(flipped(v))),
            new Form<>(Long.class, (out, v) -> out.putLong(flipped(v))),
            new Form<>(Float.class, (out, v) -> out.putLong(real(v))),
            new Form<>(Double.class, (out, v) -> out.putLong(real(v))),
            new Form<>(Instant.class, SortingBytes::instant),
            new Form<>(
                    Duration.class,
                    (out, v) -> out.putLong(flipped(v.getSeconds())).putInt(v.getNano())),
            new Form<>(LocalDate.class, (out, v) -> out.putLong(flipped(v.toEpochDay()))),
            new Form<>(LocalTime.class, (out, v) -> out.putLong(v.toNanoOfDay())),
            new Form<>(LocalDateTime.class, SortingBytes::local),
            new Form<>(OffsetDateTime.class, (out, v) -> {
                instant(out, v.toInstant());
                local(out, v.toLocalDateTime());
            }),
            new Form<>(Year.class, (out, v) -> out.putLong(flipped(v.getValue()))),
            new Form<>(
                    YearMonth.class,
                    (out, v) -> out.putLong(flipped(v.getYear())).put((byte) v.getMonthValue())));

    /** The longest of the forms above: an instant and a date with its time, and the first byte. */
    private static final int LONGEST = 1 + 12 + 16;

    private SortingBytes() {}

    /** How one type is written. */
    private record Form<T>(Class<T> type, BiConsumer<ByteBuffer, T> writer) {
        void write(ByteBuffer out, Object key) {
            writer.accept(out, type.cast(key));
        }
    }

    /** The bytes of a key that has a form; empty for one that has none. */
    static Optional<byte[]> of(Object key) {
        int first = 1;
        for (Form<?> form : FORMS) {
            if (form.type == key.getClass()) {
                ByteBuffer out = ByteBuffer.allocate(LONGEST).put((byte) first);
                form.write(out, key);
                byte[] bytes = new byte[out.position()];
                out.flip().get(bytes);
                return Optional.of(bytes);
            }
            first++;
        }
        if (key instanceof String text) {
            ByteBuffer out =
                    ByteBuffer.allocate(1 + Character.BYTES * text.length()).put((byte) first);
            out.asCharBuffer().put(text);
            return Optional.of(out.array());
        }
        // A subclass of these may compare by something else.
        if (key.getClass() == BigInteger.class) {
            return Optional.of(decimal(first + 1, new BigDecimal((BigInteger) key)));
        }
        return key.getClass() == BigDecimal.class
                ? Optional.of(decimal(first + 2, (BigDecimal) key))
                : Optional.empty();
    }

    /** The bytes of a key that has no form. */
    static byte[] other(byte[] canonical) {
        return ByteBuffer.allocate(1 + canonical.length)
                .put((byte) OTHER)
                .put(canonical)
                .array();
    }

    private static long flipped(long value) {
        return value ^ Long.MIN_VALUE;
    }

    private static long real(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits < 0 ? ~bits : flipped(bits);
    }

    private static void instant(ByteBuffer out, Instant instant) {
        out.putLong(flipped(instant.getEpochSecond())).putInt(instant.getNano());
    }

    private static void local(ByteBuffer out, LocalDateTime time) {
        out.putLong(flipped(time.toLocalDate().toEpochDay()))
                .putLong(time.toLocalTime().toNanoOfDay());
    }

    private static byte[] decimal(int first, BigDecimal value) {
        BigDecimal shortest = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        byte[] digits = shortest.unscaledValue().abs().toString().getBytes(StandardCharsets.US_ASCII);
        long exponent = (long) shortest.precision() - shortest.scale();
        ByteBuffer out = ByteBuffer.allocate(1 + 1 + Long.BYTES + digits.length + 1 + Long.BYTES)
                .put((byte) first)
                .put((byte) (1 + value.signum()));
        // More digits are a greater number, or a less one below zero: so the end of the digits is less, or greater,
        // than any.
        int flip = value.signum() < 0 ? 0xFF : 0;
        out.putLong(value.signum() < 0 ? ~flipped(exponent) : flipped(exponent));
        for (byte digit : digits) {
            out.put((byte) (digit ^ flip));
        }
        out.put((byte) flip);
        return out.putLong(flipped(value.scale())).array();
    }
}
