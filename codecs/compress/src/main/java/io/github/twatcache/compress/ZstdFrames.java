package io.github.twatcache.compress;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;

/** What {@link Zstandard} does; apart from it, so that it can be asked whether the library is there. */
final class ZstdFrames {
    /** The smallest block, a byte that is repeated, takes 4 bytes and gives at most 128 KiB. */
    private static final long MOST_FROM_A_BYTE = (128 << 10) / 4;

    private ZstdFrames() {}

    static byte[] compress(byte[] bytes, int level) {
        return Zstd.compress(bytes, level);
    }

    static byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (expected < 0
                || expected > length * MOST_FROM_A_BYTE
                || Zstd.getFrameContentSize(bytes, offset, length) != expected) {
            throw Damage.of(Zstandard.NAME, null);
        }
        byte[] out = new byte[expected];
        long written;
        try {
            written = Zstd.decompressByteArray(out, 0, expected, bytes, offset, length);
        } catch (ZstdException damaged) {
            throw Damage.of(Zstandard.NAME, damaged);
        }
        if (Zstd.isError(written) || written != expected) {
            throw Damage.of(Zstandard.NAME, null);
        }
        return out;
    }
}
