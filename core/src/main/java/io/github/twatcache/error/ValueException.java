package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value cannot be stored: the cache is full, or the value is heavier than the cache's maximum. */
public final class ValueException extends OperationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public ValueException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public ValueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
