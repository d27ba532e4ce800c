package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.CacheException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.LockTimeoutException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One SQLite database file of this process, in WAL mode. Thread-safe; any number of processes may have the file open, but
 * one copy of these classes in each.
 *
 * <p>While it is open no Java code may open the file, nor the two beside it whose names end in {@code -wal} and
 * {@code -shm}: closing such a handle drops the locks that SQLite holds, and with them the database's soundness.
 */
public final class Database implements AutoCloseable {
    private static final int CUT_MILLIS = 500;

    private final Path file;
    private final DatabaseOptions options;
    private final Links links;
    private final Log log;
    private final Caretaker caretaker;
    private final Looks looks;
    private final Committing committing;
    private final Writers writers;
    private final Behind behind;
    private final WriteLock writeLock;

    /** The connection of this thread's transaction: what the body of one does is part of it. */
    @SuppressWarnings("ThreadLocalUsage") // a thread's transaction with one database has nothing to do with another's
    private final ThreadLocal<@Nullable Link> inside = new ThreadLocal<>();

    private volatile @Nullable CommitHook hook;

    /** What tells the file from one that comes in its place. */
    private final @Nullable Object key;

    /** How the file was when it was opened; null unless it is read without locks. */
    private final @Nullable Frozen frozen;

    /** Made while the file cannot be moved. */
    Database(Path file, DatabaseOptions options, Link first, WriteLock writeLock) {
        this(file, options, first, writeLock, null);
    }

    private Database(Path file, DatabaseOptions options, Link first, WriteLock writeLock, @Nullable Frozen frozen) {
        this.file = file;
        this.frozen = frozen;
        this.options = options;
        this.links = new Links(file, this::another, first, options);
        this.log = new Log(links, options, () -> hook);
        this.caretaker = new Caretaker(this::tookCare);
        this.looks = new Looks(file, options, links, () -> hook, () -> stands(false), caretaker::watch);
        this.committing = new Committing(file, options, links, writeLock, () -> hook, this::grew);
        this.writers = new Writers(this, committing);
        this.behind = new Behind(file, writers::writeAtOnce);
        this.writeLock = writeLock;
        this.key = Opening.key(file);
    }

    /** Does what nobody should wait for; says whether there will be more. */
    private boolean tookCare() {
        boolean snapshots = links.endIdleSnapshots();
        boolean carrying = log.carriedOver();
        return behind.round() || carrying || snapshots;
    }

    /** One more connection, to the same file as the others. */
    private Link another() throws SQLException {
        Link link = Opening.link(file, options, frozen != null);
        if (!unmoved()) {
            link.close();
            throw new MovedDatabaseException(file);
        }
        return link;
    }

    /**
     * Whether the file is still the one that was opened. Asks the file system, and opens nothing.
     *
     * @return whether it is
     */
    public boolean unmoved() {
        return key == null ? Files.exists(file) : key.equals(Opening.key(file));
    }

    /**
     * Opens a database, and makes it where it is not there.
     *
     * @param file the file; its directory is there
     * @param asked how
     * @param rebuilding how it is built anew where it is malformed
     * @param suspect whether somebody has found it malformed: then all of it is examined
     * @return the database, to be closed
     * @throws EngineUnavailableException when another copy of twat-cache in this JVM has it open, or its file system cannot
     *     do what WAL needs
     * @throws DamagedDatabaseException when it is no database, or a malformed one
     * @throws io.github.twatcache.error.PathException when it cannot be opened: no permission, no space
     * @throws io.github.twatcache.error.LockTimeoutException when another process held its lock for too long
     */
    public static Database open(Path file, DatabaseOptions asked, Rebuilding rebuilding, boolean suspect) {
        DatabaseOptions options = asked.fitting(file);
        return opened(
                file,
                options,
                lock -> options.readOnly()
                        ? reading(file, options, lock)
                        : SoundOpening.of(file, options, rebuilding, suspect, lock));
    }

    private static Database reading(Path file, DatabaseOptions options, WriteLock lock) throws SQLException {
        // Before it is opened: who writes from here on is noticed.
        Frozen frozen = Frozen.of(file);
        return new Database(file, options, Opening.reading(file, options, frozen != null), lock, frozen);
    }

    /**
     * Opens a database that is not rebuilt where it is malformed, and makes it where it is not there.
     *
     * @param file the file; its directory is there
     * @param asked how
     * @return the database, to be closed
     * @throws EngineUnavailableException when another copy of twat-cache in this JVM has it open, or its file system cannot
     *     do what WAL needs
     * @throws DamagedDatabaseException when it is no database, or a malformed one
     * @throws io.github.twatcache.error.PathException when it cannot be opened: no permission, no space
     * @throws io.github.twatcache.error.LockTimeoutException when another process held its lock for too long
     */
    public static Database open(Path file, DatabaseOptions asked) {
        DatabaseOptions options = asked.fitting(file);
        return opened(
                file,
                options,
                lock -> options.readOnly()
                        ? reading(file, options, lock)
                        : new Database(file, options, Opening.first(file, options), lock));
    }

    /** Opens a database that is claimed already. */
    private interface Opener {
        Database open(WriteLock lock) throws SQLException;
    }

    private static Database opened(Path file, DatabaseOptions options, Opener opener) {
        Faults.prepare();
        Claims.take(file, options.readOnly());
        boolean opened = false;
        WriteLock lock = new WriteLock(file);
        try {
            Database database = opener.open(lock);
            opened = true;
            return database;
        } catch (SQLException fault) {
            throw Faults.of(file, fault);
        } finally {
            if (!opened) {
                lock.close();
                Claims.leave(file);
            }
        }
    }

    /**
     * Where it is.
     *
     * @return the file
     */
    public Path file() {
        return file;
    }

    /**
     * How it was opened.
     *
     * @return the options
     */
    public DatabaseOptions options() {
        return options;
    }

    /**
     * Has a hook called around each commit from now on; such commits also take a lock of ours, over processes, which spans
     * them.
     *
     * @param listener the hook
     */
    public void onCommit(CommitHook listener) {
        hook = listener;
    }

    /**
     * Looks for something, each statement by itself: what two statements see may differ. Within {@link #transaction} it is part of that.
     *
     * @param <R> what comes of it
     * @param work what to do; writes nothing
     * @return what came of it, {@code null} where that is what the work returned
     * @throws CacheException what SQLite says, in our words
     * @throws ClosedDatabaseException when it is closed
     */
    public <R> @Nullable R find(Work<R> work) {
        try {
            Link mine = inside.get();
            return mine == null ? looks.find(work) : work.run(mine);
        } catch (SQLException fault) {
            throw fault(fault);
        }
    }

    /** What is thrown of what SQLite says: of a file that is not there any more it says all kinds of things. */
    private RuntimeException fault(SQLException fault) {
        return stands(true) ? Faults.of(file, fault) : new MovedDatabaseException(file);
    }

    /** Whether what was read counts: of a file that is read without locks only as long as nobody has written to it. */
    private boolean stands(boolean surely) {
        CommitHook listener = hook;
        return frozen == null ? listener == null || listener.stands(surely) : frozen.lasts(file);
    }

    /**
     * Reads, each statement by itself: what two statements see may differ. Within {@link #transaction} it is part of that.
     *
     * @param <R> what comes of it
     * @param work what to do; writes nothing
     * @return what came of it
     * @throws CacheException what SQLite says, in our words
     * @throws ClosedDatabaseException when it is closed
     */
    public <R> R read(Work<R> work) {
        return Objects.requireNonNull(find(work), "result");
    }

    /**
     * Reads in one snapshot: all statements see the same.
     *
     * @param <R> what comes of it
     * @param work what to do; writes nothing
     * @return what came of it, {@code null} where that is what the work returned
     * @throws CacheException what SQLite says, in our words
     * @throws ClosedDatabaseException when it is closed
     */
    public <R> R readAtOnce(Work<R> work) {
        return read(link -> {
            if (link.writing() || link.holds()) {
                return work.run(link);
            }
            link.run("BEGIN");
            try {
                return work.run(link);
            } finally {
                link.run("COMMIT");
            }
        });
    }

    /**
     * Writes: all or nothing, committed when this returns, perhaps together with the works of other threads. Within
     * {@link #transaction} it is part of that.
     *
     * @param <R> what comes of it
     * @param work what to do; may be run more than once, and on another thread
     * @return what came of it
     * @throws CacheException what SQLite says, in our words
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the lock for too long
     * @throws ClosedDatabaseException when it is closed
     */
    public <R> R write(Work<R> work) {
        Link mine = inside.get();
        if (mine == null) {
            return writers.write(work);
        }
        try {
            return part(mine, work);
        } catch (SQLException fault) {
            throw fault(fault);
        }
    }

    /**
     * Has something written before long that no caller should wait for: by a thread beside them, at a moment when nobody
     * else writes. Where it cannot be written it is forgotten; who needs it asks again.
     *
     * @param work what to do; the same one waits but once, however often it is asked for. What it returns says nothing
     */
    public void writeLater(Work<Boolean> work) {
        if (behind.add(work)) {
            caretaker.watch();
        }
    }

    /**
     * Whether this thread is within a {@link #transaction}, and so sees what nobody else does yet.
     *
     * @return whether it is
     */
    public boolean within() {
        return inside.get() != null;
    }

    /** What is done under the write lock.
     *
     * @param <R> what comes of it
     */
    @FunctionalInterface
    public interface Locked<R> {
        /**
         * Does it.
         *
         * @return what comes of it
         * @throws IOException when a file fails
         */
        R run() throws IOException;
    }

    /**
     * Runs something while no process commits.
     *
     * @param <R> what comes of it
     * @param body what to do; writes nothing to the database
     * @return what came of it
     * @throws IOException what the body throws, or the lock
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the lock for too long
     */
    public <R> R locked(Locked<R> body) throws IOException {
        try {
            return Objects.requireNonNull(
                    writers.alone(() -> {
                        try {
                            writeLock.take(options.lockTimeout());
                            try {
                                if (!unmoved()) {
                                    throw new MovedDatabaseException(file);
                                }
                                return body.run();
                            } finally {
                                writeLock.leave();
                            }
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }),
                    "result");
        } catch (SQLException fault) {
            throw fault(fault);
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /** A work within a transaction. */
    private static <R> R part(Link link, Work<R> work) throws SQLException {
        return Part.of(link, "SAVEPOINT part", "ROLLBACK TO part", "RELEASE part", () -> {
            R result = Objects.requireNonNull(work.run(link), "result");
            link.current().finish(link);
            return result;
        });
    }

    /** What runs alone among the writers of this process. */
    interface Alone<R> {
        @Nullable R run() throws SQLException;
    }

    /**
     * Runs something on this thread, once, as one transaction: all that it reads and writes here, or nothing. Other threads
     * and processes go on reading what was there before, and wait with their writes. Within itself it is part of the outer
     * one, and undone by itself where it throws.
     *
     * @param <R> what comes of it
     * @param <X> what it throws
     * @param body what to do; whatever it throws undoes all
     * @return what came of it
     * @throws X what the body throws
     * @throws CacheException what SQLite says, in our words
     * @throws io.github.twatcache.error.LockTimeoutException when another process held the lock for too long
     * @throws ClosedDatabaseException when it is closed
     */
    public <R extends @Nullable Object, X extends Exception> R transaction(Body<R, X> body) throws X {
        Whole<R, X> whole = new Whole<>(body);
        Link mine = inside.get();
        try {
            if (mine != null) {
                whole.inner(mine);
            } else {
                writers.alone(() -> committing.run(
                        link -> {
                            inside.set(link);
                            try {
                                return whole.outermost(link);
                            } finally {
                                inside.remove();
                            }
                        },
                        () -> {}));
            }
        } catch (Whole.Undone undone) {
            throw whole.thrown();
        } catch (SQLException fault) {
            throw fault(fault);
        }
        return whole.outcome();
    }

    /**
     * Within {@link #transaction} of this thread, has something done if what comes after this call is undone. Without one it
     * does nothing: a {@link #write} tells its caller how it ended.
     *
     * @param action what to do; calls no method of this
     */
    public void whenUndone(Runnable action) {
        Link mine = inside.get();
        if (mine != null) {
            mine.current().whenUndone(action);
        }
    }

    private void grew(int keys) {
        if (log.grew(keys)) {
            caretaker.hurry();
        }
    }

    /** What is thrown at who waited for a work. */
    RuntimeException thrown(Throwable why) {
        if (why instanceof SQLException fault) {
            return fault(fault);
        } else if (why instanceof Error error) {
            throw error;
        }
        return (RuntimeException) why;
    }

    /**
     * Runs something while no other thread of this process writes: for what cannot be done within a transaction, such as
     * {@code VACUUM}.
     *
     * @param <R> what comes of it
     * @param work what to do
     * @return what came of it
     * @throws CacheException what SQLite says, in our words
     */
    public <R> @Nullable R outsideTransaction(Work<R> work) {
        try {
            return writers.alone(() -> {
                Link link = links.take();
                try {
                    return work.run(link);
                } catch (SQLException fault) {
                    if (Faults.busy(fault)) {
                        return looks.again(link, work);
                    }
                    throw fault;
                } finally {
                    links.give(link);
                }
            });
        } catch (SQLException fault) {
            throw fault(fault);
        }
    }

    /**
     * From now on only commits carry SQLite's log over into the file, which makes that longer, and no thread beside them.
     */
    public void carryOverWithinCommits() {
        log.withinCommits();
    }

    /**
     * Writes SQLite's log into the file and cuts it off, so that both are no longer than what they hold. Waits up to half a
     * second for those who are looking.
     *
     * @return whether it could be done: not while somebody looks for long, here or in another process
     * @throws CacheException what SQLite says, in our words
     */
    public boolean cutLog() {
        links.clear();
        log.begin();
        try {
            return Boolean.TRUE.equals(outsideTransaction(link -> {
                link.runToTheEnd("PRAGMA busy_timeout = " + CUT_MILLIS);
                try {
                    // Its first column says whether it was kept from it.
                    return link.number("PRAGMA wal_checkpoint(TRUNCATE)", 1) == 0;
                } finally {
                    link.runToTheEnd("PRAGMA busy_timeout = 0");
                }
            }));
        } finally {
            log.end();
            links.cleared();
        }
    }

    /**
     * Waits for what is running, and closes all connections. Closing again does nothing. The last connection of all deletes
     * SQLite's files beside the database by their names: nobody may move or make them meanwhile.
     */
    @Override
    public void close() {
        if (links.close(this::underLock)) {
            caretaker.close();
            writeLock.close();
            Claims.leave(file);
        }
    }

    private void underLock(Runnable closing) {
        if (options.readOnly()) {
            closing.run();
            return;
        }
        try {
            writeLock.take(options.lockTimeout());
            try {
                closing.run();
            } finally {
                writeLock.leave();
            }
        } catch (IOException | LockTimeoutException notToBeHad) {
            closing.run();
        }
    }

    @Override
    public String toString() {
        return "database " + file;
    }
}
