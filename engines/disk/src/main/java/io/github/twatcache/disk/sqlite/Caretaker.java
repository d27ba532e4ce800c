package io.github.twatcache.disk.sqlite;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is to be done for a database that no caller should wait for: to carry its log over, which takes flushes, and to end
 * snapshots that nobody looks through any more, behind which the log, in whichever process, grows and grows; and to write
 * what readers have noted. A daemon thread, there only while there is something to do.
 */
final class Caretaker {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final long EVERY = TimeUnit.MILLISECONDS.toNanos(10);

    private final BooleanSupplier round;
    private volatile @Nullable Thread thread;
    private volatile boolean closed;

    /** Takes what does it, and says whether there will be more. */
    Caretaker(BooleanSupplier round) {
        this.round = round;
    }

    /** Says that there is something to do before long. */
    void watch() {
        if (thread == null) {
            start();
        }
    }

    /** Says that there is something to do now. */
    void hurry() {
        watch();
        LockSupport.unpark(thread);
    }

    private synchronized void start() {
        if (thread == null && !closed) {
            Thread started = new Thread(this::run, "twat-cache-disk-caretaker");
            started.setDaemon(true);
            thread = started;
            boolean runs = false;
            try {
                started.start();
                runs = true;
            } catch (OutOfMemoryError noThreads) {
                // Who asks has committed something, and must not be told that it failed; the next who asks tries again.
                LOG.debug("no thread could be started to tidy up beside the callers", noThreads);
            } finally {
                if (!runs) {
                    thread = null;
                }
            }
        }
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(this, EVERY);
            if (!round.getAsBoolean()) {
                thread = null;
                // Whoever has found something meanwhile has seen this thread, and counted on it.
                if (closed || !round.getAsBoolean() || !resumes()) {
                    return;
                }
            }
        }
    }

    private synchronized boolean resumes() {
        if (thread != null) {
            return false;
        }
        thread = Thread.currentThread();
        return true;
    }

    /** Ends the thread, and waits for that. */
    void close() {
        closed = true;
        Thread running = thread;
        if (running == null) {
            return;
        }
        LockSupport.unpark(running);
        boolean interrupted = false;
        while (true) {
            try {
                running.join();
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
