package io.github.twatcache.disk.diskcache;

import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes that stand for a Java value, which Python sees as bytes and may copy to another key or directory:
 *
 * <pre>
 * f5 t w a t 0d 0a 01   the mark and its version
 * n name*n              the codec's id, ASCII
 * sum                   XXH3-64 of the codec's id and bytes, 8 bytes, little-endian
 * body                  what the codec wrote
 * </pre>
 *
 * @param codec the codec's id
 * @param body what it wrote; null where the checksum does not fit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Marked(String codec, byte @Nullable [] body) {
    private static final byte[] MARK = {(byte) 0xF5, 't', 'w', 'a', 't', '\r', '\n', 1};
    private static final int LONGEST_NAME = 127;

    static boolean is(byte[] bytes) {
        return bytes.length >= MARK.length && Arrays.equals(bytes, 0, MARK.length, MARK, 0, MARK.length);
    }

    static byte[] wrap(String codec, byte[] body) {
        byte[] name = codec.getBytes(StandardCharsets.US_ASCII);
        if (name.length > LONGEST_NAME) {
            throw new IllegalArgumentException("the id of a codec has at most 127 characters");
        }
        return ByteBuffer.allocate(MARK.length + 1 + name.length + Long.BYTES + body.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARK)
                .put((byte) name.length)
                .put(name)
                .putLong(sum(name, body))
                .put(body)
                .array();
    }

    /** Reads marked bytes; nothing in them is believed. */
    static Marked read(byte[] bytes) {
        ByteBuffer buffer =
                ByteBuffer.wrap(bytes, MARK.length, bytes.length - MARK.length).order(ByteOrder.LITTLE_ENDIAN);
        int length = buffer.hasRemaining() ? buffer.get() : -1;
        if (length < 0 || buffer.remaining() < length + Long.BYTES) {
            return new Marked("", null);
        }
        byte[] name = new byte[length];
        buffer.get(name);
        long sum = buffer.getLong();
        byte[] body = new byte[buffer.remaining()];
        buffer.get(body);
        String codec = new String(name, StandardCharsets.US_ASCII);
        return new Marked(codec, sum(name, body) == sum ? body : null);
    }

    private static long sum(byte[] name, byte[] body) {
        return Seal.mix(Hashing.xxh3_64().hashBytesToLong(name))
                ^ Hashing.xxh3_64().hashBytesToLong(body);
    }
}
