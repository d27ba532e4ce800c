package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQLite's log of a database, which has to be carried over into it now and then. SQLite does that within a commit, where all
 * writers of all processes wait for its flushes; here it is done beside them.
 */
final class Log {
    /**
     * When a cache has it carried over beside the writes. Each time takes two flushes, behind which writes queue: at 2 MiB the slowest
     * of a hundred puts took twice as long. What it takes beside the database is missing where the disk is full.
     */
    static final long BYTES = 16L << 20;

    /** At so many times that a commit does it, since nobody came to it before: as SQLite has it. */
    static final int FULL = 2;

    /** So many times that is too long. */
    static final int LONG = 4;

    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private static final String WRITE = "PRAGMA wal_checkpoint(PASSIVE)";

    /** Does nothing, but says how long it is. */
    private static final String LENGTH = "PRAGMA wal_checkpoint(NOOP)";

    /** Also begins it anew, unless somebody looks at that moment. */
    private static final String EMPTY = "PRAGMA wal_checkpoint(TRUNCATE)";

    /** A commit writes about two pages, and one more for each key. */
    private static final int PAGES = 2;

    private final Links links;
    private final int pageSize;
    private final long bytes;
    private final Supplier<@Nullable CommitHook> hook;
    private final AtomicBoolean due = new AtomicBoolean();

    /** Whether only commits carry it over, so that who counts the files after each knows how long they are. */
    private volatile boolean withinCommits;

    /** Held by who carries it over. */
    private final ReentrantLock carrying = new ReentrantLock();

    /** How many pages this process has written since, about. For the leader of the writers. */
    private long pages;

    Log(Links links, DatabaseOptions options, Supplier<@Nullable CommitHook> hook) {
        this.links = links;
        this.pageSize = options.pageSize();
        this.bytes = options.logBytes();
        this.hook = hook;
    }

    void withinCommits() {
        withinCommits = true;
    }

    /** Hears of a commit; says whether the log is to be carried over. To be called by the leader of the writers. */
    boolean grew(int keys) {
        pages += PAGES + keys;
        if (withinCommits || pages * pageSize < bytes) {
            return false;
        }
        pages = 0;
        due.set(true);
        return true;
    }

    /** Carries the log over, if that is to be done; says whether it is to be done again. */
    boolean carriedOver() {
        CommitHook all = hook.get();
        if (!due.get() || all == null) {
            return false;
        }
        if (!carrying.tryLock()) {
            return true;
        }
        try {
            Link link = links.takeAtOnce();
            if (link == null) {
                return true;
            }
            try {
                due.set(false);
                if (!all.logIsLong() && !worthwhile(link)) {
                    return due.get();
                }
                boolean isLong = carryOver(link, all.logIsLong() ? EMPTY : WRITE) * pageSize > LONG * bytes;
                all.logIsLong(isLong);
                due.compareAndSet(false, isLong);
            } finally {
                links.give(link);
            }
        } catch (SQLException fault) {
            LOG.debug("the log was not carried over; a later commit does it", fault);
            return false;
        } finally {
            carrying.unlock();
        }
        return due.get();
    }

    /** Waits until nobody of this process carries it over, and keeps others from it: SQLite turns the second one away. */
    void begin() {
        carrying.lock();
    }

    /** Ends what {@link #begin} has begun. */
    void end() {
        carrying.unlock();
    }

    /**
     * Whether there is much to carry over, which {@link #grew} only guesses, and of all processes; or nothing much, and the log
     * is long all the same: commits have carried it over, and it cannot begin anew, since at every moment somebody looks.
     */
    private boolean worthwhile(Link link) throws SQLException {
        try (Results row = link.prepared(LENGTH).executeQuery()) {
            if (!row.next()) {
                return false;
            }
            long all = row.getLong(2);
            long waiting = all - row.getLong(3);
            return waiting * pageSize >= bytes || all * pageSize > LONG * bytes;
        }
    }

    /** Carries over what can be, and says how many pages the log has. */
    private static long carryOver(Link link, String how) throws SQLException {
        try (Results row = link.prepared(how).executeQuery()) {
            return row.next() ? row.getLong(2) : 0;
        } catch (SQLException fault) {
            if (!Faults.busy(fault)) {
                link.failed();
            }
            throw fault;
        }
    }
}
