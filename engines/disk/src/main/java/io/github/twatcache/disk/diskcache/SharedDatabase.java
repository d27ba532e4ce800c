package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.ClosedDatabaseException;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.disk.sqlite.Work;
import io.github.twatcache.error.CacheException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The database of one directory, which the stores of this process that have it open share. Where it is found malformed while
 * it is in use, it is rebuilt, unless other programs have it open; what has failed, and so had no effect, is done again.
 */
final class SharedDatabase {
    /** One of the few pieces of state that the process has but once: a second opening would lose SQLite's locks. */
    private static final Map<Path, SharedDatabase> OPEN = new HashMap<>();

    private final Path file;
    private final DatabaseOptions options;
    private volatile Database now;
    private int users;

    /** Whether it was found malformed and could not be rebuilt: to look through all of it takes time, and is done once. */
    private boolean given;

    private SharedDatabase(Path file, DatabaseOptions options) {
        this.file = file;
        this.options = options;
        this.now = Database.open(file, options, new Rebuild(file), false);
    }

    static SharedDatabase take(Path file, DatabaseOptions options) {
        synchronized (OPEN) {
            SharedDatabase open = OPEN.get(file);
            if (open == null) {
                open = new SharedDatabase(file, options);
                OPEN.put(file, open);
            }
            open.users++;
            return open;
        }
    }

    /** Ends one use; the last closes it. */
    void leave() {
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(file);
                now.close();
            }
        }
    }

    Path file() {
        return file;
    }

    /** Reads; null where that is what the work returned. */
    <R> @Nullable R find(Work<R> work) {
        Database database = now;
        try {
            return database.find(work);
        } catch (ClosedDatabaseException | DamagedDatabaseException failed) {
            return another(database, failed).find(work);
        }
    }

    <R> R write(Work<R> work) {
        Database database = now;
        try {
            return database.write(work);
        } catch (ClosedDatabaseException | DamagedDatabaseException failed) {
            return another(database, failed).write(work);
        }
    }

    /** Has something written beside the callers; what cannot be written is forgotten. */
    void writeLater(Work<Boolean> work) {
        now.writeLater(work);
    }

    /** The one that has taken the place of one which is no use any more. */
    private Database another(Database old, RuntimeException failed) {
        synchronized (OPEN) {
            if (now != old) {
                return now;
            }
            if (OPEN.get(file) != this) {
                throw failed;
            }
            if (failed instanceof ClosedDatabaseException) {
                // It could not be opened again before.
                now = Database.open(file, options, new Rebuild(file), false);
                return now;
            }
            if (given) {
                throw failed;
            }
            old.close();
            try {
                now = Database.open(file, options, new Rebuild(file), true);
                return now;
            } catch (CacheException inUse) {
                failed.addSuppressed(inUse);
                given = true;
            }
            // Others have it open: what can be read of it is, as before.
            now = Database.open(file, options);
            throw failed;
        }
    }
}
