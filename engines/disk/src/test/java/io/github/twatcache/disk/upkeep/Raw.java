package io.github.twatcache.disk.upkeep;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * A cache's folder while nobody has it open, looked at and changed past the cache: what a test does to it knows nothing of
 * the code that it judges.
 */
final class Raw {
    static final int PAGE = 4_096;

    final Path folder;
    final Path database;

    Raw(Path directory, String cache) {
        this(directory.resolve("caches").resolve(cache).resolve("twat.db"));
    }

    /** A folder whose database has another name. */
    Raw(Path database) {
        this.folder = database.getParent();
        this.database = database;
    }

    long number(String sql) throws SQLException {
        return number(sql, 1);
    }

    void run(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** How many pages an action adds to the write-ahead log, which must have room: the file's length says it. */
    long pagesWrittenBy(Runnable action) throws SQLException {
        run("PRAGMA wal_checkpoint(TRUNCATE)");
        action.run();
        return number("PRAGMA wal_checkpoint(PASSIVE)", 2);
    }

    private long number(String sql, int column) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(column) : -1;
        }
    }

    byte[] bytes() throws IOException {
        return Files.readAllBytes(database);
    }

    void write(byte[] bytes) throws IOException {
        Files.write(database, bytes);
    }

    /** Overwrites a page with what is none. */
    void spoil(long page) throws IOException {
        byte[] bytes = bytes();
        java.util.Arrays.fill(bytes, (int) (page - 1) * PAGE, (int) page * PAGE, (byte) 0xA5);
        write(bytes);
    }

    /** The page where some bytes stand in the database, once. */
    static long page(byte[] all, String part) {
        return find(all, part.getBytes(java.nio.charset.StandardCharsets.US_ASCII)) / PAGE + 1L;
    }

    /** Where the tree of a table or an index begins. */
    long root(String name) throws SQLException {
        return number("SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'");
    }

    /** Where some bytes stand in the database; they must stand there once. */
    static int find(byte[] all, byte[] part) {
        int found = -1;
        for (int at = 0; at + part.length <= all.length; at++) {
            if (java.util.Arrays.equals(all, at, at + part.length, part, 0, part.length)) {
                if (found >= 0) {
                    throw new IllegalStateException("these bytes stand at " + found + " and at " + at);
                }
                found = at;
            }
        }
        return found;
    }

    /** The value files. */
    List<Path> files() throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(folder.resolve("values"))) {
            try (var walk = Files.walk(folder.resolve("values"))) {
                walk.filter(Files::isRegularFile).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** A bare folder's copy, to begin anew from. */
    static void copy(Path from, Path to) throws IOException {
        try (var walk = Files.walk(from)) {
            for (Path path : walk.toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(path, target);
                }
            }
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (var walk = Files.walk(folder)) {
            for (Path path : walk.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
