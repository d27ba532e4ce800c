package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.EngineUnavailableException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;

/** The tables of {@code twat.db}. */
final class Schema {
    /** Says that the database is one of ours: "twat". */
    static final int APPLICATION = 0x74776174;

    /** The format's number. */
    static final int VERSION = 3;

    /** The format before that, in which all entries died with their freshness: all that it holds is as it is in this one. */
    private static final int BEFORE = 2;

    /** Entries that die with their freshness, and those that may outlive it: in the words that queries must repeat. */
    static final String MORTAL = "ifnull(length(terms), 0) <= 16";

    static final String KEPT = "length(terms) > 16";

    private static final String[] ENDS = {
        "CREATE INDEX entry_fresh ON entry(life, fresh) WHERE fresh IS NOT NULL AND " + MORTAL,
        "CREATE INDEX entry_stale ON entry(life, fresh) WHERE fresh IS NOT NULL AND " + KEPT,
        "CREATE INDEX entry_kept ON entry(life, substr(terms, 1, 8)) WHERE " + KEPT
    };

    private static final String[] TABLES = {
        // The database's own facts: "id" is what tells it from one that is made in its place.
        "CREATE TABLE meta(name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
        // One row: the number that the next entry, generation or value file gets.
        "CREATE TABLE serial(id INTEGER NOT NULL PRIMARY KEY CHECK (id = 0), next INTEGER NOT NULL) STRICT",
        """
        CREATE TABLE space(
            id INTEGER NOT NULL PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            life INTEGER NOT NULL,
            entries INTEGER NOT NULL DEFAULT 0,
            weight INTEGER NOT NULL DEFAULT 0,
            bytes INTEGER NOT NULL DEFAULT 0,
            small INTEGER NOT NULL DEFAULT 0,
            unplaced INTEGER NOT NULL DEFAULT 0,
            measure INTEGER NOT NULL DEFAULT 0,
            maximum INTEGER,
            policy TEXT NOT NULL,
            idle INTEGER,
            tagged INTEGER NOT NULL DEFAULT 0,
            sorted INTEGER NOT NULL DEFAULT 0
        ) STRICT""",
        "CREATE TABLE mode(id INTEGER NOT NULL PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE entry(
            id INTEGER NOT NULL PRIMARY KEY,
            life INTEGER NOT NULL,
            find INTEGER NOT NULL,
            key BLOB NOT NULL,
            version INTEGER NOT NULL DEFAULT 0,
            mode INTEGER NOT NULL,
            sum INTEGER NOT NULL,
            fresh INTEGER,
            terms BLOB,
            weight INTEGER NOT NULL DEFAULT 1,
            cost INTEGER,
            queue INTEGER,
            place INTEGER,
            uses INTEGER NOT NULL DEFAULT 0,
            file INTEGER,
            length INTEGER,
            sort BLOB,
            value BLOB
        ) STRICT""",
        "CREATE INDEX entry_find ON entry(find)",
        "CREATE INDEX entry_place ON entry(life, queue, place) WHERE place IS NOT NULL",
        "CREATE INDEX entry_file ON entry(file) WHERE file IS NOT NULL",
        // Only of spaces whose entries somebody has walked over by key: see the column "sorted" of "space".
        "CREATE INDEX entry_sort ON entry(life, sort) WHERE sort IS NOT NULL",
        """
        CREATE TABLE tag(
            life INTEGER NOT NULL, name TEXT NOT NULL, entry INTEGER NOT NULL, PRIMARY KEY (life, name, entry)
        ) STRICT, WITHOUT ROWID""",
        "CREATE INDEX tag_entry ON tag(entry)",
        // Queues that hold something, and what they hold.
        """
        CREATE TABLE queue(
            id INTEGER NOT NULL PRIMARY KEY,
            space INTEGER NOT NULL,
            name BLOB NOT NULL,
            items INTEGER NOT NULL DEFAULT 0,
            UNIQUE (space, name)
        ) STRICT""",
        """
        CREATE TABLE item(
            number INTEGER NOT NULL PRIMARY KEY,
            queue INTEGER NOT NULL,
            fresh INTEGER,
            mode INTEGER NOT NULL,
            sum INTEGER NOT NULL,
            file INTEGER,
            length INTEGER,
            value BLOB
        ) STRICT""",
        "CREATE INDEX item_queue ON item(queue)",
        "CREATE INDEX item_fresh ON item(fresh, queue) WHERE fresh IS NOT NULL",
        "CREATE INDEX item_file ON item(file) WHERE file IS NOT NULL",
        // Generations that were cleared, and how far their rows have been taken away.
        """
        CREATE TABLE dead(
            life INTEGER NOT NULL PRIMARY KEY, next INTEGER NOT NULL, upto INTEGER NOT NULL, holder TEXT
        ) STRICT""",
        // Who computes what is missing.
        """
        CREATE TABLE lease(
            life INTEGER NOT NULL,
            key BLOB NOT NULL,
            owner TEXT NOT NULL,
            number INTEGER NOT NULL,
            pid INTEGER NOT NULL,
            since INTEGER NOT NULL,
            PRIMARY KEY (life, key)
        ) STRICT, WITHOUT ROWID""",
        // What processes agree on beside the entries.
        """
        CREATE TABLE cell(
            name BLOB NOT NULL PRIMARY KEY, version INTEGER NOT NULL, content BLOB NOT NULL, sum INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID""",
        // Numbers of value files that a process may be writing.
        "CREATE TABLE draft(first INTEGER NOT NULL PRIMARY KEY, count INTEGER NOT NULL, process TEXT NOT NULL) STRICT",
        // Value files that no row names any more, and that are not deleted yet for all one knows.
        "CREATE TABLE gone(file INTEGER NOT NULL PRIMARY KEY) STRICT",
        """
        CREATE TABLE damaged(
            id INTEGER NOT NULL PRIMARY KEY,
            noticed INTEGER NOT NULL,
            why TEXT NOT NULL,
            entry INTEGER NOT NULL,
            key BLOB,
            mode INTEGER,
            sum INTEGER,
            file INTEGER,
            value BLOB
        ) STRICT""",
        "INSERT INTO serial VALUES (0, 1)",
        // One row: the value files that rows name, kept by what the rows do, so that nobody has to walk them.
        """
        CREATE TABLE volume(
            id INTEGER NOT NULL PRIMARY KEY CHECK (id = 0), bytes INTEGER NOT NULL, files INTEGER NOT NULL
        ) STRICT""",
        "INSERT INTO volume VALUES (0, 0, 0)",
        come("entry", "INSERT ON entry", "new"),
        go("entry", "DELETE ON entry", "old"),
        come("entry_to", "UPDATE OF file ON entry", "new"),
        go("entry_from", "UPDATE OF file ON entry", "old"),
        come("item", "INSERT ON item", "new"),
        go("item", "DELETE ON item", "old")
    };

    private Schema() {}

    private static String come(String name, String event, String row) {
        return counting(name + "_comes", event, row, '+');
    }

    private static String go(String name, String event, String row) {
        return counting(name + "_goes", event, row, '-');
    }

    /** Counts the file of a row that comes or goes. */
    private static String counting(String name, String event, String row, char sign) {
        return "CREATE TRIGGER " + name + " AFTER " + event + " WHEN " + row
                + ".file IS NOT NULL BEGIN UPDATE volume SET" + " bytes = bytes " + sign + " ifnull(" + row
                + ".length, 0), files = files " + sign + " 1; END";
    }

    /**
     * Makes the tables where there are none, and this format of the one before it; refuses those of another.
     *
     * @param shards tells over how many databases a cache is spread whose first is made here
     */
    static void settle(Database database, IntSupplier shards) {
        // At once: another process may be making the tables.
        int version = database.readAtOnce(link -> version(database, link));
        if (version == VERSION) {
            return;
        }
        database.write(link -> {
            int found = version(database, link);
            if (found == BEFORE) {
                link.run("DROP INDEX IF EXISTS entry_fresh");
                for (String index : ENDS) {
                    link.run(index);
                }
                link.run("PRAGMA user_version = " + VERSION);
            } else if (found == 0) {
                for (String statement : statements()) {
                    link.run(statement);
                }
                identify(link);
                Sharding.note(link, shards.getAsInt());
            }
            return true;
        });
    }

    /** Refuses a database in which there is nothing of this format to be read. */
    static void require(Database database) {
        if (database.readAtOnce(link -> version(database, link)) == 0) {
            throw new EngineUnavailableException(
                    "the database " + database.file() + " is empty; open the cache once without read-only = true");
        }
    }

    /** What makes an empty database, but for its id. */
    static List<String> statements() {
        List<String> all = new ArrayList<>(List.of(TABLES));
        all.addAll(List.of(ENDS));
        all.add("PRAGMA application_id = " + APPLICATION);
        all.add("PRAGMA user_version = " + VERSION);
        return all;
    }

    /** Gives a database a new id. */
    static void identify(Link link) throws SQLException {
        Prepared fact = link.prepared("INSERT OR REPLACE INTO meta VALUES (?, ?)");
        fact.setString(1, "id");
        fact.setString(2, UUID.randomUUID().toString());
        fact.executeUpdate();
    }

    /** What the database calls itself, by chance alone. */
    static String id(Link link) throws SQLException {
        try (Results row =
                link.prepared("SELECT value FROM meta WHERE name = 'id'").executeQuery()) {
            return row.next() ? row.getText(1) : new UUID(0, 0).toString();
        }
    }

    /** The format's number in a database, 0 in an empty one. */
    private static int version(Database database, Link link) throws SQLException {
        long application = link.number("PRAGMA application_id", 0);
        long version = link.number("PRAGMA user_version", 0);
        if (application == APPLICATION && (version == VERSION || version == BEFORE)) {
            return (int) version;
        }
        if (application == 0 && version == 0 && link.number("SELECT count(*) FROM sqlite_schema", 0) == 0) {
            return 0;
        }
        if (application == APPLICATION) {
            throw new EngineUnavailableException("the database " + database.file() + " has format " + version
                    + ", and this twat-cache reads format " + VERSION
                    + "; use the version that wrote it, or another directory");
        }
        throw new EngineUnavailableException("the database " + database.file()
                + " was not made by twat-cache (its application id is " + application
                + "); move it away, or use another directory");
    }
}
