package io.github.twatcache.disk.shards;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The engine with four shards to each cache, and without what those have not: limits hold for each shard on its own. */
final class ShardedEngine implements Engine {
    private final DiskEngine disk = new DiskEngine();

    @Override
    public String name() {
        return disk.name();
    }

    @Override
    public int rank() {
        return disk.rank();
    }

    @Override
    public Set<Trait> traits() {
        Set<Trait> traits = EnumSet.copyOf(disk.traits());
        traits.removeAll(EnumSet.of(
                Trait.TRANSACTIONS, Trait.MAXIMUM_SIZE, Trait.MAXIMUM_WEIGHT, Trait.EXACT_LIMIT, Trait.POLICY));
        return traits;
    }

    @Override
    public List<Setting<?>> settings() {
        return disk.settings();
    }

    @Override
    public Availability availability() {
        return disk.availability();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return disk.open(spec.with(DiskSettings.SHARDS, 4L, "test"), context);
    }
}
