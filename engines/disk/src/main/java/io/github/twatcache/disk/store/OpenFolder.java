package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** What this process has open of one cache's folder, for all stores on it: one database, its value files, its modes. */
final class OpenFolder {
    /** The database's name in the folder. */
    static final String DATABASE = "twat.db";

    private static final int SWEPT = 1_000;

    /** One of the few pieces of state that the process has but once: a second opening would lose SQLite's locks. */
    private static final Map<Path, OpenFolder> OPEN = new HashMap<>();

    private final Path path;
    private final Database database;
    private final LiveProcess process;
    private final ValueFiles files;
    private final FileNumbers numbers;
    private final Modes modes;
    private int users;

    private final Stripes stripes;

    private OpenFolder(Path path, Database database, LiveProcess process, Stripes stripes) {
        this.path = path;
        this.database = database;
        this.process = process;
        this.files = new ValueFiles(path);
        this.numbers = new FileNumbers(database, files, process);
        this.modes = new Modes(database);
        this.stripes = stripes;
    }

    /** Opens a folder for one more user. */
    static OpenFolder take(Path path, DatabaseOptions options) {
        synchronized (OPEN) {
            OpenFolder open = OPEN.get(path);
            if (open == null) {
                open = opened(path, options);
                OPEN.put(path, open);
            }
            open.users++;
            return open;
        }
    }

    private static OpenFolder opened(Path path, DatabaseOptions options) {
        Database database = Database.open(path.resolve(DATABASE), options);
        LiveProcess process = null;
        try {
            Schema.settle(database);
            process = LiveProcess.begin(path);
            Stripes stripes = stripes(path, database);
            database.onCommit(stripes);
            OpenFolder folder = new OpenFolder(path, database, process, stripes);
            folder.numbers.sweep(SWEPT);
            folder.freeHolders();
            LeaseTable.sweep(database, process);
            return folder;
        } catch (RuntimeException failed) {
            if (process != null) {
                process.close();
            }
            database.close();
            throw failed;
        }
    }

    /** Maps what tells all processes of changes; every process that writes has to. */
    private static Stripes stripes(Path path, Database database) {
        UUID id = UUID.fromString(database.read(Schema::id));
        try {
            return database.locked(() -> Stripes.open(path, id));
        } catch (IOException e) {
            throw new PathException(
                    "cannot map " + path.resolve(Stripes.FILE) + ": " + e.getMessage()
                            + "; let this process's user write there, or choose another directory",
                    e);
        }
    }

    /** Ends one use; the last closes all. */
    void leave() {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(path);
            try (database;
                    process;
                    stripes) {
                numbers.close();
            }
        }
    }

    /** Lets others take away what dead processes had cleared and not yet reported. */
    private void freeHolders() {
        java.util.List<String> dead = database.read(link -> {
            java.util.List<String> names = new java.util.ArrayList<>();
            try (java.sql.ResultSet rows = link.prepared("SELECT holder FROM dead WHERE holder IS NOT NULL")
                    .executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getString(1));
                }
            }
            return names;
        });
        for (String name : dead) {
            if (process.dead(name)) {
                database.write(link -> {
                    java.sql.PreparedStatement free = link.prepared("UPDATE dead SET holder = NULL WHERE holder = ?");
                    free.setString(1, name);
                    return free.executeUpdate();
                });
            }
        }
    }

    LiveProcess process() {
        return process;
    }

    Database database() {
        return database;
    }

    ValueFiles files() {
        return files;
    }

    FileNumbers numbers() {
        return numbers;
    }

    Stripes stripes() {
        return stripes;
    }

    Modes modes() {
        return modes;
    }
}
