package io.github.twatcache;

import io.github.twatcache.spi.MaintenanceStore;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import io.github.twatcache.spi.Trait;
import java.util.List;

/**
 * Examines the store of a cache and puts it in order, while it is in use. Thread-safe.
 *
 * <pre>{@code
 * List<Fault> faults = Maintenance.of(cache).check();
 * }</pre>
 */
public final class Maintenance {
    private final Ability<MaintenanceStore> ability;

    private Maintenance(Cache<?, ?> cache) {
        this.ability = Ability.of(cache, MaintenanceStore.class, Trait.MAINTENANCE);
    }

    /**
     * The maintenance of a cache. Cheap; may be asked for each time.
     *
     * @param cache the cache
     * @return its maintenance
     * @throws io.github.twatcache.error.ConfigurationException when the engine has none, naming those that have
     * @throws IllegalStateException when the cache is closed
     */
    public static Maintenance of(Cache<?, ?> cache) {
        return new Maintenance(cache);
    }

    /**
     * Examines everything that is stored and changes nothing. Reads all of it: the cost grows with what is stored, and the
     * engine's page says how far it keeps others from writing.
     *
     * @return the faults, each by name; empty when all is well
     */
    public List<Fault> check() {
        return check(false);
    }

    /**
     * Examines everything that is stored, at the same cost.
     *
     * @param fix whether to mend what can be mended; what is damaged is then set aside and becomes a miss
     * @return the faults, each by name, and whether it was mended; empty when all was well
     */
    public List<Fault> check(boolean fix) {
        return ability.open("check").check(fix);
    }

    /**
     * Removes what is over the limits or expired, now rather than with the next writes.
     *
     * @return how many entries were removed
     */
    public long cull() {
        return ability.open("cull").cull();
    }

    /**
     * Removes all entries whose lifetime is over, now rather than with the next writes.
     *
     * @return how many entries were removed
     */
    public long expire() {
        return ability.open("sweep").expire();
    }

    /**
     * What the store takes where it lives, overhead included.
     *
     * @return the bytes
     */
    public long volume() {
        return ability.open("volume").volume();
    }

    /** Forgets what the store has counted over all processes. */
    public void resetStatistics() {
        ability.open("reset of statistics").resetStatistics();
    }
}
