package io.github.twatcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.spi.Engine;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A choice made without settings that were meant for many caches and cannot count in this one, whatever its engine.
 *
 * @param made the choice
 * @param left what was left out
 * @param because why, in words
 */
record Skipping(Choice made, Collection<? extends Setting<?>> left, String because) implements Choice {
    @Override
    public Engine engine() {
        return made.engine();
    }

    @Override
    public CacheSpec spec() {
        return made.spec();
    }

    @Override
    public List<Setting<?>> skipped() {
        Set<Setting<?>> all = new LinkedHashSet<>(left);
        all.addAll(made.skipped());
        return new ArrayList<>(all);
    }

    @Override
    public Optional<String> why(Setting<?> skipped) {
        return left.contains(skipped) ? Optional.of(because) : made.why(skipped);
    }

    @Override
    public void passOver(EngineUnavailableException failed) {
        made.passOver(failed);
    }

    @Override
    public EngineChoice explained() {
        return made.explained();
    }

    @Override
    public boolean byRules() {
        return made.byRules();
    }

    @Override
    public Optional<Explanation.Advice> advice(int results, long medianBytes, Set<Class<?>> types) {
        return made.advice(results, medianBytes, types);
    }
}
