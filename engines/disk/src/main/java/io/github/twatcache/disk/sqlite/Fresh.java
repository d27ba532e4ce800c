package io.github.twatcache.disk.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;

/** A new database with what can be read of a malformed one, made beside that where nobody looks. */
final class Fresh {
    private static final String NAME = "fresh.db";

    private final Path old;
    private final Path fresh;
    private final DatabaseOptions options;
    private final Rebuilding rebuilding;
    private long rows;

    private Fresh(Path old, DatabaseOptions options, Rebuilding rebuilding) {
        this.old = old;
        this.fresh = old.resolveSibling(NAME);
        this.options = options;
        this.rebuilding = rebuilding;
    }

    /**
     * Makes it.
     *
     * @param old the malformed one, in a folder of its own
     */
    static Fresh of(Path old, DatabaseOptions options, Rebuilding rebuilding) throws IOException, SQLException {
        Fresh made = new Fresh(old, options, rebuilding);
        for (String left : new String[] {NAME, FirstPage.COPY, FirstPage.MODEL}) {
            delete(old.resolveSibling(left));
        }
        made.make();
        return made;
    }

    /** Where it is; nobody has it open. */
    Path file() {
        return fresh;
    }

    /** How many rows could be read. */
    long rows() {
        return rows;
    }

    private static void delete(Path database) throws IOException {
        for (String suffix : new String[] {"", "-journal", "-wal", "-shm"}) {
            Files.deleteIfExists(database.resolveSibling(database.getFileName() + suffix));
        }
    }

    private void make() throws IOException, SQLException {
        Link link = new Link(made(fresh));
        try {
            link.run("BEGIN");
            build(link);
            Set<String> told = Salvage.tables(old);
            if (Salvage.tellsAll(told, link)) {
                for (Map.Entry<String, String> table : rebuilding.further().entrySet()) {
                    if (told.contains(table.getKey())) {
                        link.run(table.getValue());
                    }
                }
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
}
