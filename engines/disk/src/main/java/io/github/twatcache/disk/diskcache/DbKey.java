package io.github.twatcache.disk.diskcache;

import com.dynatrace.hash4j.hashing.Hashing;
import io.github.twatcache.disk.sqlite.Prepared;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.zip.Adler32;

/**
 * A key as it stands in a row: text, an integer or a blob.
 *
 * @param content a {@link String}, a {@link Long} or a {@code byte[]}
 */
record DbKey(Object content) {
    /** Python's {@code 0xFFFFFFFF}. */
    private static final long MASK = 0xFFFF_FFFFL;

    void bind(Prepared statement, int index) throws SQLException {
        if (content instanceof String text) {
            statement.setString(index, text);
        } else if (content instanceof Long number) {
            statement.setLong(index, number);
        } else {
            statement.setBytes(index, (byte[]) content);
        }
    }

    /** Which of so many shards has it: {@code Disk.hash(key) % shards} of Python. */
    int shard(int shards) {
        if (shards == 1) {
            return 0;
        }
        // Python's modulus is never negative.
        long hash = content instanceof Long number ? Math.floorMod(number, MASK) : adler();
        return (int) (hash % shards);
    }

    private long adler() {
        Adler32 adler = new Adler32();
        adler.update(bytes());
        return adler.getValue();
    }

    private byte[] bytes() {
        return content instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) content;
    }

    /** 64 bits that tell it from others, of its own type and of the other two. */
    long digest() {
        if (content instanceof Long number) {
            return Seal.mix(number + 1);
        }
        long hash = Hashing.xxh3_64().hashBytesToLong(bytes());
        return Seal.mix(hash ^ (content instanceof String ? 2 : 3));
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof DbKey key)) {
            return false;
        }
        return content instanceof byte[] mine
                ? key.content instanceof byte[] its && Arrays.equals(mine, its)
                : content.equals(key.content);
    }

    @Override
    public int hashCode() {
        return content instanceof byte[] mine ? Arrays.hashCode(mine) : content.hashCode();
    }

    /** Says nothing of the key itself. */
    @Override
    public String toString() {
        return Long.toHexString(digest());
    }
}
