package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A lock that spans a commit and what is done right after it, which SQLite's own does not: on a file of its own beside the
 * database, held by the leader of the writers alone. It falls with its process.
 */
final class WriteLock {
    private static final String SUFFIX = ".lock";

    private final Path database;
    private final Duration timeout;
    private @Nullable RandomAccessFile open;
    private @Nullable FileLock held;

    WriteLock(Path database, Duration timeout) {
        this.database = database;
        this.timeout = timeout;
    }

    void take() throws IOException {
        RandomAccessFile file = open;
        while (file == null) {
            file = begun();
        }
        lock(file);
    }

    /** Opens the file; null where it was taken away while this waited for it, by an opening that has failed. */
    private @Nullable RandomAccessFile begun() throws IOException {
        Path place = database.resolveSibling(database.getFileName() + SUFFIX);
        OwnFiles.make(place);
        Object key = Opening.key(place);
        RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw");
        open = file;
        lock(file);
        boolean stands = Objects.equals(key, Opening.key(place)) && Files.exists(place);
        leave();
        if (stands) {
            return file;
        }
        close();
        return null;
    }

    private void lock(RandomAccessFile file) throws IOException {
        Patience patience = new Patience(database, timeout);
        try {
            while (true) {
                FileLock lock = file.getChannel().tryLock();
                if (lock != null) {
                    held = lock;
                    return;
                }
                patience.pause();
            }
        } finally {
            patience.done();
        }
    }

    void leave() throws IOException {
        FileLock lock = held;
        held = null;
        if (lock != null) {
            lock.release();
        }
    }

    /** To be called when no writer is left. */
    void close() {
        RandomAccessFile file = open;
        open = null;
        if (file != null) {
            try {
                file.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException("cannot close the lock of " + database, e);
            }
        }
    }
}
