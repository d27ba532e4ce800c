package io.github.twatcache.value;

import io.github.twatcache.spi.Compressor;
import java.util.Arrays;

/**
 * A compressor that first tries it on the beginning, and leaves alone what does not become much smaller there: random
 * numbers, images, what is compressed already.
 *
 * @param with what compresses
 */
record Measuring(Compressor with) implements Compressor {
    private static final int BEGINNING = 1 << 20;

    /** Of ten bytes at most nine may be left. */
    private static final int OF = 10;

    private static final int LEFT = 9;

    @Override
    public String name() {
        return with.name();
    }

    @Override
    public byte[] compress(byte[] bytes) {
        boolean whole = bytes.length <= BEGINNING;
        byte[] beginning = whole ? bytes : Arrays.copyOf(bytes, BEGINNING);
        byte[] small = with.compress(beginning);
        if ((long) small.length * OF > (long) beginning.length * LEFT) {
            return bytes; // not smaller: stored as it is
        }
        return whole ? small : with.compress(bytes);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        return with.decompress(bytes, offset, length, expected);
    }
}
