package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** An engine failed at its own work. */
public class EngineException extends CacheException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public EngineException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public EngineException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
