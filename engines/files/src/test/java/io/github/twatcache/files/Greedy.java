package io.github.twatcache.files;

import io.github.twatcache.spi.Compressor;

/** A compressor that has no memory for more than a few bytes. */
final class Greedy implements Compressor {
    private static final int FEW = 100;

    @Override
    public String name() {
        return "greedy";
    }

    @Override
    public byte[] compress(byte[] bytes) {
        if (bytes.length > FEW) {
            throw new OutOfMemoryError("by the test");
        }
        return bytes.clone();
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        return bytes.clone();
    }
}
