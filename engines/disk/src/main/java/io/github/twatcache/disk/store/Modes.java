package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ways in which values are written, by name; rows hold their numbers. */
final class Modes {
    private static final String FIND = "SELECT id FROM mode WHERE name = ?";

    private final Database database;
    private final Map<String, Integer> numbers = new ConcurrentHashMap<>();

    Modes(Database database) {
        this.database = database;
    }

    /** The number of a name, given to it at the first call. */
    int number(String name) {
        return numbers.computeIfAbsent(name, unused -> {
            int known = database.read(link -> find(link, name));
            return known != 0 ? known : database.write(link -> made(link, name));
        });
    }

    /** The number of a name, 0 where it has none. */
    static int known(Link link, String name) throws SQLException {
        return find(link, name);
    }

    private static int find(Link link, String name) throws SQLException {
        Prepared find = link.prepared(FIND);
        find.setString(1, name);
        try (Results row = find.executeQuery()) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static int made(Link link, String name) throws SQLException {
        Prepared insert = link.prepared("INSERT OR IGNORE INTO mode(name) VALUES (?)");
        insert.setString(1, name);
        insert.executeUpdate();
        return find(link, name);
    }
}
