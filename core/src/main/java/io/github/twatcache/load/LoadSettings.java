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
 * @param stale how it answers with values that are due or stale
 * @param source how the source of its values is spared
 * @param grants what its function may say of its values
 * @param limits how long a call waits for the value that it has computed
 */
public record LoadSettings(
        @Nullable Duration timeout,
        List<KeptFailure> failures,
        boolean timed,
        StaleSettings stale,
        SourceSettings source,
        Grants grants,
        TimeLimits limits) {
    /**
     * How a cache loads that knows fresh values only.
     *
     * @param timeout as above
     * @param failures as above
     * @param timed as above
     */
    public LoadSettings(@Nullable Duration timeout, List<KeptFailure> failures, boolean timed) {
        this(timeout, failures, timed, StaleSettings.NONE, SourceSettings.NONE, Grants.NONE, TimeLimits.NONE);
    }

    /** Copies the list. */
    public LoadSettings {
        failures = List.copyOf(failures);
    }

    /**
     * A kind of exception that is kept.
     *
     * @param type the kind, with its subclasses
     * @param lifetime for how long the first is kept, and twice as long each time that it comes again
     * @param most for how long at most
     */
    public record KeptFailure(Class<? extends Throwable> type, Duration lifetime, Duration most) {
        /**
         * A kind of exception that is kept for the same time however often it comes.
         *
         * @param type as above
         * @param lifetime for how long
         */
        public KeptFailure(Class<? extends Throwable> type, Duration lifetime) {
            this(type, lifetime, lifetime);
        }
    }
}
