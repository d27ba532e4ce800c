package io.github.twatcache.load;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a cache loads.
 *
 * @param timeout how long a caller waits for another's load; {@code null} for as long as it runs
 * @param failures which exceptions are kept, and for how long; the first that fits counts
 * @param timed whether the store keeps how long a value took to compute
 */
public record LoadSettings(@Nullable Duration timeout, List<KeptFailure> failures, boolean timed) {
    /** Copies the list. */
    public LoadSettings {
        failures = List.copyOf(failures);
    }

    /**
     * A kind of exception that is kept.
     *
     * @param type the kind, with its subclasses
     * @param lifetime for how long each is kept
     */
    public record KeptFailure(Class<? extends Throwable> type, Duration lifetime) {}
}
