package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Bytes are not what the canonical encoding can read, or an object is not what it can write. */
public final class SerializationException extends OperationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public SerializationException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public SerializationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
