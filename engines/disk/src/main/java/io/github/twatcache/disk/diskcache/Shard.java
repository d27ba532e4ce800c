package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One directory with one database, as one store has it open; what Python calls a Cache. Stores of this process that have the
 * same one open share its database.
 *
 * @param database the database
 * @param files its value files
 * @param settings what its table of settings said when it was opened
 * @param uses what was read and is not written down yet
 * @param left whether this use of the database is over
 */
record Shard(Database database, ValueFiles files, ShardSettings settings, Uses uses, AtomicBoolean left)
        implements AutoCloseable {
    /** The database's name: Python's {@code DBNAME}. */
    static final String DATABASE = "cache.db";

    /** One of the few pieces of state that the process has but once: a second opening would lose SQLite's locks. */
    private static final Map<Path, Open> OPEN = new HashMap<>();

    /** A database and how many use it. */
    private static final class Open {
        private final Database database;
        private int users;

        Open(Database database) {
            this.database = database;
        }
    }

    /**
     * Opens a directory.
     *
     * @param directory where; it is there, and its path has no links in it
     * @param asked what the cache asks for
     * @param shards how many directories belong together
     * @param fanout whether they are those of a FanoutCache
     */
    static Shard open(Path directory, DatabaseOptions options, Asked asked, int shards, boolean fanout) {
        Path file = directory.resolve(DATABASE);
        Database database = take(file, options);
        try {
            ShardSettings settings = ShardSettings.settle(database, asked, shards, fanout);
            return new Shard(
                    database, new ValueFiles(directory), settings, new Uses(settings.policy()), new AtomicBoolean());
        } catch (RuntimeException failed) {
            leave(file);
            throw failed;
        }
    }

    private static Database take(Path file, DatabaseOptions options) {
        synchronized (OPEN) {
            Open open = OPEN.get(file);
            if (open == null) {
                open = new Open(opened(file, options.vacuuming()));
                OPEN.put(file, open);
            }
            open.users++;
            return open.database;
        }
    }

    /** A database that Python may have open is not moved aside and rebuilt. */
    private static Database opened(Path file, DatabaseOptions options) {
        try {
            return Database.open(file, options);
        } catch (DamagedDatabaseException damaged) {
            throw new EngineUnavailableException(
                    file
                            + " is no database, or a malformed one, and Python programs may have it open; stop them and move the"
                            + " directory away, or see what Python's check() says of it",
                    damaged);
        }
    }

    private static void leave(Path file) {
        synchronized (OPEN) {
            Open open = OPEN.get(file);
            if (open != null && --open.users == 0) {
                OPEN.remove(file);
                open.database.close();
            }
        }
    }

    /** Ends this use of the database; the last one closes it. */
    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            leave(database.file());
        }
    }
}
