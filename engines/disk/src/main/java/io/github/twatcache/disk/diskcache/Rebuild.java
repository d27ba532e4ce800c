package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Rebuilding;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;

/**
 * A database in the place of a malformed one, with what could be read of it, Python's rows as ours. Settings that were lost
 * are Python's defaults. Value files of rows that were lost stay, for Python's {@code check(fix=True)} to remove.
 */
final class Rebuild implements Rebuilding {
    private final Path file;

    Rebuild(Path file) {
        this.file = file;
    }

    /** Not one whose settings ask for another journal than WAL, which opening it would turn on. */
    @Override
    public void requireOurs(Statement statement) throws SQLException {
        boolean settled;
        try (ResultSet table =
                statement.executeQuery("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'Settings'")) {
            settled = table.next();
        }
        if (settled) {
            try (ResultSet mode =
                    statement.executeQuery("SELECT value FROM Settings WHERE key = 'sqlite_journal_mode'")) {
                if (mode.next()) {
                    ShardSettings.requireWal(mode.getString(1), file);
                }
            }
        }
    }

    @Override
    public boolean inPlace() {
        return true;
    }

    @Override
    public void shutOut() {}

    @Override
    public List<String> schema() {
        return Tables.schema();
    }

    @Override
    public Map<String, String> further() {
        return Tables.further();
    }

    /** The triggers have counted what was copied on top of what was said. */
    @Override
    public void settle(Link link) throws SQLException {
        link.run("INSERT OR REPLACE INTO Settings VALUES ('count', (SELECT count(key) FROM Cache))");
        link.run("INSERT OR REPLACE INTO Settings VALUES ('size', (SELECT coalesce(sum(size), 0) FROM Cache))");
    }
}
