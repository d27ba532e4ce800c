package io.github.twatcache.compress;

import com.github.luben.zstd.Zstd;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Compressor;

/**
 * The compressor {@value #NAME}: Zstandard at level 3, by libzstd. Small, and fast enough for most values. A frame holds its
 * length, without which none is read.
 */
public final class Zstandard implements Compressor {
    /** The compressor's name. */
    public static final String NAME = "zstd";

    /** Creates the compressor; {@link java.util.ServiceLoader} does. */
    public Zstandard() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> Zstd.class, "com.github.luben:zstd-jni");
    }

    @Override
    public byte[] compress(byte[] bytes) {
        return ZstdFrames.compress(bytes);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        return ZstdFrames.decompress(bytes, offset, length, expected);
    }
}
