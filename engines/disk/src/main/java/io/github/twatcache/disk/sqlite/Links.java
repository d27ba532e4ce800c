package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.LockTimeoutException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded pool of connections. Who waits for one is served in turn, and waits outside of SQLite, so that any number of
 * virtual threads may. The one given back last is lent first: it has the pages in its cache.
 */
final class Links {
    private final Path file;
    private final Opener opener;
    private final int size;
    private final Duration timeout;
    private final Semaphore free;
    private final ConcurrentLinkedDeque<Link> idle = new ConcurrentLinkedDeque<>();

    /** How many need SQLite's log to be free of snapshots that nobody looks through. */
    private final AtomicInteger clearing = new AtomicInteger();

    private volatile boolean closed;

    /** Opens one more connection. */
    interface Opener {
        Link open() throws SQLException;
    }

    Links(Path file, Opener opener, Link first, DatabaseOptions options) {
        this.file = file;
        this.opener = opener;
        this.size = options.connections();
        this.timeout = options.lockTimeout();
        this.free = new Semaphore(size, true);
        idle.push(first);
    }

    /** Lends a connection that holds no snapshot. */
    Link take() throws SQLException {
        Link link = takeAsItIs();
        boolean done = false;
        try {
            link.endSnapshot();
            done = true;
            return link;
        } finally {
            if (!done) {
                link.failed();
                give(link);
            }
        }
    }

    /** Lends a connection to look at the database, at a count of commits. */
    Link takeForLook(LongSupplier commits) throws SQLException {
        if (clearing.get() > 0) {
            return take();
        }
        Link link = takeAsItIs();
        boolean done = false;
        try {
            link.look(commits.getAsLong());
            done = true;
            return link;
        } finally {
            if (!done) {
                link.failed();
                give(link);
            }
        }
    }

    /** Lends a connection that holds no snapshot, if one is at hand; else null. */
    @Nullable Link takeAtOnce() throws SQLException {
        if (!free.tryAcquire()) {
            return null;
        }
        Link link = closed ? null : idle.poll();
        if (link == null) {
            free.release();
            return null;
        }
        try {
            link.endSnapshot();
            return link;
        } catch (SQLException fault) {
            link.failed();
            give(link);
            throw fault;
        }
    }

    private Link takeAsItIs() throws SQLException {
        Stack.probe();
        if (!free.tryAcquire()) {
            acquire(1);
        }
        if (closed) {
            free.release();
            throw new ClosedDatabaseException(file);
        }
        Link link = idle.poll();
        if (link != null) {
            return link;
        }
        try {
            return opener.open();
        } catch (SQLException | RuntimeException | Error failed) {
            free.release();
            throw failed;
        }
    }

    void give(Link link) {
        if (clearing.get() > 0) {
            endQuietly(link);
        }
        if (link.broken()) {
            closed(link);
        } else {
            idle.push(link);
        }
        free.release();
    }

    /** Keeps connections from holding a snapshot longer than somebody looks, until {@link #cleared}. */
    void clear() {
        clearing.incrementAndGet();
        for (Link link : idle) {
            if (link.holds() && idle.remove(link)) {
                end(link);
            }
        }
    }

    void cleared() {
        clearing.decrementAndGet();
    }

    /**
     * Ends the snapshots of connections that nobody has looked through since the last call.
     *
     * @return whether there are others
     */
    boolean endIdleSnapshots() {
        if (!free.tryAcquire()) {
            return true;
        }
        boolean others = false;
        try {
            for (Link link : idle) {
                if (!link.holds()) {
                    continue;
                }
                if (link.lookedThrough()) {
                    others = true;
                } else if (idle.remove(link)) {
                    end(link);
                }
            }
        } finally {
            free.release();
        }
        return others;
    }

    private static void endQuietly(Link link) {
        try {
            link.endSnapshot();
        } catch (SQLException fault) {
            link.failed();
        }
    }

    private void end(Link link) {
        endQuietly(link);
        if (link.broken()) {
            closed(link);
        } else {
            idle.add(link);
        }
    }

    private void acquire(int permits) {
        boolean interrupted = false;
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (true) {
                try {
                    if (free.tryAcquire(permits, deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw new LockTimeoutException("none of the " + size + " connections to the database " + file
                            + " was free within " + timeout.toMillis()
                            + " ms; end a transaction that hangs there, or allow more time (lock-timeout)");
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

    /** Waits for those in use, and closes all; who comes later is refused. Tells whether it was open. */
    boolean close(Consumer<Runnable> around) {
        acquire(size);
        if (closed) {
            free.release(size);
            return false;
        }
        closed = true;
        List<Link> all = new ArrayList<>();
        for (Link link = idle.poll(); link != null; link = idle.poll()) {
            all.add(link);
        }
        try {
            around.accept(() -> all.forEach(Links::closed));
        } finally {
            free.release(size);
        }
        return true;
    }

    /** Closes one; a connection that cannot be closed in order holds nothing that is not committed. */
    private static @Nullable SQLException closed(Link link) {
        try {
            link.close();
            return null;
        } catch (SQLException fault) {
            return fault;
        }
    }
}
