package io.github.twatcache.disk.diskcache;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The checksum of a value that this library has written: 63 bits over key, mode, file name and content, and one that says in
 * which column the row shows that nobody has overwritten it.
 *
 * <p>Python writes its own columns and leaves ours as they were, so a checksum counts only while the row is still the one
 * that it was made for. Two things must hold. {@code store_time} must be what it was, which we keep beside the sum. And,
 * since Python takes the time before it waits for the lock and so may come to the very same {@code store_time}, the row must
 * show a mark that each of its overwrites takes away: they set {@code access_time} to {@code store_time}, and
 * {@code access_count} to 0. Where uses change the one column, the mark is in the other.
 *
 * <p>Numbers have no checksum: Python's {@code incr} changes them in place.
 */
final class Seal {
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private Seal() {}

    /** The checksum of a content; null for one that has none. */
    static @Nullable Long sum(
            DbKey key, int mode, @Nullable String filename, @Nullable Object content, boolean markedByCount) {
        long hash;
        if (content instanceof String text) {
            hash = text(text);
        } else if (content instanceof byte[] bytes) {
            hash = Hashing.xxh3_64().hashBytesToLong(bytes) + 1;
        } else {
            return null;
        }
        hash = mix(hash + key.digest() * GOLDEN) ^ mode;
        hash = mix(hash ^ (filename == null ? 0 : text(filename)));
        return (hash & ~1L) | (markedByCount ? 1 : 0);
    }

    private static long text(String text) {
        return Hashing.xxh3_64().hashBytesToLong(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the checksum in a row was made for it as it is now. */
    static boolean holds(Row row) {
        Long sum = row.sum();
        return sum != null
                && row.sumStored() == row.storeTime()
                && ((sum & 1) == 1 ? row.accessCount() != 0 : row.accessTime() != row.storeTime());
    }

    /** The finalizer of SplittableRandom's generator: one to one, and each bit moves half of the others. */
    static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }
}
