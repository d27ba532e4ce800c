package io.github.twatcache.path;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn it is to do something, over all processes that share a directory: for each name it is at most one's. A turn ends
 * when it is given back, when somebody takes it away, and with the life of its process, however that ends: a lock of the
 * operating system's shows that it lives.
 *
 * <p>It is a small file that names its owner, beside those of the caches and not counted with them. The files are made and
 * deleted under the directory's lock: so one that is not whole there was left by a process that died.
 *
 * <p>Thread-safe. {@link #claim}, {@link #seize}, {@link #end} and {@link #endAll} are to be called within {@link
 * CacheFolder#change}; {@link #holds} and {@link #stands} take no lock, and may tell of what was a moment ago.
 */
public final class Turns {
    private static final String FOLDER = "turns";
    private static final int LONGEST = 256;
    private static final long PID = ProcessHandle.current().pid();

    private final Room room;
    private final CacheFolder cache;
    private final Path folder;

    Turns(Room room, CacheFolder cache, String folder) {
        this.room = room;
        this.cache = cache;
        this.folder = room.own().resolve(FOLDER).resolve(folder);
    }

    private Path file(String name) {
        return folder.resolve(cache.named(name).getFileName());
    }

    /**
     * The answer to who has a turn.
     *
     * @param turn the turn
     * @param taken whether it was taken just now, by this process
     */
    public record Claim(Turn turn, boolean taken) {}

    /**
     * Makes it the turn of this process, unless it is one's that lives.
     *
     * @param name the name: letters, digits and {@code . _ ~ = -}, not beginning with a dot, at most 200 characters
     * @param since when it begins, in nanoseconds since 1970
     * @return the turn that was taken, or the one that there is
     * @throws IOException when that cannot be read or written; then it is not taken
     */
    public Claim claim(String name, long since) throws IOException {
        Turn mine = begin(since);
        Path file = file(name);
        boolean taken = false;
        try {
            try {
                write(file, mine);
            } catch (FileAlreadyExistsException anothers) {
                Turn other = read(file);
                if (other != null && !over(other)) {
                    return new Claim(other, false);
                }
                replace(file, mine);
            }
            taken = true;
            return new Claim(mine, true);
        } finally {
            if (!taken) {
                over(mine.number());
            }
        }
    }

    /**
     * Makes it the turn of this process, whoever's it was.
     *
     * @param name the name, see {@link #claim}
     * @param since when it begins, in nanoseconds since 1970
     * @return the turn
     * @throws IOException when that cannot be written; then it is nobody's
     */
    public Claim seize(String name, long since) throws IOException {
        Turn mine = begin(since);
        boolean taken = false;
        try {
            replace(file(name), mine);
            taken = true;
            return new Claim(mine, true);
        } finally {
            if (!taken) {
                over(mine.number());
            }
        }
    }

    private Turn begin(long since) {
        return new Turn(room.process(), room.turns().begin(), PID, Math.max(0, since));
    }

    private void replace(Path file, Turn turn) throws IOException {
        Files.deleteIfExists(file);
        write(file, turn);
    }

    private void write(Path file, Turn turn) throws IOException {
        byte[] content = turn.written().getBytes(StandardCharsets.US_ASCII);
        try {
            Modes.file(file, content);
        } catch (NoSuchFileException first) {
            Modes.directoryIfAbsent(room.own().resolve(FOLDER));
            Modes.directoryIfAbsent(folder);
            Modes.file(file, content);
        }
    }

    /**
     * Gives a turn back, if it has not ended yet.
     *
     * @param name the name, see {@link #claim}
     * @param turn the turn, of this process
     * @return whether it had not
     * @throws IOException when it cannot be deleted; for this process it has ended nevertheless
     */
    public boolean end(String name, Turn turn) throws IOException {
        over(turn.number());
        Path file = file(name);
        return turn.equals(read(file)) && Files.deleteIfExists(file);
    }

    /**
     * Ends the turn under a name, whoever's it is.
     *
     * @param name the name, see {@link #claim}
     * @throws IOException when it cannot be deleted
     */
    public void end(String name) throws IOException {
        Files.deleteIfExists(file(name));
    }

    /**
     * Ends all turns whose names begin so.
     *
     * @param beginning how they begin
     * @throws IOException when one cannot be deleted; those before it are
     */
    public void endAll(String beginning) throws IOException {
        for (Path file : below(folder)) {
            if (file.getFileName().toString().startsWith(beginning)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /**
     * Says that a turn of this process is over, whether or not its file can be deleted: nobody here waits for it.
     *
     * @param number the turn's
     */
    public void over(long number) {
        room.turns().end(number);
    }

    /**
     * Whether a turn of this process has not ended.
     *
     * @param name the name, see {@link #claim}
     * @param turn the turn
     * @return whether nobody has taken it away
     * @throws IOException when it cannot be read
     */
    public boolean holds(String name, Turn turn) throws IOException {
        return turn.equals(read(file(name)));
    }

    /**
     * Whether a turn has not ended, and its process lives.
     *
     * @param name the name, see {@link #claim}
     * @param turn the turn
     * @return whether it is to be waited for
     * @throws IOException when it cannot be read
     */
    public boolean stands(String name, Turn turn) throws IOException {
        return holds(name, turn) && !over(turn);
    }

    /** Whether the process of a turn is dead, or knows that it has ended. */
    private boolean over(Turn turn) throws IOException {
        return turn.process().equals(room.process())
                ? !room.turns().running(turn.number())
                : ProcessFolder.dead(room.own(), turn.process());
    }

    /** Deletes those of dead processes. To be called by who holds the directory's lock. */
    static void sweep(Path own) throws IOException {
        for (Path folder : below(own.resolve(FOLDER))) {
            for (Path file : below(folder)) {
                Turn turn = read(file);
                if (turn == null || ProcessFolder.gone(own, turn.process())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private static List<Path> below(Path folder) throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            entries.forEach(found::add);
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
        return found;
    }

    private static @Nullable Turn read(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] bytes = new byte[LONGEST];
            int count = file.read(bytes);
            return count < 0 ? null : Turn.read(new String(bytes, 0, count, StandardCharsets.US_ASCII));
        } catch (FileNotFoundException absent) {
            if (Files.exists(path)) {
                throw absent; // it may not be read
            }
            return null;
        }
    }
}
