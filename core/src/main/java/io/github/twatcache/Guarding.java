package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.config.Sourced;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.failure.Guarded;
import io.github.twatcache.failure.Intercepted;
import io.github.twatcache.failure.Interception;
import io.github.twatcache.failure.Rules;
import io.github.twatcache.failure.Setup;
import io.github.twatcache.load.Keying;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Tally;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides, once for each cache, whether its store is guarded: where the engine may fail, or where something was asked for
 * that needs it.
 */
final class Guarding {
    private final @Nullable Engine fallback;
    private final List<NoEffect.Idle> idle;

    private Guarding(@Nullable Engine fallback) {
        this(fallback, List.of());
    }

    private Guarding(@Nullable Engine fallback, List<NoEffect.Idle> idle) {
        this.fallback = fallback;
        this.idle = idle;
    }

    /**
     * Settles the engine that takes over, if there is to be one. One that was meant for many caches and cannot take over
     * in this one is left out.
     *
     * @throws ConfigurationException when it cannot honour the cache's settings
     * @throws io.github.twatcache.error.EngineUnavailableException when it is not present
     */
    static Guarding of(Engines engines, CacheSpec spec, Engine engine, boolean listens, Fit fit) {
        String name = spec.get(Settings.FALLBACK);
        if (name == null) {
            return new Guarding(null);
        }
        Sourced<?> given = spec.sourced(Settings.FALLBACK).orElseThrow();
        try {
            return new Guarding(settled(
                    engines,
                    spec,
                    engine,
                    listens,
                    fit,
                    "fallback = " + name + " of cache '" + spec.name() + "' (from " + given.source() + ")"));
        } catch (ConfigurationException | EngineUnavailableException refused) {
            if (given.aimed()) {
                throw refused;
            }
            return new Guarding(
                    null,
                    List.of(new NoEffect.Idle(
                            Settings.FALLBACK,
                            "fallback = " + name + " (from " + given.source() + ") is skipped: "
                                    + refused.getMessage())));
        }
    }

    private static Engine settled(
            Engines engines, CacheSpec spec, Engine engine, boolean listens, Fit fit, String words) {
        String name = spec.get(Settings.FALLBACK, "");
        Choice choice;
        try {
            choice =
                    engines.choose(onFallback(spec, name, engines.settingsOf(name)), listens, null, false, Fit.UNKNOWN);
        } catch (EngineUnavailableException missing) {
            throw new EngineUnavailableException(words + ": " + missing.getMessage(), missing);
        }
        Engine fallback = choice.engine();
        // Who takes over begins by clearing: it must be another one, also where it stands in for what was named.
        if (same(engine, fallback) && choice.explained().fellBack() && !name.equals(engine.name())) {
            throw new EngineUnavailableException(words + " cannot be had, and '" + fallback.name()
                    + "', which would stand in for it, is the cache's own engine: "
                    + choice.explained().passedOver().stream()
                            .map(EngineChoice.PassedOver::toString)
                            .collect(Collectors.joining(". ")));
        }
        if (same(engine, fallback)) {
            throw new ConfigurationException(
                    words + " is the cache's own engine, '" + fallback.name() + "'; name another, or leave it out");
        }
        fit.misfit(fallback, spec).ifPresent(why -> {
            throw new ConfigurationException(
                    words + " cannot take over, since it could not keep what the cache holds: " + why);
        });
        return fallback;
    }

    /** The fallback, where it is left out, with the words for it. */
    List<NoEffect.Idle> idle() {
        return idle;
    }

    /** Two stores on the heap have nothing in common; in one folder they would be one. */
    private static boolean same(Engine engine, Engine other) {
        return engine.name().equals(other.name())
                || !Collections.disjoint(LentFolder.lasting(engine), LentFolder.lasting(other));
    }

    /** Those of a cache's engines that outlive the process, by name. */
    Set<String> lasting(Engine engine) {
        return LentFolder.lasting(engine, fallback);
    }

    /** The settings that mean the same on another engine, and its own. */
    private static CacheSpec onFallback(CacheSpec spec, String engine, List<Setting<?>> itsOwn) {
        List<Setting<?>> left = spec.given().stream()
                .filter(setting ->
                        (!Settings.ALL.contains(setting) && !itsOwn.contains(setting)) || setting == Settings.FALLBACK)
                .toList();
        return spec.without(left).onEngine(engine);
    }

    /** The guarded store, or null where the store needs none. */
    @Nullable Guarded around(
            Store<Object> store,
            CacheSpec spec,
            Engine engine,
            Keying keys,
            Tally tally,
            Ticker ticker,
            StoreContext<Object> context) {
        Interception interception = spec.get(Interception.SETTING);
        if (!engine.mayFail() && interception == null && !Rules.asked(spec)) {
            return null;
        }
        Store<Object> seen = interception == null ? store : new Intercepted(spec.name(), store, interception);
        Engine other = fallback;
        return new Guarded(
                new Setup(
                        spec.name(),
                        engine.name(),
                        Rules.of(spec),
                        tally,
                        ticker,
                        keys::digest,
                        other == null ? null : other.name(),
                        () -> opened(other, spec, keys, tally, ticker, context)),
                seen);
    }

    private Store<Object> opened(
            @Nullable Engine other,
            CacheSpec spec,
            Keying keys,
            Tally tally,
            Ticker ticker,
            StoreContext<Object> context) {
        if (other == null) {
            throw new IllegalStateException("cache '" + spec.name() + "' has no fallback");
        }
        CacheSpec itsOwn = onFallback(spec, other.name(), other.settings());
        Store<Object> store = other.open(itsOwn, context);
        // Limits, retries and breaker are for engines that may fail; one that takes over and cannot has no use for
        // them.
        if (!other.mayFail()) {
            return store;
        }
        Guarded guarded = new Guarding(null).around(store, itsOwn, other, keys, tally, ticker, context);
        return guarded == null ? store : guarded;
    }
}
