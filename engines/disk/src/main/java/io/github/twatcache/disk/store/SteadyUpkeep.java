package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.spi.MaintenanceStore;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The upkeep of a store that outlasts its database. A malformed one is a fault to tell of here, not one to go round. */
final class SteadyUpkeep implements MaintenanceStore {
    private static final String MALFORMED = "malformed-database";

    private final SteadyStore<?> store;

    SteadyUpkeep(SteadyStore<?> store) {
        this.store = store;
    }

    private <R> R on(Function<MaintenanceStore, R> action) {
        return store.on(now -> action.apply(now.upkeep()));
    }

    @Override
    public List<Fault> check(boolean fix) {
        List<Fault> faults = new ArrayList<>();
        if (!store.now().folder().stripes().stands(true)) {
            // Told here, since the next operation opens it anew.
            faults.add(new Fault("foreign-stripes", "twat.stripes", true));
        }
        List<Fault> found = on(upkeep -> examined(upkeep, fix));
        if (fix && found.stream().anyMatch(fault -> fault.name().equals(MALFORMED))) {
            store.rebuild();
            found.forEach(fault -> faults.add(new Fault(fault.name(), fault.where(), true)));
            found = on(upkeep -> upkeep.check(true));
        }
        faults.addAll(found);
        return faults;
    }

    private static List<Fault> examined(MaintenanceStore upkeep, boolean fix) {
        try {
            return upkeep.check(fix);
        } catch (DamagedDatabaseException malformed) {
            return List.of(new Fault(MALFORMED, "twat.db cannot be read", false));
        }
    }

    @Override
    public long cull() {
        return on(MaintenanceStore::cull);
    }

    @Override
    public long expire() {
        return on(MaintenanceStore::expire);
    }

    @Override
    public long volume() {
        return on(MaintenanceStore::volume);
    }
}
