package com.example.soft;

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
 * Keeps values on the heap for as long as there is room: the garbage collector takes those that were not used for the
 * longest time before it would run out of memory.
 */
public final class SoftEngine implements Engine {
    /** Makes room beforehand. */
    public static final Setting<Long> INITIAL_CAPACITY = Setting.count(
                    "initial-capacity", 1, 1 << 30, "Makes room for this many entries beforehand.")
            .otherwise(16L);

    /** Makes the engine, and opens nothing yet. */
    public SoftEngine() {}

    @Override
    public String name() {
        return "soft";
    }

    @Override
    public int rank() {
        return -1; // only where it is asked for by name
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.BY_REFERENCE, Trait.EXPIRE_AFTER_WRITE);
    }

    @Override
    public List<Setting<?>> settings() {
        return List.of(INITIAL_CAPACITY);
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return new SoftStore<>(spec, context.ticker());
    }
}
