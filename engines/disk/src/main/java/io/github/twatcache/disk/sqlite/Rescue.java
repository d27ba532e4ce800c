package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
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
    private static final String MOVING = ".moving";
    private static final String FRESH = "fresh.db";
    private static final int KEPT = 3;

    private final Path file;
    private final DatabaseOptions options;
    private final Rebuilding rebuilding;
    private final Path shelf;

    Rescue(Path file, DatabaseOptions options, Rebuilding rebuilding) {
        this.file = file;
        this.options = options;
        this.rebuilding = rebuilding;
        this.shelf = file.resolveSibling("set-aside");
    }

    /** Whether a process has begun and not ended it. */
    boolean begun() throws IOException {
        return !folders(MOVING).isEmpty();
    }

    /** Does it, or goes on with it. */
    void run(String why) throws IOException, SQLException {
        rebuilding.shutOut();
        List<Path> begun = folders(MOVING);
        Path aside = begun.isEmpty() ? begin() : begun.get(0);
        Path old = aside.resolve(String.valueOf(file.getFileName()));
        long rows = -1;
        if (!Files.exists(old) || !Files.exists(file)) {
            if (!Files.exists(old)) {
                moveAside(aside);
            }
            Path fresh = aside.resolve(FRESH);
            for (Path database : new Path[] {fresh, aside.resolve(FirstPage.COPY), aside.resolve(FirstPage.MODEL)}) {
                delete(database);
            }
            rows = rebuild(old, fresh);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        }
        String name = String.valueOf(aside.getFileName());
        Path kept = aside.resolveSibling(name.substring(0, name.length() - MOVING.length()));
        Files.move(aside, kept, StandardCopyOption.ATOMIC_MOVE);
        LOG.warn(
                "the database {} was malformed ({}): it is kept in {}, and a new one holds what could be read of it, {} rows",
                file,
                why,
                kept,
                rows < 0 ? "some" : rows);
        forget();
    }

    private Path begin() throws IOException {
        Path aside = shelf.resolve(String.format("%016x-%s", System.currentTimeMillis(), UUID.randomUUID()) + MOVING);
        Files.createDirectories(aside);
        return aside;
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

    private static void delete(Path database) throws IOException {
        for (String suffix : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
        }
    }

    private long rebuild(Path old, Path fresh) throws IOException, SQLException {
        Link link = new Link(made(fresh));
        try {
            link.run("BEGIN");
            build(link);
            long rows;
            if (Salvage.knowsItsTables(old, link)) {
                rows = Salvage.of(old, link);
            } else {
                Path model = fresh.resolveSibling(FirstPage.MODEL);
                Link other = new Link(made(model));
                build(other);
                other.close();
                Path copy = new FirstPage(old, model, options.pageSize()).mended();
                rows = Salvage.of(copy, link);
                delete(copy);
                delete(model);
            }
            rebuilding.settle(link);
            link.run("COMMIT");
            return rows;
        } finally {
            link.close();
        }
    }

    private Connection made(Path database) throws SQLException {
        Opening.make(database);
        return Opening.empty(database, options);
    }

    private void build(Link link) throws SQLException {
        for (String statement : rebuilding.schema()) {
            link.run(statement);
        }
    }

    /** The folders of databases, the oldest first. */
    private List<Path> folders(String ending) throws IOException {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(shelf)) {
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(shelf, "*-*" + ending)) {
                for (Path folder : folders) {
                    if (Files.isDirectory(folder)) {
                        found.add(folder);
                    }
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    /** Keeps the newest only. */
    private void forget() throws IOException {
        List<Path> all = folders("");
        for (Path folder : all.subList(0, Math.max(0, all.size() - KEPT))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path one : files) {
                    Files.deleteIfExists(one);
                }
            }
            Files.deleteIfExists(folder);
        }
    }
}
