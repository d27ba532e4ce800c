package io.github.twatcache.disk.store;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long to sleep between two looks at what another process may do at any moment: an eighth of what one has waited
 * already, so that a short wait is hardly lengthened and a long one costs hardly anything.
 */
final class Pause {
    private static final long SHORTEST = TimeUnit.MICROSECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(10);

    private Pause() {}

    /** The nanoseconds of a bound, which may be beyond what fits. */
    static long nanos(Duration bound) {
        return bound.compareTo(Duration.ofDays(1)) > 0 ? TimeUnit.DAYS.toNanos(1) : bound.toNanos();
    }

    /** Sleeps once. */
    static void after(long waited, long atMost) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(Math.min(atMost, Math.max(SHORTEST, Math.min(LONGEST, waited / 8))));
    }
}
