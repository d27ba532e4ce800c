package io.github.twatcache.path;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where a process keeps the files that it is writing. It holds a lock on a file in there as long as it lives: a folder whose
 * lock can be had is a dead one's, and is swept with all that is in it. Numbers of processes would not do, since containers
 * that share a directory count their own.
 */
final class ProcessFolder implements Closeable {
    static final String PREFIX = "process-";
    private static final Pattern NAME = Pattern.compile(PREFIX + "[0-9a-f-]{36}");
    private static final String ALIVE = "alive";
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    /** What is younger is spared where it may be of another host, in milliseconds. */
    private static final long YOUNG = TimeUnit.HOURS.toMillis(1);

    private final Path path;
    private final RandomAccessFile alive;
    private final AtomicLong drafts = new AtomicLong();

    private ProcessFolder(Path path, RandomAccessFile alive) {
        this.path = path;
        this.alive = alive;
    }

    /** Makes one. To be called by who holds the directory's lock, as {@link #sweep} is: a folder not yet locked is dead. */
    static ProcessFolder make(Path root, Location location) throws IOException {
        Path path = root.resolve(Ground.OWN).resolve(PREFIX + UUID.randomUUID());
        Modes.directory(path);
        try {
            Path file = path.resolve(ALIVE);
            Modes.file(file);
            RandomAccessFile alive = new RandomAccessFile(file.toFile(), "rw");
            try {
                requireLock(alive, root, location);
                alive.write((boot() + "\n" + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII));
            } catch (IOException | RuntimeException e) {
                alive.close();
                throw e;
            }
            return new ProcessFolder(path, alive);
        } catch (IOException | RuntimeException e) {
            delete(path);
            throw e;
        }
    }

    private static void requireLock(RandomAccessFile made, Path root, Location location) {
        IOException refusal = new IOException("a new one is locked already");
        try {
            if (DirectoryLock.tryLock(made) != null) {
                return;
            }
        } catch (IOException refused) {
            refusal = refused;
        }
        throw Trouble.unlocked(root, location, refusal);
    }

    /** What this process is known by. */
    String name() {
        return path.getFileName().toString();
    }

    /** Whether a name may be that of a process. */
    static boolean known(String name) {
        return NAME.matcher(name).matches();
    }

    /** Whether nothing of a process is there: it is dead, and was swept, or has ended in order. */
    static boolean gone(Path own, String process) {
        return !Files.exists(own.resolve(process).resolve(ALIVE));
    }

    /**
     * Whether another process is dead. Not to be asked of this one: a handle that is closed would take with it the lock that
     * shows that it lives.
     */
    static boolean dead(Path own, String process) throws IOException {
        try (FileChannel its = FileChannel.open(own.resolve(process).resolve(ALIVE), StandardOpenOption.WRITE)) {
            return DirectoryLock.tryLock(its) != null;
        } catch (NoSuchFileException gone) {
            return true;
        } catch (OverlappingFileLockException asked) {
            // By another thread at this moment: who wants to know asks again.
            return false;
        }
    }

    /** A path for a new file. */
    Path draft() {
        return path.resolve("draft-" + drafts.incrementAndGet());
    }

    /**
     * Deletes the folders of the dead.
     *
     * @return whether one of them may not have died alone: the machine was started anew since, or nobody knows
     */
    boolean sweep(Path own) throws IOException {
        return sweep(own, () -> Hosts.sharing(own).isPresent());
    }

    /** The same where somebody tells whether hosts may share the directory. */
    boolean sweep(Path own, BooleanSupplier shared) throws IOException {
        boolean crashed = false;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(own, PREFIX + "*")) {
            for (Path entry : entries) {
                if (!entry.equals(path)) {
                    crashed |= swept(entry, shared);
                }
            }
        }
        return crashed;
    }

    private static boolean swept(Path entry, BooleanSupplier shared) throws IOException {
        Path file = entry.resolve(ALIVE);
        if (!Files.exists(file)) {
            delete(entry);
            return false;
        }
        String boot;
        try (RandomAccessFile dead = new RandomAccessFile(file.toFile(), "rw")) {
            if (DirectoryLock.tryLock(dead) == null) {
                return false;
            }
            String first = dead.readLine();
            boot = first == null ? "" : first;
            if ((boot.isEmpty() || !boot.equals(boot())) && young(entry) && shared.getAsBoolean()) {
                // Of another host, it may be, which lives and is writing: its locks need not be seen here.
                return false;
            }
        } catch (OverlappingFileLockException asked) {
            // Another thread asks at this moment whether it is dead: it is left to the next sweep.
            return false;
        }
        delete(entry);
        return boot.isEmpty() || !boot.equals(boot());
    }

    /** Whether somebody has written there not long ago. */
    private static boolean young(Path folder) throws IOException {
        long since = System.currentTimeMillis() - YOUNG;
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.toFile().lastModified() > since);
        }
    }

    /** Whether no process is here, alive or dead. */
    static boolean nobody(Path own) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(own, PREFIX + "*")) {
            return !entries.iterator().hasNext();
        }
    }

    /** What names the time since the machine was started; empty where there is no such name. */
    private static String boot() {
        try {
            return Files.readString(BOOT, StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    /** Lets go of the folder and leaves it as one of a dead process, for whoever has the directory's lock next. */
    void fall() throws IOException {
        alive.close();
    }

    @Override
    public void close() throws IOException {
        alive.close();
        delete(path);
    }
}
