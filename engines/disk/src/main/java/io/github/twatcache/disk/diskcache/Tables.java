package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables, indexes and triggers of diskcache, word for word, and the columns and the table that we add. */
final class Tables {
    static final String SETTINGS = "CREATE TABLE IF NOT EXISTS Settings ( key TEXT NOT NULL UNIQUE, value)";

    private static final String CACHE = "CREATE TABLE IF NOT EXISTS Cache ("
            + " rowid INTEGER PRIMARY KEY,"
            + " key BLOB,"
            + " raw INTEGER,"
            + " store_time REAL,"
            + " expire_time REAL,"
            + " access_time REAL,"
            + " access_count INTEGER DEFAULT 0,"
            + " tag BLOB,"
            + " size INTEGER DEFAULT 0,"
            + " mode INTEGER DEFAULT 0,"
            + " filename TEXT,"
            + " value BLOB)";

    private static final String ADD_COLUMN = "ALTER TABLE Cache ADD COLUMN ";

    private static final String[] INDEXES_AND_TRIGGERS = {
        "CREATE UNIQUE INDEX IF NOT EXISTS Cache_key_raw ON Cache(key, raw)",
        "CREATE INDEX IF NOT EXISTS Cache_expire_time ON Cache (expire_time)",
        "CREATE TRIGGER IF NOT EXISTS Settings_count_insert AFTER INSERT ON Cache FOR EACH ROW BEGIN"
                + " UPDATE Settings SET value = value + 1 WHERE key = \"count\"; END",
        "CREATE TRIGGER IF NOT EXISTS Settings_count_delete AFTER DELETE ON Cache FOR EACH ROW BEGIN"
                + " UPDATE Settings SET value = value - 1 WHERE key = \"count\"; END",
        "CREATE TRIGGER IF NOT EXISTS Settings_size_insert AFTER INSERT ON Cache FOR EACH ROW BEGIN"
                + " UPDATE Settings SET value = value + NEW.size WHERE key = \"size\"; END",
        "CREATE TRIGGER IF NOT EXISTS Settings_size_update AFTER UPDATE ON Cache FOR EACH ROW BEGIN"
                + " UPDATE Settings SET value = value + NEW.size - OLD.size WHERE key = \"size\"; END",
        "CREATE TRIGGER IF NOT EXISTS Settings_size_delete AFTER DELETE ON Cache FOR EACH ROW BEGIN"
                + " UPDATE Settings SET value = value - OLD.size WHERE key = \"size\"; END",
    };

    /** Ours: Python leaves them as they are. */
    private static final String[] OWN_COLUMNS = {"twat_stored REAL", "twat_sum INTEGER", "twat_expire INTEGER"};

    private static final String DAMAGED = "CREATE TABLE IF NOT EXISTS twat_damaged ("
            + " id INTEGER PRIMARY KEY, noticed REAL, why TEXT, key BLOB, store_time REAL, mode INTEGER, size INTEGER,"
            + " filename TEXT, value BLOB, sum INTEGER)";

    private static final String TAG_INDEX = "CREATE INDEX IF NOT EXISTS Cache_tag_rowid ON Cache(tag, rowid)";

    private Tables() {}

    /** Makes what is not there. */
    static void make(Link link, EvictionPolicy policy, boolean tagIndex) throws SQLException {
        link.run(CACHE);
        for (String statement : INDEXES_AND_TRIGGERS) {
            link.run(statement);
        }
        String column = policy.column();
        if (column != null) {
            link.run("CREATE INDEX IF NOT EXISTS Cache_" + column + " ON Cache (" + column + ")");
        }
        if (tagIndex) {
            link.run(TAG_INDEX);
            Tags.make(link);
        }
        Set<String> columns = columns(link);
        for (String own : OWN_COLUMNS) {
            if (!columns.contains(own.substring(0, own.indexOf(' ')))) {
                link.run(ADD_COLUMN + own);
            }
        }
    }

    /** The statements of an empty directory, in Python's order and without what its settings decide. */
    static List<String> schema() {
        List<String> statements = new ArrayList<>(List.of(SETTINGS, CACHE));
        statements.addAll(List.of(INDEXES_AND_TRIGGERS));
        for (String own : OWN_COLUMNS) {
            statements.add(ADD_COLUMN + own);
        }
        return statements;
    }

    /** The tables that a directory may have, and the statements that make them. */
    static Map<String, String> further() {
        return Map.of("twat_tag", Tags.TABLE, "twat_damaged", DAMAGED);
    }

    /** Makes the table of what was found damaged. */
    static void makeDamaged(Link link) throws SQLException {
        link.run(DAMAGED);
    }

    private static Set<String> columns(Link link) throws SQLException {
        Set<String> names = new HashSet<>();
        try (Results row =
                link.prepared("SELECT name FROM pragma_table_info('Cache')").executeQuery()) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }
}
