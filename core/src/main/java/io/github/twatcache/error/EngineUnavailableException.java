package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An engine cannot run here; the message says why and what mends it. */
public final class EngineUnavailableException extends EngineException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public EngineUnavailableException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public EngineUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
