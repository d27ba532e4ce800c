package io.github.twatcache.path;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.text.Durations;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The lock of a directory: over the threads of a process by a lock of Java's, over processes by a lock of the operating
 * system's, which falls when its process dies. It is asked for again and again instead of waited for: a channel that waits
 * closes itself under an interrupted thread, and with it falls every lock that the process holds on the file.
 */
final class DirectoryLock {
    /** A byte that no content reaches: on Windows a locked byte cannot be read by others. */
    private static final long FAR = 1L << 62;

    private static final int SPINS = 20;
    private static final long SHORTEST_PAUSE = TimeUnit.MICROSECONDS.toNanos(20);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);

    /** Longer waits have no number of nanoseconds, and nobody sees them end. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(100 * 365);

    private final ReentrantLock threads = new ReentrantLock();
    private final Duration timeout;
    private final Locks locks;
    private @Nullable FileLock processes;

    DirectoryLock(Duration timeout) {
        this(timeout, DirectoryLock::tryLock);
    }

    /** One on a file system whose locks are those. */
    DirectoryLock(Duration timeout, Locks locks) {
        this.timeout = timeout;
        this.locks = locks;
    }

    /** The locks of a file system. */
    interface Locks {
        /** A lock on a file; null when another process holds it. */
        @Nullable FileLock tryLock(FileChannel file) throws IOException;
    }

    /** Something that can be waited for. */
    interface Wait {
        /** Whether it has come in time. */
        boolean within(long nanos) throws InterruptedException;
    }

    /** When a wait that begins now is over. */
    static long deadline(Duration timeout) {
        return System.nanoTime() + (timeout.compareTo(LONGEST_WAIT) < 0 ? timeout : LONGEST_WAIT).toNanos();
    }

    /** Waits until then also on a thread that is interrupted, which it stays. */
    static boolean await(long deadline, Wait wait) {
        boolean interrupted = Thread.interrupted();
        try {
            for (; ; ) {
                try {
                    return wait.within(deadline - System.nanoTime());
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes the lock of this process's threads, which the other one needs. */
    void enter(Object directory) {
        if (!await(deadline(timeout), nanos -> threads.tryLock(nanos, TimeUnit.NANOSECONDS))) {
            throw late(directory, "another thread of this process");
        }
    }

    /** Takes the same where nobody holds it. */
    boolean tryEnter() {
        return threads.tryLock();
    }

    void leave() {
        threads.unlock();
    }

    boolean entered() {
        return threads.isHeldByCurrentThread();
    }

    /** Takes the operating system's lock on that file. */
    void lock(RandomAccessFile file, Object directory) throws IOException {
        boolean interrupted = false;
        try {
            long deadline = deadline(timeout);
            long pause = SHORTEST_PAUSE;
            for (int tries = 0; ; tries++) {
                FileLock lock = locks.tryLock(file.getChannel());
                if (lock != null) {
                    processes = lock;
                    return;
                }
                if (System.nanoTime() - deadline >= 0) {
                    throw late(directory, "another process");
                }
                if (tries < SPINS) {
                    Thread.onSpinWait();
                } else {
                    LockSupport.parkNanos(this, pause);
                    pause = Math.min(LONGEST_PAUSE, pause * 2);
                    interrupted |= Thread.interrupted();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void unlock() throws IOException {
        FileLock lock = processes;
        processes = null;
        if (lock != null) {
            lock.release();
        }
    }

    /** A lock on a file that falls with its process; null when another process holds it. */
    static @Nullable FileLock tryLock(RandomAccessFile file) throws IOException {
        return tryLock(file.getChannel());
    }

    static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        return file.tryLock(FAR, 1, false);
    }

    private LockTimeoutException late(Object directory, String holder) {
        return new LockTimeoutException("the lock of the cache directory " + directory + " was not free within "
                + Durations.format(timeout) + ": " + holder
                + " holds it; end a process that hangs there, or allow more time"
                + " (lockTimeout)");
    }
}
