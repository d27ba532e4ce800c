package io.github.twatcache.testkit;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An engine that has every capability, over plain maps behind one lock. Where shelves are shared, whoever opens a cache of
 * the same name on the same engine while another has it open has the same shelf: so two instances play two processes.
 */
final class ShelfEngine implements Engine {
    private final Map<String, Shelf> shelves = new ConcurrentHashMap<>();
    private final boolean shared;

    ShelfEngine(boolean shared) {
        this.shared = shared;
    }

    @Override
    public String name() {
        return "shelf";
    }

    @Override
    public int rank() {
        return -1;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.of(
                Trait.BY_REFERENCE,
                Trait.EXPIRE_AFTER_WRITE,
                Trait.PER_ENTRY_EXPIRY,
                Trait.REMOVALS,
                Trait.COUNTERS,
                Trait.LOCKS,
                Trait.QUEUES,
                Trait.TRANSACTIONS,
                Trait.STREAMS,
                Trait.ORDERED,
                Trait.LEASES,
                Trait.MAINTENANCE);
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        if (!shared) {
            return new ShelfStore<>(new Shelf(), spec, context, () -> {});
        }
        Shelf shelf = shelves.compute(spec.name(), (name, there) -> {
            Shelf mine = there == null ? new Shelf() : there;
            mine.open++;
            return mine;
        });
        return new ShelfStore<>(shelf, spec, context, () -> close(spec.name()));
    }

    private void close(String shelf) {
        shelves.computeIfPresent(shelf, (name, there) -> --there.open == 0 ? null : there);
    }
}
