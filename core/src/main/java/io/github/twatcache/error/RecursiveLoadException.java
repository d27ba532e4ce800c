package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A call waits, directly or through others, for itself; the message holds the chain. */
public final class RecursiveLoadException extends LoadException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public RecursiveLoadException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public RecursiveLoadException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
