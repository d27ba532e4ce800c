package io.github.twatcache.key;

import org.jspecify.annotations.Nullable;

/** Writes one object; for one thread and one use. */
final class CanonicalWriter {
    private CanonicalWriter() {}

    static CanonicalWriter key(Encoders encoders, KeyDigest digest) {
        return new CanonicalWriter();
    }

    static CanonicalWriter value(Encoders encoders) {
        return new CanonicalWriter();
    }

    byte[] encode(@Nullable Object object) {
        throw new UnsupportedOperationException("not there yet");
    }
}
