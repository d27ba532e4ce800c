package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineException;
import java.io.Serial;
import java.nio.file.Path;

/**
 * A database was deleted, replaced or moved aside while it was open, or written to while it was read without locks; nothing
 * was written to it, and what it said is void.
 */
public final class MovedDatabaseException extends EngineException {
    @Serial
    private static final long serialVersionUID = 1L;

    MovedDatabaseException(Path file) {
        super(
                "the database " + file
                        + " was deleted or replaced while it was open; it is opened anew at the next use",
                null,
                true);
    }
}
