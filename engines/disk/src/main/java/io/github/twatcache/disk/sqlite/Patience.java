package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.LockTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One wait for a lock that another process holds: it asks often at first and less often later, never longer apart than a
 * millisecond. SQLite's own way sleeps up to 100 ms, which is what its slowest writes are made of. A thread that is
 * interrupted goes on waiting and stays interrupted. For one thread.
 */
final class Patience {
    private static final int SPINS = 30;
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    private final Path file;
    private final Duration timeout;
    private final long deadline;
    private int tries;
    private long pause = SHORTEST_PAUSE;
    private boolean interrupted;

    Patience(Path file, Duration timeout) {
        this.file = file;
        this.timeout = timeout;
        this.deadline = System.nanoTime() + timeout.toNanos();
    }

    /** Waits a little. */
    void pause() {
        if (System.nanoTime() - deadline >= 0) {
            throw new LockTimeoutException("the lock of the database " + file + " was not free within "
                    + timeout.toMillis()
                    + " ms: another process holds it; end a process that hangs there, or allow more"
                    + " time (lock-timeout)");
        }
        if (tries++ < SPINS) {
            Thread.onSpinWait();
            return;
        }
        LockSupport.parkNanos(this, pause);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
        interrupted |= Thread.interrupted();
    }

    /** Ends the wait. */
    void done() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
