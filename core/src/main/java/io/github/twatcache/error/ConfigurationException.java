package io.github.twatcache.error;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A setting is wrong: out of range, repeated, in conflict with another, or one that the engine cannot honour. */
public final class ConfigurationException extends CacheException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public ConfigurationException(String message) {
        super(message);
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
