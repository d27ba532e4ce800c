package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.List;
import java.util.Set;

/**
 * Any engine, which hangs when it opens the cache of one name, until a gate is opened: as where another process holds a lock.
 *
 * @param engine the engine
 * @param slow the name
 * @param gate the gate
 */
record SlowToOpen(Engine engine, String slow, Gate gate) implements Engine {
    @Override
    public String name() {
        return engine.name();
    }

    @Override
    public int rank() {
        return engine.rank();
    }

    @Override
    public Set<Trait> traits() {
        return engine.traits();
    }

    @Override
    public boolean keepsCost() {
        return engine.keepsCost();
    }

    @Override
    public Set<Class<?>> ownValues() {
        return engine.ownValues();
    }

    @Override
    public boolean mayFail() {
        return engine.mayFail();
    }

    @Override
    public List<Setting<?>> settings() {
        return engine.settings();
    }

    @Override
    public Availability availability() {
        return engine.availability();
    }

    @Override
    public boolean bounds(CacheSpec spec) {
        return engine.bounds(spec);
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return spec.name().equals(slow) ? engine.open(gate.pass(spec), context) : engine.open(spec, context);
    }
}
