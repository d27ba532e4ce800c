package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.DamagedDatabaseException;
import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.DatabaseOptions;
import io.github.twatcache.disk.sqlite.MovedDatabaseException;
import io.github.twatcache.disk.sqlite.OwnFiles;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.PathException;
import io.github.twatcache.error.ResourceException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this process has open of one cache's folder, for all stores on it: one database, its value files, its modes. */
final class OpenFolder {
    /** The database's name in the folder. */
    static final String DATABASE = "twat.db";

    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final int SWEPT = 1_000;

    /** One of the few pieces of state that the process has but once: a second opening would lose SQLite's locks. */
    private static final Map<Path, OpenFolder> OPEN = new HashMap<>();

    /** Whose database somebody has found malformed since it was opened the last time. */
    private static final Set<Path> SUSPECT = new HashSet<>();

    private final Path path;
    private final Database database;
    private final LiveProcess process;
    private final OwnLeases leases;
    private final ValueFiles files;
    private final FileNumbers numbers;
    private final Modes modes;
    private final Stripes stripes;
    private final Footprint footprint;
    private final int shards;
    private int users;

    private OpenFolder(Path path, Database database, LiveProcess process, Stripes stripes, int shards) {
        this.path = path;
        this.database = database;
        this.process = process;
        this.leases = new OwnLeases(process.name());
        this.files = new ValueFiles(path);
        this.numbers = new FileNumbers(database, files, process);
        this.modes = new Modes(database);
        this.stripes = stripes;
        this.shards = shards;
        this.footprint = new Footprint(path, database, stripesFile());
    }

    /**
     * Opens a folder for one more user.
     *
     * @param shards over how many databases the cache is spread, where this one is made
     * @param traces to note what is known of what a failed opening leaves
     */
    static OpenFolder take(Path path, DatabaseOptions options, int shards, Traces traces) {
        synchronized (OPEN) {
            OpenFolder open = OPEN.get(path);
            if (open == null) {
                open = sound(path, options, shards, traces);
                OPEN.put(path, open);
            }
            open.users++;
            return open;
        }
    }

    /** Takes away what an opening has left that failed, unless another one of this process has succeeded since. */
    static void undo(Path path, Traces traces) {
        synchronized (OPEN) {
            if (!OPEN.containsKey(path)) {
                traces.undo();
            }
        }
    }

    private static OpenFolder sound(Path path, DatabaseOptions options, int shards, Traces traces) {
        OpenFolder open;
        try {
            open = opened(path, options, shards, SUSPECT.contains(path), traces);
        } catch (DamagedDatabaseException found) {
            open = opened(path, options, shards, true, traces);
        }
        SUSPECT.remove(path);
        return open;
    }

    private static OpenFolder opened(Path path, DatabaseOptions options, int wanted, boolean suspect, Traces traces) {
        for (String ours : List.of(DATABASE, Stripes.FILE, LiveProcess.FOLDER, ValueFiles.FOLDER)) {
            OwnFiles.refuseLink(path.resolve(ours));
        }
        Database database = Database.open(path.resolve(DATABASE), options, new Rebuild(path), suspect);
        LiveProcess process = null;
        try {
            Schema.settle(database, () -> {
                int told = Sharding.told(path);
                return told > 0 ? told : wanted;
            });
            int shards = Sharding.count(database, path);
            if (shards > 1) {
                Serial.followClock(database);
            }
            process = LiveProcess.begin(path);
            Stripes stripes = stripes(path, database);
            database.onCommit(stripes);
            OpenFolder folder = new OpenFolder(path, database, process, stripes, shards);
            folder.numbers.sweep(SWEPT);
            folder.freeHolders();
            LeaseTable.sweep(database, process);
            return folder;
        } catch (RuntimeException | Error failed) {
            traces.note(database);
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
            return database.locked(() -> Stripes.open(path, id, database::unmoved));
        } catch (IOException e) {
            throw new PathException(
                    "cannot map " + path.resolve(Stripes.FILE) + ": " + e.getMessage()
                            + "; let this process's user write there, or choose another directory",
                    e);
        }
    }

    /**
     * Closes a folder that is no use any more, whoever uses it; the next to take it opens it anew. To be called by a thread
     * that holds no connection.
     *
     * @param suspect whether its database was found malformed, or else is not there any more
     */
    void abandon(boolean suspect) {
        synchronized (OPEN) {
            if (OPEN.get(path) != this) {
                return;
            }
            // Where a thread does not give its connection back, all stays as it is.
            database.close();
            OPEN.remove(path);
            if (suspect) {
                SUSPECT.add(path);
            } else {
                LOG.warn("the database {} was deleted or replaced while in use; opening it anew", this);
            }
            stripes.close();
            try {
                process.close();
            } catch (PathException gone) {
                LOG.debug("the file of this process in {} was not closed in order", path, gone);
            }
        }
    }

    /** Ends one use; the last closes all. */
    void leave() {
        synchronized (OPEN) {
            if (--users > 0 || !OPEN.remove(path, this)) {
                return;
            }
            try (database;
                    process;
                    stripes) {
                numbers.close();
            } catch (ResourceException | MovedDatabaseException | DamagedDatabaseException trouble) {
                LOG.debug("{} was not closed in order; the next to open it tidies up", this, trouble);
            }
        }
    }

    /** Lets others take away what dead processes had cleared and not yet reported. */
    private void freeHolders() {
        java.util.List<String> dead = database.read(link -> {
            java.util.List<String> names = new java.util.ArrayList<>();
            try (Results rows = link.prepared("SELECT holder FROM dead WHERE holder IS NOT NULL")
                    .executeQuery()) {
                while (rows.next()) {
                    names.add(rows.getText(1));
                }
            }
            return names;
        });
        for (String name : dead) {
            if (process.dead(name)) {
                database.write(link -> {
                    Prepared free = link.prepared("UPDATE dead SET holder = NULL WHERE holder = ?");
                    free.setString(1, name);
                    return free.executeUpdate();
                });
            }
        }
    }

    @Override
    public String toString() {
        return path.resolve(DATABASE).toString();
    }

    Path path() {
        return path;
    }

    /** Over how many databases the cache is spread that this one belongs to. */
    int shards() {
        return shards;
    }

    Path stripesFile() {
        return path.resolve(Stripes.FILE);
    }

    LiveProcess process() {
        return process;
    }

    OwnLeases leases() {
        return leases;
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

    Footprint footprint() {
        return footprint;
    }

    Modes modes() {
        return modes;
    }
}
