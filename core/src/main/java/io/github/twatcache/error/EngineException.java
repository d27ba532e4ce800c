package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An engine failed at its own work. Calls of memoized functions and of {@code get(key, loader)} do not see it: they compute.
 */
public class EngineException extends CacheException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether trying again may help. */
    private final boolean retryable;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public EngineException(String message) {
        super(message);
        this.retryable = false;
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public EngineException(String message, @Nullable Throwable cause) {
        this(message, cause, false);
    }

    /**
     * Creates the exception with the engine's word on whether trying again may help.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     * @param retryable whether the failed operation has changed nothing and may succeed if it is tried again
     */
    public EngineException(String message, @Nullable Throwable cause, boolean retryable) {
        super(message, cause);
        this.retryable = retryable;
    }

    /**
     * Whether trying again may help: the operation has changed nothing, and what was in its way passes, such as a lock
     * that another holds or a connection that was cut.
     *
     * @return the engine's word; false where it gave none
     */
    public boolean retryable() {
        return retryable;
    }
}
