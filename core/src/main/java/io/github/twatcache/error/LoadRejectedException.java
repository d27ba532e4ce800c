package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A load was not begun: the executor takes no more work, or the source of the values is spared and none is kept. */
public final class LoadRejectedException extends LoadException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public LoadRejectedException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public LoadRejectedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
