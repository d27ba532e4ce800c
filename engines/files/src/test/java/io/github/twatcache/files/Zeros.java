package io.github.twatcache.files;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Compressor;
import java.util.Arrays;
import java.util.Optional;

/** A compressor for what ends in zeros; at level 1 it keeps a thousand of them. */
final class Zeros implements Compressor {
    private final int level;

    Zeros() {
        this(2);
    }

    private Zeros(int level) {
        this.level = level;
    }

    @Override
    public Optional<Levels> levels() {
        return Optional.of(new Levels(1, 2));
    }

    @Override
    public Compressor at(int other) {
        return new Zeros(other);
    }

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
        return Arrays.copyOf(bytes, level == 1 ? Math.min(bytes.length, length + 1_000) : length);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (length > expected) {
            throw new SerializationException("longer than it was");
        }
        return Arrays.copyOf(Arrays.copyOfRange(bytes, offset, offset + length), expected);
    }
}
