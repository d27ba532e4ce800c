package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a malformed database aside and builds one in its place from what can be read. It happens under the write lock, with
 * no connection of this process open, and after the other processes were told that theirs are void.
 *
 * <p>A process that dies meanwhile leaves a folder whose name ends in {@code .moving}; whoever opens the database next goes
 * on from there: the old database is moved last, the new one appears whole, and only then the folder loses the ending.
 */
final class Rescue {
    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private final Path file;
    private final DatabaseOptions options;
    private final Rebuilding rebuilding;
    private final Shelf shelf;

    Rescue(Path file, DatabaseOptions options, Rebuilding rebuilding) {
        this.file = file;
        this.options = options;
        this.rebuilding = rebuilding;
        this.shelf = new Shelf(file.resolveSibling("set-aside"));
    }

    /** Whether a process has begun and not ended it. */
    boolean begun() throws IOException {
        return !shelf.begun().isEmpty();
    }

    /** Does it, or goes on with it. */
    void run(String why) throws IOException, SQLException {
        rebuilding.shutOut();
        List<Path> begun = shelf.begun();
        Path aside = begun.isEmpty() ? shelf.begin() : begun.get(0);
        Path old = aside.resolve(String.valueOf(file.getFileName()));
        long rows = -1;
        if (!Files.exists(old) || !Files.exists(file)) {
            if (!Files.exists(old)) {
                moveAside(aside);
            }
            Fresh fresh = Fresh.of(old, options, rebuilding);
            rows = fresh.rows();
            Files.move(fresh.file(), file, StandardCopyOption.ATOMIC_MOVE);
        }
        tell(file, why, shelf.end(aside), rows);
        shelf.trim();
    }

    static void tell(Path file, String why, Path kept, long rows) {
        LOG.warn(
                "the database {} was malformed ({}): it is kept in {}, and a new one holds what could be read of it, {} rows",
                file,
                why,
                kept,
                rows < 0 ? "some" : rows);
    }

    /** The database last: as long as it is in its place, nothing has happened that the next to open it must not undo. */
    private void moveAside(Path aside) throws IOException {
        for (String suffix : new String[] {"-wal", "-shm", ""}) {
            Path from = file.resolveSibling(file.getFileName() + suffix);
            if (Files.exists(from)) {
                Files.move(from, aside.resolve(String.valueOf(from.getFileName())), StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }
}
