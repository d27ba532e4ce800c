package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.load.Freshness;
import io.github.twatcache.load.Grants;
import io.github.twatcache.load.SourceSettings;
import io.github.twatcache.load.StaleSettings;
import io.github.twatcache.load.TimeLimits;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/** What the settings for stale values of one cache come to. */
final class Staling {
    /** What has values be served that are due, by no look-up of the engine's: that alone counts reads. */
    private static final List<Setting<?>> UNCOUNTED = List.of(
            Settings.REFRESH_AFTER_WRITE, Settings.REFRESH_AHEAD, Settings.EARLY_RECOMPUTATION, Settings.FAILOVER);

    private Staling() {}

    /** The first of the settings that need entries to be kept past their freshness, of those meant for this cache first. */
    static Optional<Sourced<?>> asked(CacheSpec spec) {
        List<Sourced<?>> all = Trait.STALE.settings().stream()
                .filter(setting -> setting != Settings.KEEP_STALE)
                .flatMap(setting -> spec.sourced(setting).stream())
                .filter(given -> !Boolean.FALSE.equals(given.value()))
                .<Sourced<?>>map(given -> given)
                .toList();
        return all.stream()
                .filter(Sourced::aimed)
                .findFirst()
                .or(() -> all.stream().findFirst());
    }

    /**
     * Leaves a lifetime that each use renews out, or the settings that count time from the storing, and a count of reads, or
     * the settings that serve what is not counted: what was not meant for this cache.
     *
     * @throws ConfigurationException when both were
     */
    static CacheSpec withOneClock(CacheSpec spec, List<String> notes) {
        CacheSpec timed = apart(
                spec,
                Settings.EXPIRE_AFTER_ACCESS,
                Trait.STALE.settings(),
                "each use would put off what it counts from the storing; give expire-after-write instead",
                notes);
        return apart(
                timed,
                Settings.EXPIRE_AFTER_READS,
                UNCOUNTED,
                "a value that is due is served without being counted, so it would be found more often; leave one of the two"
                        + " out",
                notes);
    }

    private static CacheSpec apart(
            CacheSpec spec, Setting<?> one, Collection<Setting<?>> others, String because, List<String> notes) {
        Optional<Sourced<?>> asked = spec.sourced(one);
        List<Setting<?>> given = others.stream()
                .filter(setting -> spec.sourced(setting)
                        .filter(value -> !Boolean.FALSE.equals(value.value()))
                        .isPresent())
                .toList();
        if (asked.isEmpty() || given.isEmpty()) {
            return spec;
        }
        Optional<Setting<?>> aimed =
                given.stream().filter(setting -> aimed(spec, setting)).findFirst();
        if (aimed.isPresent() && asked.get().aimed()) {
            throw new ConfigurationException(words(spec, aimed.get()) + " of cache '" + spec.name() + "' excludes "
                    + words(spec, one) + ", since " + because);
        }
        List<Setting<?>> left = aimed.isPresent()
                ? List.of(one)
                : given.stream().filter(setting -> !aimed(spec, setting)).toList();
        String other = aimed.isPresent() ? aimed.get().key() : one.key();
        left.forEach(setting -> notes.add(words(spec, setting) + " is skipped: " + other + " excludes it"));
        return spec.without(left);
    }

    private static boolean aimed(CacheSpec spec, Setting<?> setting) {
        return spec.sourced(setting).map(Sourced::aimed).orElse(false);
    }

    private static String words(CacheSpec spec, Setting<?> setting) {
        return spec.sourced(setting)
                .map(given -> setting + " = " + Durations.shown(given.value()) + " (from " + given.source() + ")")
                .orElse(setting.key());
    }

    static StaleSettings of(CacheSpec spec, Background background, DoubleSupplier chance) {
        Freshness freshness = new Freshness(
                nanos(spec.get(Settings.EXPIRE_AFTER_WRITE), Terms.FOREVER),
                spec.on(Settings.KEEP_STALE),
                nanos(spec.get(Settings.REFRESH_AFTER_WRITE), Terms.FOREVER),
                spec.get(Settings.REFRESH_AHEAD, 1.0),
                spec.get(Settings.EARLY_RECOMPUTATION, 0.0),
                nanos(spec.get(Settings.FAIL_SAFE), 0),
                spec.on(Settings.FAILOVER),
                nanos(spec.get(Settings.STORE_IF_SLOWER_THAN), 0));
        return new StaleSettings(
                freshness,
                nanos(spec.get(Settings.FAIL_SAFE_THROTTLE, throttle(spec)), 0),
                background.executor(),
                background.context(),
                chance,
                nanos(spec.get(Settings.REFRESH_UNREAD), 0),
                background.alarms());
    }

    /** How long a key is left alone that has failed, where nobody has said: not at all where each call is to compute. */
    private static Duration throttle(CacheSpec spec) {
        return spec.on(Settings.FAILOVER) ? Duration.ZERO : Duration.ofSeconds(10);
    }

    /** How the source is spared. */
    static SourceSettings source(CacheSpec spec) {
        return new SourceSettings(
                count(spec, Settings.MAX_CONCURRENT_LOADS, 0),
                count(spec, Settings.LOAD_RATE, 0),
                nanos(spec.get(Settings.LOAD_RATE_PERIOD, Duration.ofSeconds(1)), 0),
                count(spec, Settings.SOURCE_BREAKER_FAILURES, 0),
                nanos(spec.get(Settings.SOURCE_BREAKER_DELAY, Duration.ofSeconds(10)), 0),
                count(spec, Settings.LOAD_ATTEMPTS, 1),
                nanos(spec.get(Settings.LOAD_RETRY_DELAY, Duration.ofMillis(100)), 0));
    }

    /** How long a call waits for the value that it has computed. */
    static TimeLimits limits(CacheSpec spec) {
        return new TimeLimits(nanos(spec.get(Settings.SOFT_TIMEOUT), 0), nanos(spec.get(Settings.HARD_TIMEOUT), 0));
    }

    /** What a function may say of its value. */
    static Grants grants(CacheSpec spec) {
        return new Grants(spec.on(Settings.PER_ENTRY_EXPIRY), spec.on(Settings.TAGS), spec.on(Settings.KEEP_STALE));
    }

    private static int count(CacheSpec spec, Setting<Long> setting, long otherwise) {
        return Math.toIntExact(spec.get(setting, otherwise));
    }

    private static long nanos(@Nullable Duration duration, long otherwise) {
        return duration == null ? otherwise : Nanos.of(duration);
    }
}
