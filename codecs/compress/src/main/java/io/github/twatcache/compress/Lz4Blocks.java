package io.github.twatcache.compress;

import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** What {@link Lz4} does; apart from it, so that it can be asked whether the library is there. */
final class Lz4Blocks {
    /** A sequence gives at most 255 bytes for each of its own, after a first one that gives a few more. */
    private static final long MOST_FROM_A_BYTE = 255;

    private static final int MOST_AT_FIRST = 64;

    private Lz4Blocks() {}

    static byte[] compress(byte[] bytes) {
        return LZ4Factory.fastestInstance().fastCompressor().compress(bytes);
    }

    static byte[] decompress(byte[] bytes, int offset, int length, int expected) {
        if (expected < 0 || expected > length * MOST_FROM_A_BYTE + MOST_AT_FIRST) {
            throw Damage.of(Lz4.NAME, null);
        }
        byte[] out = new byte[expected];
        LZ4SafeDecompressor safe = LZ4Factory.fastestInstance().safeDecompressor();
        int written;
        try {
            written = safe.decompress(bytes, offset, length, out, 0, expected);
        } catch (LZ4Exception damaged) {
            throw Damage.of(Lz4.NAME, damaged);
        }
        if (written != expected) {
            throw Damage.of(Lz4.NAME, null);
        }
        return out;
    }
}
