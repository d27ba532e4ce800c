package io.github.twatcache.disk.sqlite;

import java.time.Duration;
import java.util.Objects;

/**
 * How a database is opened.
 *
 * @param connections how many connections there are at most, 1 or more
 * @param lockTimeout how long to wait for a lock that others hold
 * @param pageSize the size of a page of a new database in bytes: a power of two from 512 to 65,536
 * @param mmapBytes how much of the file is mapped at most; 0 for nothing
 * @param cacheBytes the page cache of each connection
 * @param readOnly whether nothing is ever written
 * @param autoVacuum what becomes of free pages, as SQLite's pragma {@code auto_vacuum} names it
 */
public record DatabaseOptions(
        int connections,
        Duration lockTimeout,
        int pageSize,
        long mmapBytes,
        long cacheBytes,
        boolean readOnly,
        String autoVacuum) {
    /** Checks the numbers. */
    public DatabaseOptions {
        Objects.requireNonNull(lockTimeout, "lockTimeout");
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
        return new DatabaseOptions(connections, timeout, pageSize, mmapBytes, cacheBytes, readOnly, autoVacuum);
    }

    /**
     * The same, never writing.
     *
     * @return the options
     */
    public DatabaseOptions reading() {
        return new DatabaseOptions(connections, lockTimeout, pageSize, mmapBytes, cacheBytes, true, autoVacuum);
    }

    /**
     * The same, with free pages given back by each commit.
     *
     * @return the options
     */
    public DatabaseOptions vacuuming() {
        return new DatabaseOptions(connections, lockTimeout, pageSize, mmapBytes, cacheBytes, readOnly, "FULL");
    }
}
