package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Numbers for value files, and what becomes of files whose process dies. Numbers are taken in blocks, which the database
 * remembers with the process that took them: a file without a row is looked for among those of dead processes only, so no
 * folder is ever walked. A file that no row names any more is noted in the same transaction, and deleted after it; one that
 * cannot be deleted stays noted, and every opening tries again: some at once, the others beside the writes that follow.
 */
final class FileNumbers {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int BLOCK = 64;

    /** So many of the files that are noted are tried when the folder is opened. */
    private static final int AT_ONCE = 1_000;

    /** So many more of them after each write. */
    private static final int BESIDE = 16;

    /** Behind all numbers. */
    private static final long ALL = Long.MAX_VALUE;

    /** Numbers from here on are drawn by chance. */
    static final long DRAWN = 1L << 62;

    private static final SecureRandom CHANCE = new SecureRandom();
    private static final String NAMED =
            "SELECT 1 FROM entry WHERE file = ?1 UNION ALL SELECT 1 FROM item WHERE file = ?1";

    private final Database database;
    private final ValueFiles files;
    private final LiveProcess process;
    private final ConcurrentLinkedQueue<Long> deleted = new ConcurrentLinkedQueue<>();

    /** Which no row names, and which stand in no table yet. */
    private final ConcurrentLinkedQueue<Long> stuck = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean told = new AtomicBoolean();

    /** Up to which number the files that were noted have been tried since the folder was opened. */
    private volatile long tried = Long.MIN_VALUE;

    private long next;
    private long end;

    FileNumbers(Database database, ValueFiles files, LiveProcess process) {
        this.database = database;
        this.files = files;
        this.process = process;
    }

    /**
     * A number for a file that this process is about to write. Within a transaction no block can be taken for good: there
     * the number is drawn by chance, from above all blocks, and noted in this process's own file.
     */
    long next() {
        while (true) {
            synchronized (this) {
                if (next < end) {
                    return next++;
                }
            }
            if (database.within()) {
                long number = (CHANCE.nextLong() & Long.MAX_VALUE) | DRAWN;
                process.note(number);
                return number;
            }
            long first = database.write(this::block);
            synchronized (this) {
                if (next >= end) {
                    next = first;
                    end = first + BLOCK;
                }
            }
        }
    }

    private long block(Link link) throws SQLException {
        long first = Serial.block(link, BLOCK);
        Prepared insert = link.prepared("INSERT INTO draft VALUES (?, ?, ?)");
        insert.setLong(1, first);
        insert.setInt(2, BLOCK);
        insert.setString(3, process.name());
        insert.executeUpdate();
        return first;
    }

    /** Has a file that the running transaction takes from its row deleted after the commit. */
    void release(Link link, long number) throws SQLException {
        note(link, number);
        link.afterCommit(() -> {
            if (deleted(number)) {
                deleted.add(number);
            }
        });
    }

    private static void note(Link link, long number) throws SQLException {
        Prepared insert = link.prepared("INSERT OR IGNORE INTO gone VALUES (?)");
        insert.setLong(1, number);
        insert.executeUpdate();
    }

    /** Deletes a file that no row has come to name, now or at a later opening. */
    void discard(long number) {
        if (!deleted(number)) {
            stuck.add(number);
        }
    }

    /** Deletes a file, and says whether that could be done: what was committed stands, whatever becomes of its files. */
    private boolean deleted(long number) {
        boolean done = files.deleted(number);
        if (!done && told.compareAndSet(false, true)) {
            LOG.warn(
                    "a value file that is not needed any more cannot be deleted, as perhaps others: {}; it is tried again"
                            + " whenever the cache is opened; let this process's user delete there",
                    files.path(number));
        }
        return done;
    }

    /** Takes back the notes on files that are deleted by now. */
    void tidy(Link link, int most) throws SQLException {
        for (int i = 0; i < most; i++) {
            Long number = deleted.poll();
            if (number == null) {
                return;
            }
            Prepared delete = link.prepared("DELETE FROM gone WHERE file = ?");
            delete.setLong(1, number);
            delete.executeUpdate();
        }
    }

    /** Deletes what dead processes have left, as far as some work and as it can be deleted. */
    void sweep(int most) {
        process.notesOfDead(number -> database.write(link -> unlessNamed(link, number)));
        boolean some = tried(database.read(link -> noted(link, AT_ONCE)), AT_ONCE);
        List<long[]> blocks = new ArrayList<>();
        database.read(link -> {
            try (Results rows =
                    link.prepared("SELECT first, count, process FROM draft").executeQuery()) {
                while (rows.next() && blocks.size() < most) {
                    if (process.dead(rows.getText(3))) {
                        blocks.add(new long[] {rows.getLong(1), rows.getLong(2)});
                    }
                }
            }
            return true;
        });
        blocks.forEach(block -> sweep(block[0], block[1]));
        if (some) {
            database.write(link -> {
                tidy(link, Integer.MAX_VALUE);
                return true;
            });
        }
    }

    /** Goes on with the files that are noted, within a transaction that writes: they are deleted after it. */
    void sweepOn(Link link) throws SQLException {
        if (tried != ALL) {
            List<Long> noted = noted(link, BESIDE);
            link.afterCommit(() -> tried(noted, BESIDE));
        }
    }

    private List<Long> noted(Link link, int most) throws SQLException {
        Prepared select = link.prepared("SELECT file FROM gone WHERE file > ? ORDER BY file LIMIT ?");
        select.setLong(1, tried);
        select.setInt(2, most);
        return Rows.ids(select);
    }

    /** Deletes some that were noted, as far as it can be done; says whether any was. */
    private boolean tried(List<Long> noted, int most) {
        boolean some = false;
        for (long number : noted) {
            if (deleted(number)) {
                deleted.add(number);
                some = true;
            }
        }
        tried = noted.size() < most ? ALL : noted.get(noted.size() - 1);
        return some;
    }

    private void sweep(long first, long count) {
        database.write(link -> {
            for (long number = first; number < first + count; number++) {
                unlessNamed(link, number);
            }
            Prepared delete = link.prepared("DELETE FROM draft WHERE first = ?");
            delete.setLong(1, first);
            delete.executeUpdate();
            return true;
        });
    }

    /** Deletes a file unless a row names it; under the write lock, so that no row comes to. */
    private boolean unlessNamed(Link link, long number) throws SQLException {
        Prepared named = link.prepared(NAMED);
        named.setLong(1, number);
        try (Results row = named.executeQuery()) {
            if (row.next()) {
                return false;
            }
        }
        if (!deleted(number)) {
            note(link, number);
        }
        return true;
    }

    /** Gives back the blocks of this process, none of whose files is being written any more. */
    void close() {
        database.write(link -> {
            tidy(link, Integer.MAX_VALUE);
            for (Long number : stuck) {
                note(link, number);
            }
            Prepared delete = link.prepared("DELETE FROM draft WHERE process = ?");
            delete.setString(1, process.name());
            delete.executeUpdate();
            return true;
        });
    }

    /** Whether a number was drawn by chance within a transaction, and noted by its process. */
    static boolean drawn(long number) {
        return number >= DRAWN;
    }
}
