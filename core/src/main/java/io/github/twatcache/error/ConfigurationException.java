package io.github.twatcache.error;

import java.io.Serial;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A setting is wrong: out of range, repeated, in conflict with another, or one that the engine cannot honour. */
public final class ConfigurationException extends CacheException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final ConfigurationFault[] faults;

    /**
     * Creates the exception.
     *
     * @param message what was wrong, where it came from and what to do
     */
    public ConfigurationException(String message) {
        super(message);
        this.faults = new ConfigurationFault[0];
    }

    /**
     * Creates the exception with what led to it.
     *
     * @param message what was wrong, where it came from and what to do
     * @param cause what led to it, or {@code null} when nothing did
     */
    public ConfigurationException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.faults = new ConfigurationFault[0];
    }

    /**
     * Creates the exception for all faults of a configuration together.
     *
     * @param faults the faults, in the order in which they stand there
     */
    public ConfigurationException(List<ConfigurationFault> faults) {
        super(faults.stream()
                .map(fault -> "\n  " + fault)
                .collect(Collectors.joining(
                        "",
                        "the configuration has " + (faults.size() == 1 ? "a fault:" : faults.size() + " faults:"),
                        "")));
        this.faults = faults.toArray(new ConfigurationFault[0]);
    }

    /**
     * All faults of a configuration, where it is one that was read, or of an annotated interface.
     *
     * @return the faults in their order; empty where the setting was given in code
     */
    public List<ConfigurationFault> faults() {
        return List.of(faults);
    }
}
