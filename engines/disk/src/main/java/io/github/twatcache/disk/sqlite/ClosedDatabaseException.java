package io.github.twatcache.disk.sqlite;

import java.io.Serial;
import java.nio.file.Path;

/** A database was used after it had been closed. */
public final class ClosedDatabaseException extends IllegalStateException {
    @Serial
    private static final long serialVersionUID = 1L;

    ClosedDatabaseException(Path file) {
        super("the database " + file + " is closed; open the cache anew");
    }
}
