package io.github.twatcache.key;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;

/** Writes large content as its digest: what it is, how long, and the digest of its little-endian bytes. */
final class BulkDigest {
    /** Small enough to stay in the first-level cache of a core between being copied and being hashed. */
    private static final int CHUNK = 16 * 1024;

    private BulkDigest() {}

    /** Takes the bytes of the content, in parts. */
    private interface Hash {
        void update(byte[] bytes, int length);
    }

    static void write(Bulk bulk, Object content, KeyDigest digest, ByteSink to) {
        int count = bulk.count(content);
        if (digest == KeyDigest.SHA_256) {
            MessageDigest sha256 = Digest.sha256();
            feed(bulk, content, count, (bytes, length) -> sha256.update(bytes, 0, length));
            to.u8(Tag.SHA_256).u8(bulk.tag).length(count).raw(sha256.digest());
        } else {
            HashValue128 hash = xxh3(bulk, content, count);
            to.u8(Tag.XXH3_128).u8(bulk.tag).length(count);
            to.i64(hash.getLeastSignificantBits()).i64(hash.getMostSignificantBits());
        }
    }

    private static HashValue128 xxh3(Bulk bulk, Object content, int count) {
        if (content instanceof byte[] bytes) {
            return Hashing.xxh3_128().hashBytesTo128Bits(bytes);
        }
        HashStream128 stream = Hashing.xxh3_128().hashStream();
        feed(bulk, content, count, (bytes, length) -> stream.putBytes(bytes, 0, length));
        return stream.get();
    }

    private static void feed(Bulk bulk, Object content, int count, Hash hash) {
        byte[] chunk = new byte[CHUNK];
        ByteBuffer view = ByteBuffer.wrap(chunk).order(ByteOrder.LITTLE_ENDIAN);
        int step = CHUNK / bulk.unit;
        int from = 0;
        while (from < count) {
            int units = Math.min(step, count - from);
            bulk.get(content, from, units, view.clear());
            hash.update(chunk, units * bulk.unit);
            from += units;
        }
    }
}
