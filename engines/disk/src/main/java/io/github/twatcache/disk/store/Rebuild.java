package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Rebuilding;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * A database in the place of a malformed one: the same tables, another id, and no row that belongs to nothing. Value files
 * of rows that were lost stay, for {@code check(true)} to find.
 */
final class Rebuild implements Rebuilding {
    private final Path folder;

    Rebuild(Path folder) {
        this.folder = folder;
    }

    @Override
    public void shutOut() throws IOException {
        Stripes.disown(folder);
    }

    @Override
    public List<String> schema() {
        return Schema.statements();
    }

    @Override
    public void settle(Link link) throws SQLException {
        Schema.identify(link);
        link.run("DELETE FROM entry WHERE life NOT IN (SELECT life FROM space UNION SELECT life FROM dead)");
        Counts.settle(link);
    }
}
