package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/**
 * The file of a database that this process cannot write to, and that nobody has open to write: WAL needs shared memory, for
 * which there is no place then, and nothing to be shared either, so it is read without locks and without a log. Others may
 * begin to write where they can, such as outside of this container: then SQLite's log comes back before anything else
 * changes, and when it has gone again, the file has changed.
 *
 * @param key what tells the file from another one
 * @param size how long it was
 * @param changed when it was written the last time
 */
record Frozen(@Nullable Object key, long size, FileTime changed) {
    /** The file as it is now; null where somebody may be writing, or this process can. */
    static @Nullable Frozen of(Path file) {
        try {
            if (Files.isWritable(file.toAbsolutePath().getParent()) || written(file)) {
                return null;
            }
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return new Frozen(now.fileKey(), now.size(), now.lastModifiedTime());
        } catch (IOException notThereAnyMore) {
            return null;
        }
    }

    /** Whether there is a log to be read, or a process that has emptied it and will write the next one. */
    private static boolean written(Path file) throws IOException {
        Path log = file.resolveSibling(file.getFileName() + "-wal");
        return Files.exists(log)
                && (Files.size(log) > 0 || Files.exists(file.resolveSibling(file.getFileName() + "-shm")));
    }

    /** Whether nobody has written since. */
    boolean lasts(Path file) {
        return equals(of(file));
    }
}
