package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Trait;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the settings of a cache that would do nothing, since something is missing that they work on. One that was meant for
 * this very cache is a mistake and refused; one that was meant for many is left out.
 *
 * <p>What is promised of a function or to its callers, whatever the engine, is no mistake where the engine keeps it anyway:
 * that is left out too, and told.
 */
final class NoEffect {
    /** What switches lifetimes of entries on where jitter was asked for. */
    static final String JITTER = "expiryJitter";

    private static final String A_MAXIMUM = "maximum-size, maximum-bytes or maximum-weight";
    private static final String A_LIFETIME =
            "expire-after-write, or lifetimes of entries (expireAfter, per-entry-expiry)";

    private final CacheSpec spec;
    private final Engine engine;
    private final List<Engine> holding;
    private final boolean hasFallback;
    private final boolean quota;
    private final boolean expires;

    /**
     * Takes a cache that is about to be made.
     *
     * @param spec its settings
     * @param engine its engine
     * @param fallback the engine that may take over; {@code null} where there is none, or nobody knows which
     * @param quota whether all caches of the directory are bounded together
     * @param expires whether a function of the user's gives lifetimes to entries
     */
    NoEffect(CacheSpec spec, Engine engine, @Nullable Engine fallback, boolean quota, boolean expires) {
        this.spec = spec;
        this.engine = engine;
        this.holding = new ArrayList<>(engine instanceof SplitEngine split ? List.of(split.parts()) : List.of(engine));
        this.hasFallback = fallback != null;
        if (fallback != null) {
            holding.add(fallback);
        }
        this.quota = quota;
        this.expires = expires;
    }

    /**
     * The settings to be left out, each with what is to be said of it.
     *
     * @throws ConfigurationException when one was meant for this very cache
     */
    List<Idle> found() {
        List<Idle> found = new ArrayList<>();
        for (Setting<?> setting : spec.given()) {
            Sourced<?> given = spec.sourced(setting).orElseThrow();
            String words = setting + " = " + setting.shown(given.value()) + " (from " + given.source() + ")";
            String needless = needless(setting);
            if (needless != null && !Boolean.FALSE.equals(given.value())) {
                found.add(new Idle(setting, words + " is skipped: it has no effect here, since " + needless));
                continue;
            }
            String missing = missing(setting);
            if (missing == null || Boolean.FALSE.equals(given.value())) {
                continue;
            }
            if (given.aimed()) {
                throw new ConfigurationException(words + " of cache '" + spec.name() + "' has no effect without "
                        + missing + "; give that too, or" + " leave " + setting + " out");
            }
            found.add(new Idle(setting, words + " is skipped: it has no effect without " + missing));
        }
        boolean ofJitter = spec.sourced(Settings.PER_ENTRY_EXPIRY)
                .filter(given -> given.source().equals(JITTER))
                .isPresent();
        if (ofJitter && found.stream().anyMatch(idle -> idle.setting() == Settings.EXPIRY_JITTER)) {
            found.add(new Idle(Settings.PER_ENTRY_EXPIRY, ""));
        }
        return found;
    }

    /** A setting that does nothing, and the words for it; none for one that nobody has given. */
    record Idle(Setting<?> setting, String note) {}

    /** What a setting lacks, in words. */
    private @Nullable String missing(Setting<?> setting) {
        if (setting.group().isPresent() && setting.group().equals(Settings.POLICY.group())) {
            return bounded() ? null : A_MAXIMUM;
        }
        if (setting == Settings.EXPIRY_JITTER
                || setting == Settings.REFRESH_AHEAD
                || setting == Settings.EARLY_RECOMPUTATION) {
            return mortal() ? null : A_LIFETIME;
        }
        return setting.works(spec) ? null : setting.needs().orElse("another setting");
    }

    /** Why a promise is kept without anybody's doing, in words. */
    private @Nullable String needless(Setting<?> setting) {
        boolean unknownFallback = spec.get(Settings.FALLBACK) != null && !hasFallback;
        if (engine.rank() <= Ask.NOWHERE || unknownFallback) {
            return null;
        }
        if (Settings.VERSION.group().equals(setting.group())) {
            return has(Trait.PERSISTENT) ? null : "nothing outlives the process on engine '" + engine.name() + "'";
        }
        return setting == Settings.COPY_ON_READ && !has(Trait.BY_REFERENCE)
                ? "engine '" + engine.name() + "' hands out fresh values anyway"
                : null;
    }

    private boolean has(Trait trait) {
        return holding.stream().anyMatch(one -> one.traits().contains(trait));
    }

    private boolean bounded() {
        return spec.given().stream().anyMatch(given -> given.group().equals(Settings.MAXIMUM_SIZE.group()))
                || (quota && engine.traits().contains(Trait.PERSISTENT))
                || engine.bounds(spec);
    }

    /** Whether there are lifetimes, beside those that the jitter itself asks for. */
    private boolean mortal() {
        Optional<Sourced<?>> own = spec.sourced(Settings.PER_ENTRY_EXPIRY);
        return expires
                || spec.get(Settings.EXPIRE_AFTER_WRITE) != null
                || (spec.on(Settings.PER_ENTRY_EXPIRY)
                        && own.filter(given -> given.source().equals(JITTER)).isEmpty());
    }
}
