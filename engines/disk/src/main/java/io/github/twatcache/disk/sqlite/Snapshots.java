package io.github.twatcache.disk.sqlite;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Ends snapshots that nobody looks through any more: behind them, in whichever process, SQLite's log grows and grows. A
 * daemon thread, there only while a connection holds one.
 */
final class Snapshots {
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(10);

    private final BooleanSupplier round;
    private volatile @Nullable Thread watching;
    private volatile boolean closed;

    /** Takes what ends those that are idle, and says whether there are others. */
    Snapshots(BooleanSupplier round) {
        this.round = round;
    }

    /** Says that there is a snapshot. */
    void watch() {
        if (watching == null) {
            start();
        }
    }

    private synchronized void start() {
        if (watching == null && !closed) {
            Thread thread = new Thread(this::run, "twat-cache-disk-snapshots");
            thread.setDaemon(true);
            watching = thread;
            thread.start();
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, EVERY);
            if (!round.getAsBoolean()) {
                watching = null;
                // Whoever has begun one meanwhile has seen this thread, and counted on it.
                if (closed || !round.getAsBoolean() || !resumes()) {
                    return;
                }
            }
        }
    }

    private synchronized boolean resumes() {
        if (watching != null) {
            return false;
        }
        watching = Thread.currentThread();
        return true;
    }

    /** Ends the thread, and waits for that. */
    void close() {
        closed = true;
        Thread thread = watching;
        if (thread == null) {
            return;
        }
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
