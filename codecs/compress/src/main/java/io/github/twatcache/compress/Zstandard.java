package io.github.twatcache.compress;

import com.github.luben.zstd.Zstd;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Compressor;
import java.util.Optional;

/**
 * The compressor {@value #NAME}: Zstandard by libzstd, at level 3 or the one that is set. Small, and fast enough for most values. A frame holds its
 * length, without which none is read.
 */
public final class Zstandard implements Compressor {
    /** The compressor's name. */
    public static final String NAME = "zstd";

    private static final int LEVEL = 3;
    private static final int MOST = 22;

    private final int level;

    /** Creates the compressor; {@link java.util.ServiceLoader} does. */
    public Zstandard() {
        this(LEVEL);
    }

    private Zstandard(int level) {
        this.level = level;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Availability availability() {
        return Availability.needing(() -> Zstd.class, "com.github.luben:zstd-jni");
    }

    @Override
    public Optional<Levels> levels() {
        return Optional.of(new Levels(1, MOST));
    }

    @Override
    public Compressor at(int other) {
        return new Zstandard(other);
    }

    @Override
    public byte[] compress(byte[] bytes) {
        return ZstdFrames.compress(bytes, level);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        return ZstdFrames.decompress(bytes, offset, length, expected);
    }
}
