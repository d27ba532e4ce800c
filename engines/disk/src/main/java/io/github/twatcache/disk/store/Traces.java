package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Database;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an opening that fails would leave in a folder: taken away again where there was no database before, none with
 * anything in it has come, and no process is at work there.
 */
final class Traces {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");
    private static final String LOCK = OpenFolder.DATABASE + ".lock";
    private static final String LOG_FILE = OpenFolder.DATABASE + "-wal";
    private static final int APPLICATION_AT = 68;

    /** An opening that succeeds makes one key space; with more, another one has been at work there too. */
    private static final String HOLDS = "SELECT EXISTS (SELECT 1 FROM entry) OR EXISTS (SELECT 1 FROM queue)"
            + " OR EXISTS (SELECT 1 FROM cell) OR (SELECT count(*) FROM space) > 1";

    /** What an opening makes, the lock last. */
    private static final List<String> MADE = List.of(
            OpenFolder.DATABASE,
            LOG_FILE,
            OpenFolder.DATABASE + "-shm",
            OpenFolder.DATABASE + "-journal",
            Stripes.FILE,
            LiveProcess.FOLDER,
            ValueFiles.FOLDER,
            LOCK);

    private final Path folder;
    private final boolean folderWasThere;
    private final Set<String> there;
    private boolean empty;

    private Traces(Path folder) {
        this.folder = folder;
        this.folderWasThere = Files.exists(folder);
        this.there = MADE.stream()
                .filter(name -> Files.exists(folder.resolve(name), LinkOption.NOFOLLOW_LINKS))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What is there before the opening, and so must stay. */
    static Traces before(Path folder) {
        return new Traces(folder);
    }

    /** Notes whether a database that is about to be closed holds nothing, but perhaps the key space that was opened. */
    void note(Database database) {
        try {
            empty = !there.contains(OpenFolder.DATABASE) && database.read(link -> link.number(HOLDS, 1)) == 0;
        } catch (RuntimeException unknown) {
            LOG.debug("{} does not say whether it holds anything", database, unknown);
        }
    }

    /** Takes away what the opening has made. Called with nothing of it open in this process any more. */
    void undo() {
        if (there.contains(OpenFolder.DATABASE) || !Files.isDirectory(folder)) {
            return;
        }
        try {
            // The lock of the writers: whoever waits for it looks afterwards whether it is still there.
            Path lock = folder.resolve(LOCK);
            if (Files.exists(lock)) {
                try (RandomAccessFile file = new RandomAccessFile(lock.toFile(), "rw");
                        FileLock held = file.getChannel().tryLock()) {
                    if (held == null) {
                        return;
                    }
                    undoAlone();
                }
            } else {
                undoAlone();
            }
        } catch (IOException | OverlappingFileLockException inUse) {
            LOG.debug("what an opening that failed has left in {} stays there", folder, inUse);
        }
    }

    private void undoAlone() throws IOException {
        if (alive() || !(empty || nothing())) {
            return;
        }
        for (String name : MADE) {
            if (!there.contains(name)) {
                deleteIfEmpty(folder.resolve(name));
            }
        }
        if (!folderWasThere) {
            deleteIfEmpty(folder);
        }
    }

    private static void deleteIfEmpty(Path path) throws IOException {
        try {
            Files.deleteIfExists(path);
        } catch (DirectoryNotEmptyException inUse) {
            LOG.debug("{} holds something; it stays", path, inUse);
        }
    }

    /** Whether a process shows that it is at work here. */
    private boolean alive() throws IOException {
        File[] processes = folder.resolve(LiveProcess.FOLDER).toFile().listFiles();
        for (File process : processes == null ? new File[0] : processes) {
            try (RandomAccessFile its = new RandomAccessFile(process, "rw");
                    FileLock held = its.getChannel().tryLock()) {
                if (held == null) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether the file is no database yet, or one in which nobody has made our tables. */
    private boolean nothing() throws IOException {
        Path database = folder.resolve(OpenFolder.DATABASE);
        try {
            if (Files.size(database) == 0) {
                return true;
            }
            Path log = folder.resolve(LOG_FILE);
            if (Files.exists(log) && Files.size(log) > 0) {
                return false;
            }
            try (DataInputStream in = new DataInputStream(Files.newInputStream(database))) {
                in.skipNBytes(APPLICATION_AT);
                return in.readInt() == 0;
            }
        } catch (NoSuchFileException gone) {
            return true;
        }
    }
}
