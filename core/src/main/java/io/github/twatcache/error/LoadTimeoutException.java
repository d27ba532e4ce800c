package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Another thread's load of the key took longer than {@code loadTimeout}. */
public final class LoadTimeoutException extends LoadException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public LoadTimeoutException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public LoadTimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
