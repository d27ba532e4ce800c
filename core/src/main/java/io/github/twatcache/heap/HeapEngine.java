package io.github.twatcache.heap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Setting;
import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Engine;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * The built-in engine {@code heap}: values by reference in this process, exact limits, the policies of
 * {@link io.github.twatcache.config.Policy} or one of your own ({@link HeapSettings#ORDER}), lifetimes and tags. No
 * thread is started.
 *
 * <p>What holds for every store of it:
 * <ul>
 *   <li>After each write the limit holds. Entries that have died leave before any live one; then the policy names
 *       victims until there is room, never the entry that is being stored. An update that grows makes others leave. An
 *       entry heavier than the limit is {@link io.github.twatcache.spi.Outcome#TOO_HEAVY}.
 *   <li>Entries of weight 0 make nobody leave and never leave for want of room.
 *   <li>An entry is dead from the tick on at which its lifetime is over. Writes and misses remove up to 32 dead entries
 *       each; {@code size}, {@code weight} and {@code entries} know live ones only. An entry that is stored with a
 *       lifetime of zero or less takes the place of the old one and is gone at once.
 *   <li>A lifetime of the entry's own takes the place of the cache's, and no use puts it off.
 *   <li>Each operation takes constant time; a write with a lifetime of the entry's own, or in a cache with both
 *       lifetimes, takes O(log n).
 *   <li>A hit allocates nothing. It takes no lock with the policies FIFO, RR and NONE, or without a limit; with the
 *       others, and where hits put the end of a life off, it takes one for the time of moving a link. No key's
 *       {@code equals} or {@code hashCode} runs when an entry leaves.
 * </ul>
 *
 * <p>An entry takes 40 bytes beside key and value, and 6 to 11 in the table; 48 with weights or tags, 72 with a
 * lifetime, 80 with lifetimes of the entry's own or two lifetimes; 88 where reads
 * are counted, 112 where stale entries are kept; 32 more for each tag. (4-byte references.) Where stale entries are kept
 * {@code size} and {@code weight} take time in proportion to the entries.
 */
public final class HeapEngine implements Engine {
    /** The engine's name. */
    public static final String NAME = "heap";

    private static final int RANK = 10;

    /** Creates the engine; {@link java.util.ServiceLoader} does. */
    public HeapEngine() {}

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
                Trait.BYTES,
                Trait.PERSISTENT,
                Trait.MULTI_PROCESS,
                Trait.DISTRIBUTED,
                Trait.ADMISSION,
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
    public List<Setting<?>> settings() {
        return HeapSettings.ALL;
    }

    @Override
    public Availability availability() {
        return new Availability.Available();
    }

    @Override
    public <K> Store<K> open(CacheSpec spec, StoreContext<K> context) {
        return HeapStore.of(spec, context);
    }
}
