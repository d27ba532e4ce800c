package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Something outside of the program that a cache needs cannot be had: a directory, a lock. */
public class ResourceException extends CacheException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public ResourceException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public ResourceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
