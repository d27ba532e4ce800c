package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineUnavailableException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds a malformed database anew in its own file, of which a copy is kept. For a database that programs use which know
 * nothing of ours: nobody can tell them that what they have open is void, so it happens only while none has it open, and
 * under the lock that keeps them from opening it. They wait for that as for any; and since the file stays the same one, what
 * they find behind it is the new database, never the old one with the new one's log.
 *
 * <p>The head of the file says how far it has come: as long as it is what it was, nothing has happened; while it is blank, the
 * copy is what counts, and whoever opens the database next goes on from that; it is written last.
 */
final class RescueInPlace {
    /** Where SQLite locks, in every database: see "os.h" of its source. Who has one open in WAL mode holds some of it. */
    private static final long LOCKS_AT = 0x4000_0000L;

    private static final int LOCKS = 512;
    private static final int HEAD = 100;

    private final Path file;
    private final DatabaseOptions options;
    private final Rebuilding rebuilding;
    private final Shelf shelf;

    RescueInPlace(Path file, DatabaseOptions options, Rebuilding rebuilding) {
        this.file = file;
        this.options = options;
        this.rebuilding = rebuilding;
        this.shelf = new Shelf(file.resolveSibling(file.getFileName() + "-damaged"));
    }

    /** Does it, or goes on with it. */
    void run(String why) throws IOException, SQLException {
        Path kept;
        Fresh fresh;
        // No connection of this process has it open: the locks of one would fall when this is closed.
        try (RandomAccessFile open = new RandomAccessFile(file.toFile(), "rw");
                @Nullable FileLock alone = open.getChannel().tryLock(LOCKS_AT, LOCKS, false)) {
            if (alone == null) {
                throw new EngineUnavailableException("the database " + file + " is malformed (" + why
                        + "), and cannot be rebuilt while other programs have it open; end them, and open the cache"
                        + " anew");
            }
            rebuilding.shutOut();
            Path aside = copied(open);
            fresh = Fresh.of(aside.resolve(String.valueOf(file.getFileName())), options, rebuilding);
            overwrite(open, fresh.file());
            Files.delete(fresh.file());
            kept = shelf.end(aside);
        }
        Rescue.tell(file, why, kept, fresh.rows());
        shelf.trim();
    }

    /** The folder with a copy of the malformed database and its log. */
    private Path copied(RandomAccessFile open) throws IOException {
        String name = String.valueOf(file.getFileName());
        List<Path> begun = shelf.begun();
        if (blank(open)) {
            for (Path aside : begun) {
                if (Files.exists(aside.resolve(name))) {
                    return aside;
                }
            }
        }
        // Of processes that have died before they changed anything.
        for (Path aside : begun) {
            Shelf.delete(aside);
        }
        Path aside = shelf.begin();
        Path log = file.resolveSibling(name + "-wal");
        if (Files.exists(log)) {
            Files.copy(log, aside.resolve(log.getFileName()));
        }
        Path half = aside.resolve(name + "-half");
        try (RandomAccessFile copy = new RandomAccessFile(half.toFile(), "rw")) {
            open.seek(0);
            copy(open, copy);
            copy.getFD().sync();
        }
        Files.move(half, aside.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        return aside;
    }

    private static boolean blank(RandomAccessFile open) throws IOException {
        byte[] head = new byte[HEAD];
        open.seek(0);
        if (open.read(head) < HEAD) {
            return false;
        }
        for (byte one : head) {
            if (one != 0) {
                return false;
            }
        }
        return true;
    }

    private void overwrite(RandomAccessFile open, Path database) throws IOException {
        try (RandomAccessFile from = new RandomAccessFile(database.toFile(), "r")) {
            byte[] head = new byte[HEAD];
            from.readFully(head);
            open.seek(0);
            open.write(new byte[HEAD]);
            open.getFD().sync();
            for (String suffix : new String[] {"-wal", "-shm"}) {
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + suffix));
            }
            copy(from, open);
            open.setLength(from.length());
            open.getFD().sync();
            open.seek(0);
            open.write(head);
            open.getFD().sync();
        }
    }

    /** Copies what is left of a file, however long, to where the other one stands. */
    private static void copy(RandomAccessFile from, RandomAccessFile to) throws IOException {
        byte[] some = new byte[1 << 16];
        for (int length = from.read(some); length > 0; length = from.read(some)) {
            to.write(some, 0, length);
        }
    }
}
