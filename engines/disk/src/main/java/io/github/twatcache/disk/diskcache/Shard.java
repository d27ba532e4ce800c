package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ResourceException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One directory with one database, as one store has it open; what Python calls a Cache.
 *
 * @param database the database, shared with other stores of this process
 * @param files its value files
 * @param settings what its table of settings said when it was opened
 * @param uses what was read and is not written down yet
 * @param left whether this use of the database is over
 */
record Shard(SharedDatabase database, ValueFiles files, ShardSettings settings, Uses uses, AtomicBoolean left)
        implements AutoCloseable {
    /** The database's name: Python's {@code DBNAME}. */
    static final String DATABASE = "cache.db";

    /**
     * Opens a directory.
     *
     * @param directory where; it is there, and its path has no links in it
     * @param asked what the cache asks for
     * @param shards how many directories belong together
     * @param fanout whether they are those of a FanoutCache
     */
    static Shard open(Path directory, DatabaseOptions options, Asked asked, int shards, boolean fanout) {
        SharedDatabase database = SharedDatabase.take(directory.resolve(DATABASE), options.vacuuming());
        try {
            ShardSettings settings = ShardSettings.settle(database, asked, shards, fanout);
            return new Shard(
                    database, new ValueFiles(directory), settings, new Uses(settings.policy()), new AtomicBoolean());
        } catch (RuntimeException failed) {
            database.leave();
            throw failed;
        }
    }

    Path file() {
        return database.file();
    }

    /**
     * Reads; null where that is what the work returned.
     *
     * @throws EngineException when the database cannot be read, whatever keeps it from that: core does with it what it does
     *     with an engine that fails
     */
    <R> @Nullable R find(Work<R> work) {
        try {
            return database.find(work);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }

    /**
     * Writes.
     *
     * @throws EngineException when the database cannot be written to
     */
    <R> R write(Work<R> work) {
        try {
            return database.write(work);
        } catch (ResourceException trouble) {
            throw failure(trouble);
        }
    }

    private static EngineException failure(ResourceException trouble) {
        return new EngineException(String.valueOf(trouble.getMessage()), trouble);
    }

    /** Ends this use of the database; the last one closes it. */
    @Override
    public void close() {
        if (left.compareAndSet(false, true)) {
            database.leave();
        }
    }
}
