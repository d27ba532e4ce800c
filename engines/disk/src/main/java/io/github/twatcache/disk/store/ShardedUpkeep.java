package io.github.twatcache.disk.store;

import io.github.twatcache.spi.MaintenanceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

/** The upkeep of all shards, one after the other. */
record ShardedUpkeep(List<MaintenanceStore> shards) implements MaintenanceStore {
    @Override
    public List<Fault> check(boolean fix) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < shards.size(); i++) {
            for (Fault fault : shards.get(i).check(fix)) {
                faults.add(new Fault(fault.name(), "shard " + i + ": " + fault.where(), fault.mended()));
            }
        }
        return faults;
    }

    private long sum(ToLongFunction<MaintenanceStore> of) {
        return shards.stream().mapToLong(of).sum();
    }

    @Override
    public long cull() {
        return sum(MaintenanceStore::cull);
    }

    @Override
    public long expire() {
        return sum(MaintenanceStore::expire);
    }

    @Override
    public long volume() {
        return sum(MaintenanceStore::volume);
    }

    @Override
    public void resetStatistics() {
        shards.forEach(MaintenanceStore::resetStatistics);
    }
}
