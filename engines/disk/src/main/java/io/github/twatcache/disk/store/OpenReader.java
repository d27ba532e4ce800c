package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.disk.sqlite.MovedDatabaseException;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.PathException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process has open of one cache's folder to read only, for all stores on it. Nobody tells a reader that others have
 * moved the database aside, rebuilt it, or made it anew: it looks now and then whether the file is still the one that it has
 * open, and opens the other one where it is not.
 */
final class OpenReader {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final Map<Path, OpenReader> OPEN = new HashMap<>();
    private static final long LOOK_EVERY = TimeUnit.MILLISECONDS.toNanos(50);

    private final Path path;
    private final DatabaseOptions options;
    private final ValueFiles files;
    private final int shards;
    private volatile Database database;
    private volatile boolean left;
    private int users;

    /** When the file was last looked for. Races on it cost a look too many. */
    private long lookedAt = System.nanoTime();

    private OpenReader(Path path, DatabaseOptions options) {
        this.path = path;
        this.options = options;
        this.files = new ValueFiles(path);
        this.database = opened();
        boolean counted = false;
        try {
            this.shards = Sharding.count(database, path);
            counted = true;
        } finally {
            if (!counted) {
                database.close();
            }
        }
    }

    private Database opened() {
        Database opened = Database.open(path.resolve(OpenFolder.DATABASE), options, new Rebuild(path), false);
        boolean readable = false;
        try {
            Schema.require(opened);
            readable = true;
            return opened;
        } finally {
            if (!readable) {
                opened.close();
            }
        }
    }

    /** Opens a folder for one more user. */
    static OpenReader take(Path path, DatabaseOptions options) {
        if (!Files.exists(path.resolve(OpenFolder.DATABASE))) {
            throw new PathException("there is no database " + path.resolve(OpenFolder.DATABASE)
                    + " to read, and read-only = true makes none; open the cache once without it");
        }
        synchronized (OPEN) {
            OpenReader open = OPEN.get(path);
            if (open == null) {
                open = new OpenReader(path, options);
                OPEN.put(path, open);
            }
            open.users++;
            return open;
        }
    }

    /** Ends one use; the last closes all. */
    void leave() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(path);
                end();
            }
        }
    }

    private synchronized void end() {
        left = true;
        database.close();
    }

    /** Looks for something in the database that is there now, which may not be the one that was there before. */
    <R> @Nullable R find(Work<R> work) {
        Database there = database;
        if (!moved(there)) {
            try {
                return there.find(work);
            } catch (MovedDatabaseException | ClosedDatabaseException meanwhile) {
                return renewed(there).find(work);
            } catch (DamagedDatabaseException found) {
                if (there.unmoved()) {
                    throw found;
                }
            }
        }
        return renewed(there).find(work);
    }

    private boolean moved(Database there) {
        long now = System.nanoTime();
        if (now - lookedAt <= LOOK_EVERY) {
            return false;
        }
        lookedAt = now;
        return !there.unmoved();
    }

    /** The one that takes the place of a database; the same one, closed, after the last use has ended. */
    private synchronized Database renewed(Database old) {
        if (left || database != old) {
            return database;
        }
        if (old.unmoved()) {
            LOG.debug("others have begun to write to {}, which was read without locks; opening it anew", old);
        } else {
            LOG.warn("the {} was deleted or replaced while it was read; opening it anew", old);
        }
        // The claim on the file's name is one, so the old one goes first; until the new one is open, all come here.
        old.close();
        Database opened = opened();
        boolean same = false;
        try {
            int there = Sharding.count(opened, path);
            if (there != shards) {
                throw new EngineException("the database " + opened.file() + " was replaced by one of " + there
                        + " shards while it was read with " + shards + "; close the cache and open it anew");
            }
            same = true;
        } finally {
            if (!same) {
                opened.close();
            }
        }
        database = opened;
        return opened;
    }

    /** Where it is. */
    Path file() {
        return path.resolve(OpenFolder.DATABASE);
    }

    /** Over how many databases the cache is spread that this one belongs to. */
    int shards() {
        return shards;
    }

    ValueFiles files() {
        return files;
    }
}
