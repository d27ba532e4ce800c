package io.github.twatcache.disk.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.Codes;
import org.sqlite.core.DB;

/** What a query has found, row by row. */
public final class Results implements AutoCloseable {
    private static final int BYTE = 0xFF;
    private static final byte[] NOTHING = {};

    private final DB database;

    /** SQLite's handle; is good as long as there is a row. */
    private final long pointer;

    private boolean first;
    private boolean row;

    Results(DB database, long pointer) {
        this.database = database;
        this.pointer = pointer;
    }

    void begin(boolean found) {
        first = found;
        row = found;
    }

    void end() {
        row = false;
    }

    /**
     * Goes on to the next row.
     *
     * @return whether there is one
     * @throws SQLException what SQLite says
     */
    public boolean next() throws SQLException {
        if (first || !row) {
            first = false;
            return row;
        }
        row = false;
        int code = database.step(pointer) & BYTE;
        row = code == Codes.SQLITE_ROW;
        if (!row) {
            database.reset(pointer);
        }
        if (!row && code != Codes.SQLITE_DONE) {
            database.throwex(code);
        }
        return row;
    }

    private long pointer() throws SQLException {
        if (!row) {
            throw new SQLException("there is no row to be read");
        }
        return pointer;
    }

    /**
     * Reads a column of the row.
     *
     * @param column which, from 1
     * @return the number; 0 for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public long getLong(int column) throws SQLException {
        return database.column_long(pointer(), column - 1);
    }

    /**
     * Reads a column of the row.
     *
     * @param column which, from 1
     * @return the number; 0 for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public int getInt(int column) throws SQLException {
        return database.column_int(pointer(), column - 1);
    }

    /**
     * Reads a column of the row.
     *
     * @param column which, from 1
     * @return the number; 0 for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public double getDouble(int column) throws SQLException {
        return database.column_double(pointer(), column - 1);
    }

    /**
     * Reads a column of the row.
     *
     * @param column which, from 1
     * @return the text; {@code null} for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public @Nullable String getString(int column) throws SQLException {
        return database.column_text(pointer(), column - 1);
    }

    /**
     * Reads a column of the row.
     *
     * @param column which, from 1
     * @return the bytes, the caller's own; {@code null} for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public byte @Nullable [] getBytes(int column) throws SQLException {
        return database.column_blob(pointer(), column - 1);
    }

    /**
     * Reads a column of the row that is never {@code NULL}.
     *
     * @param column which, from 1
     * @return the text; an empty one should it be {@code NULL} all the same
     * @throws SQLException what SQLite says
     */
    public String getText(int column) throws SQLException {
        String text = getString(column);
        return text == null ? "" : text;
    }

    /**
     * Reads a column of the row that is never {@code NULL}.
     *
     * @param column which, from 1
     * @return the bytes, the caller's own; none should it be {@code NULL} all the same
     * @throws SQLException what SQLite says
     */
    public byte[] getBlob(int column) throws SQLException {
        byte[] bytes = getBytes(column);
        return bytes == null ? NOTHING : bytes;
    }

    /**
     * Reads a column of the row as what it is.
     *
     * @param column which, from 1
     * @return an {@link Integer} or, where it does not fit that, a {@link Long}; a {@link Double}, a {@link String},
     *     bytes; {@code null} for {@code NULL}
     * @throws SQLException what SQLite says
     */
    public @Nullable Object getObject(int column) throws SQLException {
        return switch (database.column_type(pointer(), column - 1)) {
            case Codes.SQLITE_INTEGER -> {
                long number = getLong(column);
                if (number == (int) number) {
                    yield (int) number;
                }
                yield number;
            }
            case Codes.SQLITE_FLOAT -> getDouble(column);
            case Codes.SQLITE_BLOB -> getBytes(column);
            case Codes.SQLITE_NULL -> null;
            default -> getString(column);
        };
    }

    /** Ends the reading. Closing again does nothing. */
    @Override
    public void close() throws SQLException {
        first = false;
        if (row) {
            row = false;
            database.reset(pointer);
        }
    }
}
