package io.github.twatcache.cli;

import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.config.EffectiveSettings;

/** Where a command gets its instances from: tests add engines of their own. */
@FunctionalInterface
interface Instances {
    TwatCacheBuilder start();

    /**
     * Refuses to measure another engine than the one that the figures would stand beside: a configuration overrides what the
     * command says.
     */
    static void requireEngine(TwatCache twat, String cache, String engine) {
        EffectiveSettings.Line set = twat.settings(cache).get("engine").orElseThrow();
        if (!set.value().equals(engine)) {
            throw Refusal.failure("the configuration has cache '" + cache + "' on engine '" + set.value() + "' ("
                    + set.source() + "), and the demo measures '" + engine
                    + "'; run it without that setting, or with --engine " + set.value());
        }
    }
}
