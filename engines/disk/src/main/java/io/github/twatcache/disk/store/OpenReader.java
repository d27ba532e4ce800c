package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.PathException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What this process has open of one cache's folder to read only, for all stores on it. */
final class OpenReader {
    private static final Map<Path, OpenReader> OPEN = new HashMap<>();

    private final Path path;
    private final Database database;
    private final ValueFiles files;
    private int users;

    private OpenReader(Path path, DatabaseOptions options) {
        this.path = path;
        this.database = Database.open(path.resolve(OpenFolder.DATABASE), options, new Rebuild(path), false);
        this.files = new ValueFiles(path);
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
                database.close();
            }
        }
    }

    Database database() {
        return database;
    }

    ValueFiles files() {
        return files;
    }
}
