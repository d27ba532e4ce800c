package io.github.twatcache.disk.store;

import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.Hashing;

/**
 * The checksum of an entry: 64 bits over its key, mode, value and terms. It is the exclusive or of two parts, so that the
 * terms can change, as a touch does, without reading the value.
 */
final class Seal {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private Seal() {}

    /** What finds a key: its XXH3-64. */
    static long find(byte[] key) {
        return Hashing.xxh3_64().hashBytesToLong(key);
    }

    /** The part over key, mode and value. */
    static long content(long find, int keyLength, int mode, byte[] value) {
        return content(find, keyLength, mode, value, value.length);
    }

    /** The same over a value at the beginning of an array. */
    static long content(long find, int keyLength, int mode, byte[] bytes, int length) {
        return sum(find, keyLength, mode, Hashing.xxh3_64().hashBytesToLong(bytes, 0, length), length);
    }

    /** The same over a value of which only its XXH3-64 and its length are at hand. */
    static long sum(long find, int keyLength, int mode, long hash, long length) {
        long sum = mix(hash + find * GOLDEN);
        return mix(sum ^ ((long) mode << 32 | keyLength)) + length;
    }

    /** What takes a value's bytes one after the other, for its XXH3-64. */
    static HashStream64 hash() {
        return Hashing.xxh3_64().hashStream();
    }

    /** The part over the terms, and over where the entry belongs. */
    static long terms(long id, long life, Lifetime lifetime) {
        long sum = mix(id + GOLDEN);
        sum = mix(sum ^ life * GOLDEN);
        sum = mix(sum ^ lifetime.fresh());
        sum = mix(sum ^ lifetime.kept());
        sum = mix(sum ^ lifetime.until());
        return lifetime.late() == null ? sum : mix(sum ^ Hashing.xxh3_64().hashBytesToLong(lifetime.tail()));
    }

    /** Whether a row and its value are as they were written: what finds the key is that key's, and the checksum fits. */
    static boolean whole(Row row, byte[] value) {
        long find = find(row.key());
        return find == row.find()
                && row.sum()
                        == (content(find, row.key().length, row.mode(), value)
                                ^ terms(row.id(), row.life(), row.lifetime()));
    }

    /** The finalizer of SplittableRandom's generator: one to one, and each bit moves half of the others. */
    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }
}
