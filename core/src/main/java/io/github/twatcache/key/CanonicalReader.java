package io.github.twatcache.key;

import org.jspecify.annotations.Nullable;

/** Reads one object; for one thread and one use. */
final class CanonicalReader {
    private CanonicalReader() {}

    static CanonicalReader of(Encoders encoders, @Nullable ClassLoader loader) {
        return new CanonicalReader();
    }

    @Nullable
    Object decode(byte[] bytes) {
        throw new UnsupportedOperationException("not there yet");
    }
}
