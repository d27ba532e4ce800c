package io.github.twatcache.files.store;

import io.github.twatcache.spi.Terms;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads an {@code entry.json} as {@link Head#written} writes it of an entry that has neither a lifetime nor a weight, tags or
 * arguments, and that nobody has compressed: in one pass, since each look-up reads one. It makes no attempt at anything else,
 * which is read as JSON.
 */
final class PlainHead {
    private static final byte[] FILE = literal("{\n  \"format\": 1,\n  \"value\": {\"file\": ");
    private static final byte[] TYPE = literal(", \"type\": ");
    private static final byte[] CODEC = literal(", \"codec\": ");
    private static final byte[] LENGTH = literal(", \"length\": ");
    private static final byte[] CRC = literal(", \"crc32c\": ");
    private static final byte[] KEY = literal("},\n  \"key\": ");
    private static final byte[] ENCODED = literal(",\n  \"encoded\": ");
    private static final byte[] CREATED = literal(",\n  \"created\": ");
    private static final byte[] COST = literal(",\n  \"nanoseconds\": ");
    private static final long SECOND = 1_000_000_000L;
    private static final int LONGEST_NUMBER = 18;
    private static final int CRC_DIGITS = 8;
    private static final int SECOND_DIGITS = 19;
    private static final int NANO_DIGITS = 9;
    private static final int TEN = 10;

    /** Plain characters are below it. */
    private static final byte DELETE = 0x7F;

    private final byte[] bytes;
    private final int end;
    private int at;
    private boolean plain = true;

    private PlainHead(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    private static byte[] literal(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Whether some bytes stand at a place. */
    static boolean stands(byte[] what, byte[] bytes, int at) {
        if (at < 0 || at + what.length > bytes.length) {
            return false;
        }
        for (int i = 0; i < what.length; i++) {
            if (bytes[at + i] != what[i]) {
                return false;
            }
        }
        return true;
    }

    /** Reads one up to its seal, which is known to be right; null where it is not plain. */
    static @Nullable Head read(byte[] bytes, int end) {
        try {
            return new PlainHead(bytes, end).read();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException other) {
            return null;
        }
    }

    private @Nullable Head read() {
        need(FILE);
        String file = text();
        need(TYPE);
        String type = text();
        need(CODEC);
        String codec = text();
        need(LENGTH);
        long length = number();
        need(CRC);
        String crc = text();
        need(KEY);
        String key = text();
        String encoded = skips(ENCODED) ? text() : null;
        need(CREATED);
        String created = text();
        long cost = skips(COST) ? number() : 0;
        if (!plain || at != end || !ValueName.known(file) || crc.length() != CRC_DIGITS) {
            return null;
        }
        Stored stored = new Stored(
                file.substring(file.indexOf('.') + 1),
                type,
                codec,
                length,
                Integer.parseUnsignedInt(crc, 16),
                null,
                length);
        return new Head(
                file,
                stored,
                key,
                encoded == null ? null : Base64.getDecoder().decode(encoded),
                time(created),
                Terms.FOREVER,
                Terms.FOREVER,
                cost,
                1,
                Set.of(),
                null,
                null);
    }

    private boolean skips(byte[] what) {
        if (!plain || at + what.length > end || !stands(what, bytes, at)) {
            return false;
        }
        at += what.length;
        return true;
    }

    private void need(byte[] what) {
        plain = skips(what);
    }

    /** A text in which nothing is escaped. */
    private String text() {
        int from = at + 1;
        if (!plain || at >= end || bytes[at] != '"') {
            plain = false;
            return "";
        }
        int to = from;
        while (to < end && bytes[to] != '"' && bytes[to] != '\\' && bytes[to] >= ' ' && bytes[to] < DELETE) {
            to++;
        }
        plain = to < end && bytes[to] == '"';
        at = to + 1;
        return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }

    private long number() {
        int from = at;
        long number = 0;
        while (at < end && at - from < LONGEST_NUMBER && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * TEN + (bytes[at++] - '0');
        }
        // A number that begins with 0 is none in JSON.
        plain &= at > from && (bytes[from] != '0' || at == from + 1);
        return number;
    }

    /** Nanoseconds since 1970 of what {@link java.time.Instant} writes for the years from 0 to 9999. */
    private static long time(String text) {
        int last = text.length() - 1;
        int fraction = last - SECOND_DIGITS;
        if (fraction < 0 || text.charAt(last) != 'Z' || fraction == 1 || fraction > NANO_DIGITS + 1) {
            throw new IllegalArgumentException(text);
        }
        long nanos = 0;
        for (int i = 1; i <= NANO_DIGITS; i++) {
            nanos = nanos * TEN + (i < fraction ? digit(text, SECOND_DIGITS + i) : 0);
        }
        if (fraction > 0 && text.charAt(SECOND_DIGITS) != '.') {
            throw new IllegalArgumentException(text);
        }
        LocalDate day = LocalDate.of(digits(text, 0, '-', 4), digits(text, 5, '-', 2), digits(text, 8, 'T', 2));
        long hours = day.toEpochDay() * 24 + digits(text, 11, ':', 2);
        long minutes = hours * 60 + digits(text, 14, ':', 2);
        return Math.addExact(
                Math.multiplyExact(minutes * 60 + digits(text, 17, text.charAt(SECOND_DIGITS), 2), SECOND), nanos);
    }

    private static int digits(String text, int from, char behind, int count) {
        int number = 0;
        for (int i = from; i < from + count; i++) {
            number = number * TEN + digit(text, i);
        }
        if (text.charAt(from + count) != behind) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static int digit(String text, int at) {
        int digit = text.charAt(at) - '0';
        if (digit < 0 || digit >= TEN) {
            throw new IllegalArgumentException(text);
        }
        return digit;
    }
}
