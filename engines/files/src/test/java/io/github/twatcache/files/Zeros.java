package io.github.twatcache.files;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Compressor;
import java.util.Arrays;

/** A compressor for what ends in zeros. */
final class Zeros implements Compressor {
    @Override
    public String name() {
        return "zeros";
    }

    @Override
    public byte[] compress(byte[] bytes) {
        int length = bytes.length;
        while (length > 0 && bytes[length - 1] == 0) {
            length--;
        }
        return Arrays.copyOf(bytes, length);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (length > expected) {
            throw new SerializationException("longer than it was");
        }
        return Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), expected);
    }
}
