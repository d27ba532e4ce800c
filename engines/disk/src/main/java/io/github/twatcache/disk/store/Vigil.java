package io.github.twatcache.disk.store;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/**
 * Watches over the life of other processes on behalf of all who wait for them: however many wait, the file system is asked
 * at most every 20 ms for each process.
 */
final class Vigil {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(20);

    private final LiveProcess process;
    private final ConcurrentMap<String, Long> asked = new ConcurrentHashMap<>();

    Vigil(LiveProcess process) {
        this.process = process;
    }

    /** Whether a process is known to be dead by now. */
    boolean dead(String owner) {
        long now = System.nanoTime();
        Long last = asked.get(owner);
        if (last != null && now - last < EVERY) {
            return false;
        }
        asked.put(owner, now);
        if (!process.dead(owner)) {
            return false;
        }
        asked.remove(owner);
        return true;
    }
}
