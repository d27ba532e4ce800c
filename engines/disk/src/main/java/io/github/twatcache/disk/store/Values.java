package io.github.twatcache.disk.store;

import io.github.twatcache.spi.ValueCodec;
import org.jspecify.annotations.Nullable;

/** Writes values as bytes and reads them back; its mode names how, and stands with each entry. */
final class Values {
    private final ValueCodec codec;
    private final int mode;

    Values(ValueCodec codec, Modes modes) {
        this(codec, modes.number(codec.id()));
    }

    Values(ValueCodec codec, int mode) {
        this.codec = codec;
        this.mode = mode;
    }

    /** How this process writes. */
    int mode() {
        return mode;
    }

    /** Whether this process can read what was written in a mode. */
    boolean reads(int other) {
        return other == mode;
    }

    byte[] encode(byte[] key, Object value) {
        return codec.encode(key, value);
    }

    Object decode(byte[] key, byte[] bytes) {
        return codec.decode(key, bytes);
    }

    /** The value of a row that is intact and can be read, else null. */
    @Nullable Object decodedQuietly(Row row, byte[] bytes) {
        if (!reads(row.mode()) || !Seal.whole(row, bytes)) {
            return null;
        }
        try {
            return decode(row.key(), bytes);
        } catch (RuntimeException unreadable) {
            return null;
        }
    }
}
