package io.github.twatcache;

import io.github.twatcache.spi.Availability;
import io.github.twatcache.spi.Trait;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * An engine of ours, present or not: what naming it asks for, and who may stand in for it. This is the one place where the
 * chains are written down:
 *
 * <pre>
 * redis    → disk → heap
 * files    → disk → heap
 * disk     → heap
 * caffeine → heap
 * </pre>
 *
 * @param name the word that chooses it
 * @param rank its rank, where it is not there to be asked
 * @param traits what it can do that others cannot
 * @param standIns the engines that are tried instead, in this order
 */
record Known(String name, int rank, Set<Trait> traits, List<String> standIns) {
    static final String REDIS = "redis";
    static final String FILES = "files";
    static final String DISK = "disk";
    static final String CAFFEINE = "caffeine";
    static final String HEAP = "heap";

    /** What can be lost by taking another engine: what outlives the process, or is shared, is there for a reason. */
    static final Set<Trait> LOSABLE = Set.of(Trait.PERSISTENT, Trait.MULTI_PROCESS, Trait.DISTRIBUTED);

    /** What is somewhere else when it is elsewhere: an engine with one of these has no stand-in. */
    static final Set<Trait> IRREPLACEABLE = Set.of(Trait.COUNTERS, Trait.LOCKS, Trait.QUEUES, Trait.TRANSACTIONS);

    /** All of ours that are artifacts of their own. */
    static final List<Known> ALL = List.of(
            new Known(CAFFEINE, 20, Set.of(Trait.BY_REFERENCE, Trait.ADMISSION), List.of(HEAP)),
            new Known(
                    DISK,
                    8,
                    Set.of(
                            Trait.BYTES,
                            Trait.PERSISTENT,
                            Trait.MULTI_PROCESS,
                            Trait.COUNTERS,
                            Trait.LOCKS,
                            Trait.QUEUES,
                            Trait.TRANSACTIONS,
                            Trait.STREAMS,
                            Trait.ORDERED,
                            Trait.LEASES,
                            Trait.MAINTENANCE),
                    List.of(HEAP)),
            new Known(FILES, 6, Set.of(Trait.BYTES, Trait.PERSISTENT, Trait.MULTI_PROCESS), List.of(DISK, HEAP)),
            new Known(
                    REDIS,
                    4,
                    Set.of(Trait.BYTES, Trait.PERSISTENT, Trait.MULTI_PROCESS, Trait.DISTRIBUTED),
                    List.of(DISK, HEAP)));

    static Optional<Known> of(String name) {
        return ALL.stream().filter(known -> known.name.equals(name)).findFirst();
    }

    /** The engines to try instead of another. */
    static List<String> standInsOf(String name) {
        return of(name).map(Known::standIns).orElse(List.of());
    }

    /** Why it cannot be had while it is not present, and what mends that. */
    Availability.Unavailable missing() {
        return new Availability.Unavailable(
                "not on the class path", "add the artifact io.github.twatcache:twat-cache-" + name);
    }
}
