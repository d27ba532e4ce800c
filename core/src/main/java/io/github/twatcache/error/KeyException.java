package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A key, or an argument that becomes part of one, cannot work as a key. */
public final class KeyException extends OperationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public KeyException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public KeyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
