package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineException;
import java.io.Serial;

/** SQLite has found a database malformed, or no database at all. */
public final class DamagedDatabaseException extends EngineException {
    @Serial
    private static final long serialVersionUID = 1L;

    DamagedDatabaseException(String message, Throwable cause) {
        super(message, cause, true);
    }
}
