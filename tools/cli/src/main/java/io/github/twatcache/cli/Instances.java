package io.github.twatcache.cli;

import io.github.twatcache.EngineChoice;
import io.github.twatcache.EngineChoice.PassedOver;
import io.github.twatcache.Explanation;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TwatCacheBuilder;
import io.github.twatcache.config.EffectiveSettings;
import java.util.stream.Collectors;

/** Where a command gets its instances from: tests add engines of their own. */
@FunctionalInterface
interface Instances {
    TwatCacheBuilder start();

    /**
     * Refuses to measure another engine than the one that the figures would stand beside: a configuration overrides what the
     * command says, and another engine stands in for one that does not open.
     */
    static void requireEngine(TwatCache twat, Explanation cache, String engine) {
        if (cache.engine().equals(engine)) {
            return;
        }
        EngineChoice choice = cache.choice();
        if (choice.fellBack() && choice.asked().equals(engine)) {
            throw Refusal.failure("engine '" + engine + "' cannot be measured, since '" + cache.engine()
                    + "' stands in for it: "
                    + choice.passedOver().stream().map(PassedOver::toString).collect(Collectors.joining(". ")));
        }
        EffectiveSettings.Line set = twat.settings(cache.cache()).get("engine").orElseThrow();
        // A split goes by a name that is no engine's.
        boolean named =
                twat.engines().stream().anyMatch(present -> present.name().equals(set.value()));
        throw Refusal.failure("the configuration has cache '" + cache.cache() + "' on engine '" + set.value() + "' ("
                + set.source() + "), and the demo measures '" + engine + "'; run it without that setting"
                + (named ? ", or with --engine " + set.value() : ""));
    }
}
