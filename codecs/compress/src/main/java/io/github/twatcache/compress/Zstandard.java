package io.github.twatcache.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import io.github.twatcache.spi.Compressor;

/**
 * The compressor {@value #NAME}: Zstandard at level 3, by libzstd. Small, and fast enough for most values. A frame holds its
 * length, without which none is read.
 */
public final class Zstandard implements Compressor {
    /** The compressor's name. */
    public static final String NAME = "zstd";

    private static final int LEVEL = 3;
    /** The smallest block, a byte that is repeated, takes 4 bytes and gives at most 128 KiB. */
    private static final long MOST_FROM_A_BYTE = (128 << 10) / 4;

    /** Creates the compressor; {@link java.util.ServiceLoader} does. */
    public Zstandard() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] compress(byte[] bytes) {
        return Zstd.compress(bytes, LEVEL);
    }

    @Override
    public byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (expected < 0
                || expected > length * MOST_FROM_A_BYTE
                || Zstd.getFrameContentSize(bytes, offset, length) != expected) {
            throw Damage.of(NAME, null);
        }
        byte[] out = new byte[expected];
        long written;
        try {
            written = Zstd.decompressByteArray(out, 0, expected, bytes, offset, length);
        } catch (ZstdException damaged) {
            throw Damage.of(NAME, damaged);
        }
        if (Zstd.isError(written) || written != expected) {
            throw Damage.of(NAME, null);
        }
        return out;
    }
}
