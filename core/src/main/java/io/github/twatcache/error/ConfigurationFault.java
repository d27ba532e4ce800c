package io.github.twatcache.error;

import java.io.Serial;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a configuration.
 *
 * @param source where it stands: a file with its line, an environment variable, a system property
 * @param key the key as it stands there, or the whole line where it has none
 * @param value the value as it stands there, or {@code null} where the key alone is wrong
 * @param problem what is wrong, what is allowed, and what to do
 */
public record ConfigurationFault(
        String source, String key, @Nullable String value, String problem) implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The fault in one line. */
    @Override
    public String toString() {
        return source + ": " + key + (value == null ? "" : " = " + value) + ": " + problem;
    }
}
