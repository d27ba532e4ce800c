package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A thread was interrupted while it waited for another thread's load; its interrupt flag is set. */
public final class LoadInterruptedException extends LoadException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public LoadInterruptedException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public LoadInterruptedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
