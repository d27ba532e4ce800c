package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueCodec.Proof;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes values as bytes and reads them back; its mode names how, and stands with each entry. What came as a stream stands as
 * it came, in a mode of its own, with a tag behind it where values are signed.
 */
final class Values {
    private static final String STREAM = "stream-1";
    private static final String SIGNED_STREAM = "stream-signed-1";
    private static final byte[] NO_KEY = {};

    private final ValueCodec codec;
    private final int mode;
    private final int streamMode;

    Values(ValueCodec codec, Modes modes) {
        this(codec, modes.number(codec.id()), modes.number(streams(codec)));
    }

    /** Of a database that is only read, and may know none of the modes: no row is written in those. */
    static Values known(Link link, ValueCodec codec) throws SQLException {
        return new Values(codec, Modes.known(link, codec.id()), Modes.known(link, streams(codec)));
    }

    private static String streams(ValueCodec codec) {
        return codec.proof(NO_KEY) == null ? STREAM : SIGNED_STREAM;
    }

    private Values(ValueCodec codec, int mode, int streamMode) {
        this.codec = codec;
        this.mode = mode;
        this.streamMode = streamMode;
    }

    /** How this process writes. */
    int mode() {
        return mode;
    }

    /** How this process writes what comes as a stream. */
    int streamMode() {
        return streamMode;
    }

    /** Whether this process can read what was written in a mode. */
    boolean reads(int other) {
        return other == mode || other == streamMode;
    }

    /** What signs a stream, or sees whether it is signed; null where values are not. */
    @Nullable Proof proof(byte[] key) {
        return codec.proof(key);
    }

    byte[] encode(byte[] key, Object value) {
        return codec.encode(key, value);
    }

    Object decode(int written, byte[] key, byte[] bytes) {
        return written == streamMode ? streamed(key, bytes) : codec.decode(key, bytes);
    }

    /** Reads a value that may be in an array that is lent: it keeps nothing of that. */
    Object decode(int written, byte[] key, Filled filled) {
        return filled.lent() && written != streamMode
                ? codec.decode(key, filled.bytes(), filled.length())
                : decode(written, key, filled.own());
    }

    private byte[] streamed(byte[] key, byte[] bytes) {
        Proof proof = codec.proof(key);
        if (proof == null) {
            return bytes;
        }
        int length = bytes.length - Proof.TAG_BYTES;
        if (length >= 0) {
            proof.update(bytes, 0, length);
            if (MessageDigest.isEqual(proof.tag(), Arrays.copyOfRange(bytes, length, bytes.length))) {
                return Arrays.copyOf(bytes, length);
            }
        }
        throw new SerializationException(
                "a stored stream has no valid tag: it was changed, or written with another key,"
                        + " for another entry or by another cache; write it anew");
    }

    /** The value of a row that is intact and can be read, else null. */
    @Nullable Object decodedQuietly(Row row, byte[] bytes) {
        if (!reads(row.mode()) || !row.sealed(bytes)) {
            return null;
        }
        try {
            return decode(row.mode(), row.key(), bytes);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }
}
