package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * A change was asked for of a cache whose store can only be read: it was opened so, or its directory lets nobody write. The
 * store is in good order, and goes on answering look-ups.
 */
public final class ReadOnlyException extends OperationException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public ReadOnlyException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public ReadOnlyException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
