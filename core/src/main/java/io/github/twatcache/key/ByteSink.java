package io.github.twatcache.key;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bytes that are being written, in little-endian order. */
final class ByteSink {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);
    private static final int INITIAL = 64;
    private static final int LARGEST = Integer.MAX_VALUE - 8;

    private byte[] bytes = new byte[INITIAL];
    private int size;

    private static VarHandle view(Class<?> array) {
        return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.LITTLE_ENDIAN);
    }

    int size() {
        return size;
    }

    /** What was written; nothing more is to be. */
    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }

    ByteSink u8(int value) {
        int at = claim(1);
        bytes[at] = (byte) value;
        return this;
    }

    ByteSink i16(int value) {
        int at = claim(Short.BYTES);
        SHORT.set(bytes, at, (short) value);
        return this;
    }

    ByteSink i32(int value) {
        int at = claim(Integer.BYTES);
        INT.set(bytes, at, value);
        return this;
    }

    ByteSink i64(long value) {
        int at = claim(Long.BYTES);
        LONG.set(bytes, at, value);
        return this;
    }

    /** Writes a length: seven bits a byte, the lowest first, the high bit on all but the last. */
    ByteSink length(int value) {
        int rest = value;
        while (rest > 0x7F) {
            u8((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        return u8(rest);
    }

    ByteSink raw(byte[] content) {
        int at = claim(content.length);
        System.arraycopy(content, 0, bytes, at, content.length);
        return this;
    }

    ByteSink block(byte[] content) {
        return length(content.length).raw(content);
    }

    /** Writes a string by its UTF-16 code units; in one byte each where that is enough for all of them. */
    ByteSink text(String text) {
        int n = text.length();
        boolean narrow = true;
        for (int i = 0; i < n && narrow; i++) {
            narrow = text.charAt(i) <= 0xFF;
        }
        u8(narrow ? Tag.STRING8 : Tag.STRING16).length(n);
        if (narrow) {
            int at = claim(n);
            for (int i = 0; i < n; i++) {
                bytes[at + i] = (byte) text.charAt(i);
            }
        } else {
            int at = claim((long) n * Character.BYTES);
            for (int i = 0; i < n; i++) {
                SHORT.set(bytes, at + i * Character.BYTES, (short) text.charAt(i));
            }
        }
        return this;
    }

    /** Claims the next bytes for somebody who fills them at once. */
    ByteBuffer next(long count) {
        int at = claim(count);
        return ByteBuffer.wrap(bytes, at, (int) count).slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Puts the parts at the end into the order of their bytes, unsigned.
     *
     * @param start where the first part begins
     * @param ends where each part ends and the next begins; the last ends at {@link #size()}
     */
    void sort(int start, int[] ends) {
        if (ends.length < 2) {
            return;
        }
        Integer[] order = new Integer[ends.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(
                order,
                (a, b) -> Arrays.compareUnsigned(
                        bytes, begin(start, ends, a), ends[a], bytes, begin(start, ends, b), ends[b]));
        byte[] unsorted = Arrays.copyOfRange(bytes, start, size);
        int at = start;
        for (int part : order) {
            int from = begin(start, ends, part);
            int length = ends[part] - from;
            System.arraycopy(unsorted, from - start, bytes, at, length);
            at += length;
        }
    }

    private static int begin(int start, int[] ends, int part) {
        return part == 0 ? start : ends[part - 1];
    }

    private int claim(long count) {
        int at = size;
        long needed = at + count;
        if (needed > bytes.length) {
            grow(needed);
        }
        size = (int) needed;
        return at;
    }

    private void grow(long needed) {
        if (needed > LARGEST) {
            throw Refusal.of("the encoding is larger than 2 GiB", "pass or return something smaller");
        }
        // A large array fits exactly, so that one which is all there is need not be copied again at the end.
        bytes = Arrays.copyOf(bytes, (int) Math.min(LARGEST, Math.max(needed, bytes.length * 2L)));
    }
}
