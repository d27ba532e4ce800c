package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How a database is opened.
 *
 * @param connections how many connections there are at most, 1 or more
 * @param lockTimeout how long to wait for a lock that others hold
 * @param pageSize the size of a page of a new database in bytes: a power of two from 512 to 65,536
 * @param mmapBytes how much of the file is mapped at most; 0 for nothing
 * @param cacheBytes the page cache of each connection
 * @param logBytes how long SQLite's log becomes before it is carried over beside the writes
 * @param readOnly whether nothing is ever written
 * @param autoVacuum what becomes of free pages, as SQLite's pragma {@code auto_vacuum} names it
 */
public record DatabaseOptions(
        int connections,
        Duration lockTimeout,
        int pageSize,
        long mmapBytes,
        long cacheBytes,
        long logBytes,
        boolean readOnly,
        String autoVacuum) {
    /** A log takes no more than one part of so many of the room that there is when the database is opened. */
    private static final int SHARE = 4;

    /** Longer waits have no number of nanoseconds, and nobody sees them end. */
    private static final Duration LONGEST_WAIT = Duration.ofDays(100 * 365);

    private static final long SHORTEST_LOG = 1L << 20;

    /** Checks the numbers. */
    public DatabaseOptions {
        lockTimeout = lockTimeout.compareTo(LONGEST_WAIT) < 0 ? lockTimeout : LONGEST_WAIT;
        if (connections < 1) {
            throw new IllegalArgumentException("a database needs 1 connection or more, not " + connections);
        }
    }

    /**
     * What is good for a cache: two connections for each core, a minute for locks.
     *
     * @return the options
     */
    public static DatabaseOptions standard() {
        return new DatabaseOptions(
                2 * Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(60),
                4_096,
                256L << 20,
                8L << 20,
                Log.BYTES,
                false,
                "INCREMENTAL");
    }

    /**
     * The same with another time for locks.
     *
     * @param timeout how long to wait
     * @return the options
     */
    public DatabaseOptions waiting(Duration timeout) {
        return new DatabaseOptions(
                connections, timeout, pageSize, mmapBytes, cacheBytes, logBytes, readOnly, autoVacuum);
    }

    /**
     * The same with another length of the log.
     *
     * @param bytes how long it becomes, more than a page
     * @return the options
     */
    DatabaseOptions logging(long bytes) {
        return new DatabaseOptions(
                connections, lockTimeout, pageSize, mmapBytes, cacheBytes, bytes, readOnly, autoVacuum);
    }

    /**
     * The same with a log that leaves room for others where there is little.
     *
     * @param file where the database is, or is to be
     * @return the options
     */
    DatabaseOptions fitting(Path file) {
        if (readOnly) {
            return this;
        }
        try {
            long room = Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace();
            return room / SHARE >= logBytes ? this : logging(Math.min(logBytes, Math.max(SHORTEST_LOG, room / SHARE)));
        } catch (IOException unknown) {
            // Whatever is wrong with the directory, opening the database says it better.
            return this;
        }
    }

    /**
     * The same, never writing.
     *
     * @return the options
     */
    public DatabaseOptions reading() {
        return new DatabaseOptions(
                connections, lockTimeout, pageSize, mmapBytes, cacheBytes, logBytes, true, autoVacuum);
    }

    /**
     * The same, with free pages given back by each commit.
     *
     * @return the options
     */
    public DatabaseOptions vacuuming() {
        return new DatabaseOptions(
                connections, lockTimeout, pageSize, mmapBytes, cacheBytes, logBytes, readOnly, "FULL");
    }
}
