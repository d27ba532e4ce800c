package io.github.twatcache.failure;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.OnFailure;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done when an engine fails.
 *
 * @param timeout how long one attempt at an operation may take; {@code null} for as long as it takes
 * @param attempts how often an operation is tried in all, 1 or more
 * @param retryDelay the greatest pause before the second attempt; each further one may be twice as long
 * @param retryTime how long an operation may take with all its attempts
 * @param breakerFailures so many failures in a row open the breaker
 * @param breakerDelay for how long it stays open before the engine is probed
 * @param serves whether changes that the engine has not taken leave tombstones instead of throwing
 */
public record Rules(
        @Nullable Duration timeout,
        int attempts,
        Duration retryDelay,
        Duration retryTime,
        int breakerFailures,
        Duration breakerDelay,
        boolean serves) {
    /** The settings that ask for this room, whatever the engine. */
    private static final List<Setting<?>> ASKING = List.of(
            Settings.OPERATION_TIMEOUT,
            Settings.ON_FAILURE,
            Settings.RETRY_ATTEMPTS,
            Settings.RETRY_DELAY,
            Settings.RETRY_TIME,
            Settings.BREAKER_FAILURES,
            Settings.BREAKER_DELAY,
            Settings.FALLBACK);

    /**
     * Reads the rules.
     *
     * @param spec the settings of a cache
     * @return its rules; a fallback means that changes are served, unless it is said otherwise
     */
    public static Rules of(CacheSpec spec) {
        OnFailure otherwise = spec.get(Settings.FALLBACK) == null ? OnFailure.THROW : OnFailure.SERVE;
        return new Rules(
                spec.get(Settings.OPERATION_TIMEOUT),
                Math.toIntExact(given(spec, Settings.RETRY_ATTEMPTS)),
                given(spec, Settings.RETRY_DELAY),
                given(spec, Settings.RETRY_TIME),
                Math.toIntExact(given(spec, Settings.BREAKER_FAILURES)),
                given(spec, Settings.BREAKER_DELAY),
                spec.get(Settings.ON_FAILURE, otherwise) == OnFailure.SERVE);
    }

    private static <T> T given(CacheSpec spec, Setting<T> setting) {
        return spec.get(setting, setting.byDefault().orElseThrow());
    }

    /**
     * Whether a cache asks for this room.
     *
     * @param spec its settings
     * @return whether it gives any of the settings above
     */
    public static boolean asked(CacheSpec spec) {
        return ASKING.stream().anyMatch(setting -> spec.get(setting) != null);
    }
}
