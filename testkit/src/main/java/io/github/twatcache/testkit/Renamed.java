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

/** An engine under a name that an annotation can mention, where any engine may be the one under test. */
record Renamed(String name, Engine engine) implements Engine {
    @Override
    public int rank() {
        return engine.rank();
    }

    @Override
    public Set<Trait> traits() {
        return engine.traits();
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
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return engine.open(spec.onEngine(engine.name()), context);
    }
}
