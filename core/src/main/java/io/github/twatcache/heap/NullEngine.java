package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.Set;

/**
 * The engine {@code null}: keeps nothing. Every look-up finds nothing, so that each call computes; it switches caching
 * off without a change of code.
 *
 * <p>It takes every setting that says what to keep and keeps no more than that allows. A put whose guard holds is
 * {@link io.github.twatcache.spi.Outcome#STORED}, since to keep nothing is what was asked for, and the entry has left
 * again when put returns: where removals are wanted it is reported with cause
 * {@link io.github.twatcache.stats.RemovalCause#SIZE}, so that puts - removals = size. An entry that was seen cannot
 * exist: {@link io.github.twatcache.spi.Guard#seen} never holds.
 */
public final class NullEngine implements Engine {
    /** The engine's name. */
    public static final String NAME = "null";

    private static final int RANK = -100;

    /** Creates the engine; {@link java.util.ServiceLoader} does. */
    public NullEngine() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int rank() {
        return RANK;
    }

    @Override
    public Set<Trait> traits() {
        return EnumSet.complementOf(EnumSet.of(
                Trait.PERSISTENT,
                Trait.MULTI_PROCESS,
                Trait.DISTRIBUTED,
                Trait.COUNTERS,
                Trait.LOCKS,
                Trait.QUEUES,
                Trait.TRANSACTIONS,
                Trait.STREAMS,
                Trait.ORDERED,
                Trait.LEASES,
                Trait.MAINTENANCE));
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return new NullStore<>(context);
    }
}
