package io.github.twatcache.spi;

import java.util.List;

/** A store that can be examined and put in order while it is in use. Every store with {@link Trait#MAINTENANCE} is one. */
public interface MaintenanceStore {
    /**
     * One thing that is not as it should be.
     *
     * @param name the kind of fault, one of the store's documented words, such as {@code "missing-file"}
     * @param where what it was found in: a table, a row, a file; never a key's or a value's content
     * @param mended whether {@link #check} has put it right
     */
    record Fault(String name, String where, boolean mended) {}

    /**
     * Examines everything that is stored: structure, checksums, value files, counts. Reads all of it; how far it keeps
     * others from writing is for the store to document.
     *
     * @param fix whether to put right what can be; a damaged entry is set aside and becomes a miss
     * @return the faults found, each by name; empty when all is well
     */
    List<Fault> check(boolean fix);

    /**
     * Removes what is over the limits or expired, now.
     *
     * @return how many entries were removed
     */
    long cull();

    /**
     * Removes all entries whose lifetime is over, and none that lives.
     *
     * @return how many entries were removed
     */
    long expire();

    /**
     * What the store takes where it lives: the physical bytes, overhead included.
     *
     * @return the bytes
     */
    long volume();

    /** Forgets what the store itself has counted over all processes; a store that counts nothing does nothing. */
    default void resetStatistics() {}
}
