package io.github.twatcache.shared;

import io.github.twatcache.spi.CellStore;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.time.InstantSource;

/** Makes what several processes agree on through one cache. Core has one for each cache that is asked for it. */
public final class Coordination implements AutoCloseable {
    /** How long a lock is held after its process has died, where nothing else is said. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration SHORTEST = Duration.ofMillis(10);
    private static final Duration LONGEST = Duration.ofDays(1);

    private final String cache;
    private final Cells cells;
    private final InstantSource clock;
    private final Keeper keeper;
    private final String process = Owners.process();

    /**
     * Begins with nothing held.
     *
     * @param cache the cache's name
     * @param store its cells
     * @param clock the wall clock that leases end by
     * @param usable throws when the cells must not be used now
     */
    public Coordination(String cache, CellStore store, InstantSource clock, Runnable usable) {
        this.cache = cache;
        this.cells = new Cells(store, usable);
        this.clock = clock;
        this.keeper = new Keeper(cache);
    }

    private String words(String what, String name) {
        return what + " '" + name + "' of cache '" + cache + "'";
    }

    private Places places(String prefix, String what, String name, int count, Duration lease) {
        if (lease.compareTo(SHORTEST) < 0 || lease.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("lease of " + words(what, name) + " must be from "
                    + Durations.format(SHORTEST) + " to " + Durations.format(LONGEST) + ", but was "
                    + Durations.shown(lease) + "; give one in between");
        }
        return new Places(cells, clock, prefix + name, words(what, name), count, lease);
    }

    /**
     * A lock.
     *
     * @param name its name
     * @param lease how long it is held without being renewed: from 10 ms to a day
     * @param reentrant whether its holder may take it again
     * @return the lock
     */
    public SharedLock lock(String name, Duration lease, boolean reentrant) {
        return new SharedLock(places("lock:", "lock", name, 1, lease), keeper, process, reentrant);
    }

    /**
     * A semaphore.
     *
     * @param name its name
     * @param permits how many may be held, 1 to 1,000
     * @param lease how long a permit is held without being renewed: from 10 ms to a day
     * @return the semaphore
     */
    public SharedSemaphore semaphore(String name, int permits, Duration lease) {
        if (permits < 1 || permits > 1_000) {
            throw new IllegalArgumentException("permits of " + words("semaphore", name)
                    + " must be from 1 to 1,000, but were " + permits + "; give a number in between");
        }
        return new SharedSemaphore(places("semaphore:", "semaphore", name, permits, lease), keeper, process);
    }

    /**
     * A throttle.
     *
     * @param name its name
     * @param count how many calls, 1 or more
     * @param per in how much time, more than zero
     * @return the throttle
     */
    public Throttle throttle(String name, int count, Duration per) {
        if (count < 1 || per.isZero() || per.isNegative() || per.compareTo(LONGEST.multipliedBy(366)) > 0) {
            throw new IllegalArgumentException(words("throttle", name)
                    + " must let 1 call or more through in more than zero and a year at most, but was given " + count
                    + " in " + Durations.shown(per) + "; give others");
        }
        return new Throttle(cells, clock, "throttle:" + name, words("throttle", name), count, per);
    }

    /**
     * An average.
     *
     * @param name its name
     * @return the average
     */
    public Average average(String name) {
        return new Average(cells, "average:" + name, words("average", name));
    }

    /** Lets go of everything that this process holds. */
    @Override
    public void close() {
        keeper.close();
    }
}
