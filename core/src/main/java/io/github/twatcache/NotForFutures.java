package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * The settings that calls which do not wait do not honour. One that was meant for this very cache is refused; one that was
 * meant for many counts for callers that wait alone, and that is told.
 */
final class NotForFutures {
    private static final List<Setting<?>> ALL = List.of(
            Settings.REFRESH_AFTER_WRITE,
            Settings.REFRESH_AHEAD,
            Settings.EARLY_RECOMPUTATION,
            Settings.FAIL_SAFE,
            Settings.FAIL_SAFE_THROTTLE,
            Settings.FAILOVER,
            Settings.SOFT_TIMEOUT,
            Settings.HARD_TIMEOUT,
            Settings.MAX_CONCURRENT_LOADS,
            Settings.LOAD_RATE,
            Settings.LOAD_RATE_PERIOD,
            Settings.SOURCE_BREAKER_FAILURES,
            Settings.SOURCE_BREAKER_DELAY,
            Settings.LOAD_ATTEMPTS,
            Settings.LOAD_RETRY_DELAY,
            // Last, since the others switch it on, and are what is to be told.
            Settings.KEEP_STALE);

    private NotForFutures() {}

    /**
     * The settings without those that futures do not honour.
     *
     * @param spec the settings
     * @param notes receives what is to be told
     * @throws ConfigurationException when one was meant for this very cache
     */
    static CacheSpec without(CacheSpec spec, List<String> notes) {
        List<Setting<?>> left = new ArrayList<>();
        for (Setting<?> setting : given(spec)) {
            refuseAimed(spec, setting, "memoize the function with memoize");
            notes.add(words(spec, setting) + " is skipped: functions that answer with a stage do not honour it");
            left.add(setting);
        }
        return spec.without(left);
    }

    /**
     * What is to be told of a cache that is asked through futures as well.
     *
     * @param spec its settings
     * @return the notes
     * @throws ConfigurationException when a setting that futures do not honour was meant for this very cache
     */
    static List<String> notes(CacheSpec spec) {
        List<String> notes = new ArrayList<>();
        for (Setting<?> setting : given(spec)) {
            refuseAimed(spec, setting, "ask the cache without async()");
            notes.add(words(spec, setting) + " counts for callers that wait: async() does not honour it");
        }
        return notes;
    }

    private static List<Setting<?>> given(CacheSpec spec) {
        return ALL.stream()
                .<Setting<?>>filter(setting -> spec.sourced(setting)
                        .filter(given -> !Boolean.FALSE.equals(given.value()))
                        .isPresent())
                .toList();
    }

    private static void refuseAimed(CacheSpec spec, Setting<?> setting, String instead) {
        if (spec.sourced(setting).filter(Sourced::aimed).isPresent()) {
            throw new ConfigurationException(words(spec, setting) + " of cache '" + spec.name()
                    + "' is not honoured by calls that answer with futures; leave it out, or " + instead);
        }
    }

    private static String words(CacheSpec spec, Setting<?> setting) {
        return spec.sourced(setting)
                .map(given -> setting + " = " + setting.shown(given.value()) + " (from " + given.source() + ")")
                .orElse(setting.key());
    }
}
