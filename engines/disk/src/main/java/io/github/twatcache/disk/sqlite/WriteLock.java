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
    private @Nullable RandomAccessFile open;
    private @Nullable FileLock held;

    WriteLock(Path database) {
        this.database = database;
    }

    /**
     * Takes it.
     *
     * @param timeout how long to wait where another process has it
     */
    void take(Duration timeout) throws IOException {
        RandomAccessFile file = open;
        while (file == null) {
            file = begun(timeout);
        }
        lock(file, timeout);
    }

    /** Opens the file; null where it was taken away while this waited for it, by an opening that has failed. */
    private @Nullable RandomAccessFile begun(Duration timeout) throws IOException {
        Path place = database.resolveSibling(database.getFileName() + SUFFIX);
        OwnFiles.make(place);
        Object key = Opening.key(place);
        RandomAccessFile file = new RandomAccessFile(place.toFile(), "rw");
        open = file;
        lock(file, timeout);
        boolean stands = Objects.equals(key, Opening.key(place)) && Files.exists(place);
        leave();
        if (stands) {
            return file;
        }
        close();
        return null;
    }

    private void lock(RandomAccessFile file, Duration timeout) throws IOException {
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
