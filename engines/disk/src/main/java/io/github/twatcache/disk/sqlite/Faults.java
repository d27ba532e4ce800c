package io.github.twatcache.disk.sqlite;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.PathException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What SQLite says, turned into what is wrong and what to do. */
final class Faults {
    private static final int PRIMARY = 0xFF;

    private Faults() {}

    /** The primary result code, whatever the extended one is. */
    static int code(SQLException fault) {
        return fault instanceof SQLiteException known
                ? known.getResultCode().code & PRIMARY
                : fault.getErrorCode() & PRIMARY;
    }

    /**
     * Has the classes of faults initialised. A stack that overflows just as one of them is needed for the first time would
     * make it unusable for as long as the process lives.
     */
    static void prepare() {
        SQLException fault = new SQLiteException("prepared", SQLiteErrorCode.SQLITE_OK);
        if (busy(fault) || damaged(fault)) {
            throw new IllegalStateException("SQLite's codes are not what they were");
        }
    }

    static boolean busy(SQLException fault) {
        int code = code(fault);
        return code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code;
    }

    static boolean damaged(SQLException fault) {
        int code = code(fault);
        return code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code;
    }

    /** Whether something cannot be read because of what is in the file: not a statement's fault, nor a lock's. */
    static boolean unreadable(SQLException fault) {
        int code = code(fault);
        return damaged(fault)
                || busy(fault)
                || code == SQLiteErrorCode.SQLITE_ERROR.code
                || code == SQLiteErrorCode.SQLITE_IOERR.code
                || code == SQLiteErrorCode.SQLITE_FORMAT.code
                || code == SQLiteErrorCode.SQLITE_SCHEMA.code
                || code == SQLiteErrorCode.SQLITE_NOMEM.code
                || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
    }

    /** Whether a row does not fit its table. */
    static boolean misfit(SQLException fault) {
        int code = code(fault);
        return code == SQLiteErrorCode.SQLITE_CONSTRAINT.code || code == SQLiteErrorCode.SQLITE_MISMATCH.code;
    }

    static RuntimeException of(Path file, SQLException fault) {
        int code = code(fault);
        if (damaged(fault)) {
            return new DamagedDatabaseException(
                    "the database " + file + " is damaged: " + fault.getMessage()
                            + "; it is set aside and rebuilt at the next use",
                    fault);
        } else if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return new PathException(
                    "cannot write to " + file
                            + ": the file system has no space left; free some, set a limit below what there is, or choose"
                            + " another directory",
                    fault);
        } else if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
            return new PathException(
                    "cannot write to " + file + ": it may only be read; let this process's user write there, or open it"
                            + " with read-only = true",
                    fault);
        } else if (code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return new PathException(
                    "cannot open " + file + ": " + fault.getMessage() + "; see whether its directory is still there and"
                            + " this process's user may use it",
                    fault);
        } else if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
            return new PathException(
                    "the file system failed at " + file + ": " + fault.getMessage()
                            + "; see whether its directory is still there and the disk is sound",
                    fault);
        }
        return new EngineException("SQLite failed at " + file + ": " + fault.getMessage(), fault);
    }
}
