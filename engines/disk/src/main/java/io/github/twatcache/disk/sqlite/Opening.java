package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteOpenMode;

/** Makes connections, the first one with care. */
final class Opening {
    /** File systems on which processes of several machines would believe they share memory. */
    private static final Set<String> NETWORK = Set.of(
            "nfs",
            "nfs3",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "9p",
            "ncpfs",
            "fuse.sshfs",
            "sshfs",
            "fuse.glusterfs",
            "glusterfs",
            "davfs",
            "fuse.davfs2",
            "ceph",
            "fuse.ceph",
            "fuse.rclone",
            "lustre",
            "gpfs");

    private static final int BUSY_MILLIS = 5_000;

    private Opening() {}

    /** Looks at a database before anything of it is changed. */
    interface Look {
        void at(Statement statement) throws SQLException;
    }

    static Link first(Path file, DatabaseOptions options) throws SQLException {
        return first(file, options, anything -> {});
    }

    /** The same, with a look that may refuse it. */
    static Link first(Path file, DatabaseOptions options, Look before) throws SQLException {
        requireLocal(file, fileSystem(file));
        make(file);
        return patiently(file, options, () -> linked(file, file.toString(), options, before));
    }

    /** The first connection that only reads. */
    static Link reading(Path file, DatabaseOptions options, boolean frozen) throws SQLException {
        requireLocal(file, fileSystem(file));
        return link(file, options, frozen);
    }

    /** What tells a file from another of the same name; null where it is gone, or the file system has nothing that does. */
    static @Nullable Object key(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        } catch (IOException gone) {
            return null;
        }
    }

    /** A connection to a new, empty file, with none of WAL. */
    static Connection empty(Path file, DatabaseOptions options) throws SQLException {
        Connection connection = connection(file.toString(), options);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA page_size = " + options.pageSize());
            statement.execute("PRAGMA auto_vacuum = " + options.autoVacuum());
            statement.execute("PRAGMA synchronous = FULL");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** A connection to a malformed file. */
    static Connection damaged(Path file) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.resetOpenMode(SQLiteOpenMode.CREATE);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA cell_size_check = ON");
            return connection;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    /** Has SQLite read the schema, and, of a database that somebody has found damaged, everything. */
    static void requireSound(Link link, boolean suspect) throws SQLException {
        if (link.number("SELECT count(*) FROM sqlite_schema", 0) > 0 && suspect) {
            try (Results row = link.prepared("PRAGMA integrity_check(1)").executeQuery()) {
                String words = row.next() ? row.getText(1) : "";
                if (!words.equals("ok")) {
                    throw new SQLException(words, "", SQLiteErrorCode.SQLITE_CORRUPT.code);
                }
            }
        }
    }

    /**
     * One more connection.
     *
     * @param frozen whether it is read without locks and without a log, as it is
     */
    static Link link(Path file, DatabaseOptions options, boolean frozen) throws SQLException {
        return patiently(file, options, () -> linked(file, path(file, frozen), options, null));
    }

    /** A connection; the first one, which is given a look, makes the database what it has to be. */
    private static Link linked(Path file, String path, DatabaseOptions options, @Nullable Look before)
            throws SQLException {
        Connection connection = connection(path, options);
        try (Statement statement = connection.createStatement()) {
            if (before != null) {
                before.at(statement);
                statement.execute("PRAGMA page_size = " + options.pageSize());
                statement.execute("PRAGMA auto_vacuum = " + options.autoVacuum());
                requireWal(file, statement);
            }
            pragmas(statement, options);
            return new Link(connection);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private interface Step {
        Link run() throws SQLException;
    }

    /** While others turn WAL on in the same new file, any statement may be turned away. */
    private static Link patiently(Path file, DatabaseOptions options, Step step) throws SQLException {
        Patience patience = new Patience(file, options.lockTimeout());
        try {
            while (true) {
                try {
                    return step.run();
                } catch (SQLException fault) {
                    if (!Faults.busy(fault)) {
                        throw fault;
                    }
                    patience.pause();
                }
            }
        } finally {
            patience.done();
        }
    }

    private static Connection connection(String path, DatabaseOptions options) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(0);
        config.setGetGeneratedKeys(false);
        if (options.readOnly()) {
            config.setReadOnly(true);
        } else {
            // Whoever makes the file has made it: one that has gone must not come back empty.
            config.resetOpenMode(SQLiteOpenMode.CREATE);
        }
        return config.createConnection("jdbc:sqlite:" + path);
    }

    /** What SQLite is told to open. */
    private static String path(Path file, boolean frozen) {
        return frozen ? "file:" + file.toAbsolutePath().toUri().getRawPath() + "?immutable=1" : file.toString();
    }

    private static void pragmas(Statement statement, DatabaseOptions options) throws SQLException {
        statement.execute("PRAGMA synchronous = NORMAL");
        statement.execute("PRAGMA cache_size = -" + options.cacheBytes() / 1_024);
        statement.execute("PRAGMA mmap_size = " + options.mmapBytes());
        statement.execute("PRAGMA wal_autocheckpoint = " + Log.FULL * options.logBytes() / options.pageSize());
        statement.execute("PRAGMA temp_store = MEMORY");
        statement.execute("PRAGMA journal_size_limit = " + Log.LONG * options.logBytes());
        statement.execute("PRAGMA trusted_schema = OFF");
    }

    /** Refuses where the mode of the journal stays another one. */
    static void requireWal(Path file, Statement statement) throws SQLException {
        try (ResultSet mode = statement.executeQuery("PRAGMA journal_mode = WAL")) {
            String now = mode.next() ? mode.getString(1) : "";
            if (!now.equals("wal")) {
                throw new EngineUnavailableException("the file system of " + file
                        + " cannot do what SQLite's WAL needs (its mode stays '" + now
                        + "'): shared memory and locks; choose a directory on a local disk");
            }
        }
    }

    /** Refuses file systems of networks, on which a database that several machines open is damaged sooner or later. */
    static void requireLocal(Path file, String type) {
        if (NETWORK.contains(type.toLowerCase(Locale.ROOT))) {
            throw new EngineUnavailableException(
                    "the database " + file + " would be on a network file system (" + type
                            + "), where SQLite's WAL cannot work: machines share no memory; choose a directory on a local disk");
        }
    }

    private static String fileSystem(Path file) {
        try {
            return Files.getFileStore(file.toAbsolutePath().getParent()).type();
        } catch (IOException e) {
            throw new PathException(
                    "cannot open " + file + ": its directory cannot be read (" + e.getMessage()
                            + "); see whether it is still there and this process's user may use it",
                    e);
        }
    }

    /** Makes an empty file for the user alone. No connection of this process has it open yet. */
    static void make(Path file) {
        try {
            OwnFiles.make(file);
        } catch (IOException e) {
            throw new PathException(
                    "cannot make " + file + ": " + e.getMessage()
                            + "; let this process's user write there, free space, or choose another directory",
                    e);
        }
    }
}
