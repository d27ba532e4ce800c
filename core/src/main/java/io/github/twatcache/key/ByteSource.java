package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Bytes that are being read, in little-endian order. Nothing is believed: a length is compared with the bytes that are
 * left before anything of that length is made.
 */
final class ByteSource {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final byte[] bytes;
    private final int end;
    private int at;

    /** Reads an array up to an end, which is not behind the array's own. */
    ByteSource(byte[] bytes, int end) {
        this.bytes = bytes;
        this.end = end;
    }

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    int remaining() {
        return end - at;
    }

    int u8() {
        return bytes[claim(1)] & 0xFF;
    }

    short i16() {
        return (short) SHORT.get(bytes, claim(Short.BYTES));
    }

    int i32() {
        return (int) INT.get(bytes, claim(Integer.BYTES));
    }

    long i64() {
        return (long) LONG.get(bytes, claim(Long.BYTES));
    }

    /** Reads a number as {@link ByteSink#length} writes it, in no more bytes than it needs. */
    int length() {
        long value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next <= 0x7F) {
                if (value > Integer.MAX_VALUE || (next == 0 && shift > 0)) {
                    throw damaged("a length is malformed");
                }
                return (int) value;
            }
        }
        throw damaged("a length is malformed");
    }

    /**
     * Reads the length of something.
     *
     * @param unit the bytes that each part of it takes at least
     */
    int length(int unit) {
        int length = length();
        if ((long) length * unit > remaining()) {
            throw damaged("a length exceeds the bytes");
        }
        return length;
    }

    byte[] block() {
        int length = length(1);
        int from = claim(length);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    String text() {
        return text(u8());
    }

    String text(int tag) {
        if (tag == Tag.STRING8) {
            int length = length(1);
            return new String(bytes, claim(length), length, StandardCharsets.ISO_8859_1);
        }
        if (tag != Tag.STRING16) {
            throw damaged("a string was expected");
        }
        char[] units = new char[length(Character.BYTES)];
        next(units.length * (long) Character.BYTES).asCharBuffer().get(units);
        return new String(units);
    }

    ByteBuffer next(long count) {
        int from = claim(count);
        return ByteBuffer.wrap(bytes, from, (int) count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Skips bytes that are expected, and tells whether they were there. */
    boolean skip(byte[] expected, int from) {
        int length = expected.length - from;
        if (length > remaining() || !Arrays.equals(bytes, at, at + length, expected, from, expected.length)) {
            return false;
        }
        at += length;
        return true;
    }

    SerializationException damaged(String what) {
        return new SerializationException(
                "the bytes are damaged, %s at byte %d of %d; compute the value anew".formatted(what, at, end));
    }

    private int claim(long count) {
        if (count > remaining()) {
            throw damaged("they end too early");
        }
        int from = at;
        at += (int) count;
        return from;
    }
}
