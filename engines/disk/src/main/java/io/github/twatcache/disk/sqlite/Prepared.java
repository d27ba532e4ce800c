package io.github.twatcache.disk.sqlite;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.core.CoreStatement;
import org.sqlite.core.DB;

/**
 * A statement that was prepared, with methods named as JDBC's. It is run by the driver's own calls into SQLite: what JDBC
 * puts round them, the names and types of columns above all, takes as long as a look-up itself.
 *
 * <p>Used by one thread at a time. Parameters hold what was set last.
 */
public final class Prepared {
    private final PreparedStatement jdbc;
    private final CoreStatement statement;
    private final DB database;
    private final @Nullable Object[] parameters;
    private final Results results;

    Prepared(PreparedStatement jdbc) throws SQLException {
        this.jdbc = jdbc;
        this.statement = (CoreStatement) jdbc;
        this.database = statement.getDatabase();
        this.parameters = new Object[jdbc.getParameterMetaData().getParameterCount()];
        this.results = new Results(database, statement.pointer.safeRunLong((same, pointer) -> pointer));
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param number its value
     */
    public void setLong(int index, long number) {
        parameters[index - 1] = number;
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param number its value
     */
    public void setInt(int index, int number) {
        parameters[index - 1] = number;
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param number its value
     */
    public void setDouble(int index, double number) {
        parameters[index - 1] = number;
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param text its value
     */
    public void setString(int index, @Nullable String text) {
        parameters[index - 1] = text;
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param bytes its value, which is read when the statement is run
     */
    public void setBytes(int index, byte @Nullable [] bytes) {
        parameters[index - 1] = bytes;
    }

    /**
     * Sets a parameter.
     *
     * @param index which, from 1
     * @param value its value: a number, a text, bytes, or {@code null}
     */
    public void setObject(int index, @Nullable Object value) {
        parameters[index - 1] = value;
    }

    /**
     * Sets a parameter to SQL's {@code NULL}.
     *
     * @param index which, from 1
     */
    public void setNull(int index) {
        parameters[index - 1] = null;
    }

    /**
     * Runs a query. What an earlier run has left is closed.
     *
     * @return its rows, to be closed
     * @throws SQLException what SQLite says
     */
    public Results executeQuery() throws SQLException {
        results.close();
        boolean done = false;
        try {
            results.begin(database.execute(statement, parameters));
            done = true;
            return results;
        } finally {
            if (!done && !statement.pointer.isClosed()) {
                statement.pointer.safeRunInt(DB::reset);
            }
        }
    }

    /**
     * Runs what changes something.
     *
     * @return how many rows were changed
     * @throws SQLException what SQLite says
     */
    public int executeUpdate() throws SQLException {
        results.close();
        return Math.toIntExact(database.executeUpdate(statement, parameters));
    }

    void close() throws SQLException {
        results.end();
        jdbc.close();
    }
}
