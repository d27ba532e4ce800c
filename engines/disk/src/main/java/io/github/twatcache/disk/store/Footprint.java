package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.PathException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What a cache's folder takes on the disk: the files of the database, asked of the file system, and the value files, of
 * which the database keeps a sum. No file is opened, since the database is, and the value files are never walked.
 */
final class Footprint {
    private static final String[] DATABASE = {"", "-wal", "-shm", ".lock"};
    private static final int STEP = 256;

    /** Held while the folder is measured and counted, so that an older measure does not come after a newer one. */
    final ReentrantLock counting = new ReentrantLock();

    /** Held by who makes room, so that two who ask for the same room do not take it twice. */
    final ReentrantLock evicting = new ReentrantLock();

    /** How many bytes were given so far where room was asked for. */
    final AtomicLong given = new AtomicLong();

    /** How long the database and its log were. */
    private final AtomicLong length = new AtomicLong();

    private final Path folder;
    private final Database database;
    private final File main;
    private final File log;
    private final Path stripes;

    Footprint(Path folder, Database database, Path stripes) {
        this.folder = folder;
        this.database = database;
        this.main = database.file().toFile();
        this.log = new File(main + "-wal");
        this.stripes = stripes;
    }

    /**
     * Some files.
     *
     * @param bytes their lengths
     * @param files how many
     */
    record Size(long bytes, long files) {
        static final Size NOTHING = new Size(0, 0);

        Size plus(Size more) {
            return new Size(bytes + more.bytes, files + more.files);
        }
    }

    /** All of it. Costs one statement, a look at five files, and one at a folder with a file for each process. */
    Size measured() {
        return values().plus(beside());
    }

    /** By how much the database and its log have grown since this was last asked; 0 at first. Never fails. */
    long grown() {
        long now = main.length() + log.length();
        long before = length.getAndSet(now);
        return before == 0 ? 0 : Math.max(0, now - before);
    }

    /** The value files that rows name. */
    Size values() {
        return database.read(link -> {
            try (Results row = link.prepared("SELECT bytes, files FROM volume").executeQuery()) {
                return row.next() ? new Size(row.getLong(1), row.getLong(2)) : Size.NOTHING;
            }
        });
    }

    /** Everything but the value files; the database may be closed. */
    Size beside() {
        Size sum = file(stripes);
        for (String suffix : DATABASE) {
            sum = sum.plus(file(database.file().resolveSibling(database.file().getFileName() + suffix)));
        }
        return sum.plus(below(folder.resolve(LiveProcess.FOLDER).toFile()))
                .plus(below(folder.resolve(ValueFiles.ASIDE).toFile()));
    }

    private static Size file(Path path) {
        try {
            return new Size(Files.size(path), 1);
        } catch (NoSuchFileException gone) {
            return Size.NOTHING;
        } catch (IOException e) {
            throw new PathException(
                    "cannot look at " + path + ": " + e.getMessage() + "; see whether its directory is still there", e);
        }
    }

    /** The files of a folder that holds few. */
    private static Size below(File folder) {
        Size sum = Size.NOTHING;
        File[] files = folder.listFiles();
        for (File one : files == null ? new File[0] : files) {
            sum = sum.plus(one.isDirectory() ? below(one) : new Size(one.length(), 1));
        }
        return sum;
    }

    /**
     * Gives what holds nothing any more back to the file system: free pages, then the log. Says whether that could be done:
     * not while somebody reads for long, who needs the log.
     */
    boolean trimmed() {
        while (database.write(link -> FreePages.giveBack(link, STEP))) {
            // Until the file has no page too many.
        }
        return database.cutLog();
    }
}
