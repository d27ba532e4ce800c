package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.OwnFiles;
import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells living processes from dead ones: each holds a lock of the operating system's on a file of its own, which falls when
 * it dies, however it dies. Numbers of processes would not do, since containers count their own.
 */
final class LiveProcess implements AutoCloseable {
    static final String FOLDER = "processes";
    private static final Pattern NAME = Pattern.compile("[0-9a-f-]{36}");

    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private final Path folder;
    private final String name = UUID.randomUUID().toString();
    private final RandomAccessFile file;

    private LiveProcess(Path folder) throws IOException {
        this.folder = folder;
        OwnFiles.makeFolder(folder);
        OwnFiles.make(folder.resolve(name));
        this.file = new RandomAccessFile(folder.resolve(name).toFile(), "rw");
        FileLock lock = file.getChannel().tryLock();
        if (lock == null) {
            file.close();
            throw new IOException("the file system does not lock files: a new one is locked already");
        }
    }

    /** Begins to show that this process lives. */
    static LiveProcess begin(Path cache) {
        try {
            return new LiveProcess(cache.resolve(FOLDER));
        } catch (IOException e) {
            throw new PathException(
                    "cannot lock a file in " + cache.resolve(FOLDER) + ": " + e.getMessage()
                            + "; let this process's user write there, or choose another directory",
                    e);
        }
    }

    /** What this process is known by. */
    String name() {
        return name;
    }

    /**
     * Remembers the number of a file that is about to be written and that no table knows of yet: who finds this process
     * dead looks for it.
     */
    synchronized void note(long number) {
        try {
            file.writeLong(number);
        } catch (IOException e) {
            throw new PathException(
                    "cannot write to " + folder.resolve(name) + ": " + e.getMessage()
                            + "; free space, or let this process's user write there",
                    e);
        }
    }

    /** Whether any process, alive or dead, has noted a number. */
    boolean noted(long number) {
        String[] all = folder.toFile().list();
        for (String one : all == null ? new String[0] : all) {
            if (NAME.matcher(one).matches() && noted(one) && noted(one, number)) {
                return true;
            }
        }
        return false;
    }

    private boolean noted(String one, long number) {
        if (one.equals(name)) {
            return notedHere(number);
        }
        try (RandomAccessFile its = new RandomAccessFile(folder.resolve(one).toFile(), "r")) {
            return in(its, number);
        } catch (IOException gone) {
            LOG.debug("the file of process {} cannot be read", one, gone);
            return Files.exists(folder.resolve(one));
        }
    }

    /** By the handle that is open: closing another one would let go of the lock that shows that this process lives. */
    private synchronized boolean notedHere(long number) {
        try {
            long end = file.getFilePointer();
            file.seek(0);
            boolean noted = in(file, number);
            file.seek(end);
            return noted;
        } catch (IOException e) {
            throw new PathException("cannot read " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    private static boolean in(RandomAccessFile notes, long number) throws IOException {
        for (long at = 0; at + Long.BYTES <= notes.length(); at += Long.BYTES) {
            if (notes.readLong() == number) {
                return true;
            }
        }
        return false;
    }

    /** Hands over the numbers that dead processes had noted, and forgets them. */
    void notesOfDead(LongConsumer numbers) {
        String[] others = folder.toFile().list();
        for (String other : others == null ? new String[0] : others) {
            // Only files that hold something: one that is being made is empty, and not locked yet.
            if (!other.equals(name) && NAME.matcher(other).matches() && noted(other)) {
                try (RandomAccessFile its =
                        new RandomAccessFile(folder.resolve(other).toFile(), "rw")) {
                    if (its.getChannel().tryLock() != null) {
                        for (long at = 0; at + Long.BYTES <= its.length(); at += Long.BYTES) {
                            numbers.accept(its.readLong());
                        }
                        Files.deleteIfExists(folder.resolve(other));
                    }
                } catch (IOException | OverlappingFileLockException next) {
                    LOG.debug("the file of process {} cannot be read; it is left to the next opening", other, next);
                }
            }
        }
    }

    private boolean noted(String other) {
        return folder.resolve(other).toFile().length() > 0;
    }

    /** Whether the process of a name is dead; its file is deleted then, unless it holds notes. */
    boolean dead(String other) {
        if (other.equals(name)) {
            return false;
        }
        if (!NAME.matcher(other).matches()) {
            return true;
        }
        Path path = folder.resolve(other);
        if (!Files.exists(path)) {
            return true;
        }
        try (RandomAccessFile its = new RandomAccessFile(path.toFile(), "rw")) {
            if (its.getChannel().tryLock() == null) {
                return false;
            }
            if (its.length() == 0) {
                Files.deleteIfExists(path);
            }
            return true;
        } catch (OverlappingFileLockException thisJvm) {
            return false;
        } catch (NoSuchFileException e) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            file.close();
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new PathException("cannot close " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }
}
