package io.github.twatcache.path;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The turns of this process in one directory that have not ended, whatever the files say. Thread-safe. */
final class OwnTurns {
    private final AtomicLong numbers = new AtomicLong();
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    /** A number that no other turn has had; it runs from now on. */
    long begin() {
        long number = numbers.incrementAndGet();
        running.add(number);
        return number;
    }

    void end(long number) {
        running.remove(number);
    }

    boolean running(long number) {
        return running.contains(number);
    }
}
