package io.github.twatcache.compress;

import io.github.twatcache.error.SerializationException;
import org.jspecify.annotations.Nullable;

/** What is said of bytes that do not decompress. */
final class Damage {
    private Damage() {}

    static SerializationException of(String compressor, @Nullable Throwable cause) {
        return new SerializationException(
                "a stored value is damaged: " + compressor
                        + " does not give as many bytes as it should; compute it anew",
                cause);
    }
}
