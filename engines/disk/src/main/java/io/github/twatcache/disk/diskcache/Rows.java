package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on the table {@code Cache}. */
final class Rows {
    private static final String SELECT = "SELECT " + Row.COLUMNS + " FROM Cache ";
    private static final String BY_KEY = SELECT + "WHERE key = ? AND raw = 1";
    private static final String BY_ID = SELECT + "WHERE rowid = ?";
    private static final String EXPIRED =
            SELECT + "WHERE expire_time IS NOT NULL AND expire_time < ? ORDER BY expire_time LIMIT ?";
    private static final String INSERT =
            "INSERT INTO Cache(key, raw, store_time, expire_time, access_time, access_count, tag,"
                    + " size, mode, filename, value, twat_stored, twat_sum, twat_expire)"
                    + " VALUES (?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE Cache SET store_time = ?, expire_time = ?, access_time = ?, access_count = ?,"
                    + " tag = ?, size = ?, mode = ?, filename = ?, value = ?, twat_stored = ?, twat_sum = ?, twat_expire = ?"
                    + " WHERE rowid = ?";
    private static final String TOUCH = "UPDATE Cache SET expire_time = ?, twat_expire = ? WHERE rowid = ?";
    private static final String DELETE = "DELETE FROM Cache WHERE rowid = ?";

    private Rows() {}

    /** The row of a key, alive or not. */
    static @Nullable Row find(Link link, DbKey key) throws SQLException {
        Prepared statement = link.prepared(BY_KEY);
        key.bind(statement, 1);
        return one(statement);
    }

    static @Nullable Row byId(Link link, long id) throws SQLException {
        Prepared statement = link.prepared(BY_ID);
        statement.setLong(1, id);
        return one(statement);
    }

    private static @Nullable Row one(Prepared statement) throws SQLException {
        try (Results row = statement.executeQuery()) {
            return row.next() ? Row.read(row) : null;
        }
    }

    private static List<Row> all(Prepared statement) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (Results row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(Row.read(row));
            }
        }
        return rows;
    }

    /** Some rows that are dead, the longest dead first. */
    static List<Row> expired(Link link, double now, long most) throws SQLException {
        Prepared statement = link.prepared(EXPIRED);
        statement.setDouble(1, now);
        statement.setLong(2, most);
        return all(statement);
    }

    /** Some rows, the least by a column first, without one that is to stay. */
    static List<Row> least(Link link, String column, long staying, long most) throws SQLException {
        Prepared statement = link.prepared(SELECT + "WHERE rowid <> ? ORDER BY " + column + " LIMIT ?");
        statement.setLong(1, staying);
        statement.setLong(2, most);
        return all(statement);
    }

    /** The next rows that meet a condition, by their numbers. */
    static List<Row> page(Link link, String condition, long after, long upto, int most) throws SQLException {
        Prepared statement =
                link.prepared(SELECT + "WHERE rowid > ? AND rowid <= ? AND " + condition + " ORDER BY rowid LIMIT ?");
        statement.setLong(1, after);
        statement.setLong(2, upto);
        statement.setInt(3, most);
        return all(statement);
    }

    /** The next rows that carry a tag and meet a condition. */
    static List<Row> tagged(Link link, String condition, String tag, long after, long upto, int most)
            throws SQLException {
        Prepared statement = link.prepared(
                SELECT + "WHERE tag = ? AND rowid > ? AND rowid <= ? AND " + condition + " ORDER BY rowid LIMIT ?");
        statement.setString(1, tag);
        statement.setLong(2, after);
        statement.setLong(3, upto);
        statement.setInt(4, most);
        return all(statement);
    }

    static long last(Link link) throws SQLException {
        return link.number("SELECT max(rowid) FROM Cache", 0);
    }

    /**
     * Writes a value into the row of a key.
     *
     * @param old the row, null where there is none
     * @return the number of the row
     */
    static long store(Link link, DbKey key, @Nullable Row old, Draft draft, Stamp stamp, @Nullable String tag)
            throws SQLException {
        Prepared statement = link.prepared(old == null ? INSERT : UPDATE);
        int at = 0;
        if (old == null) {
            key.bind(statement, ++at);
        }
        statement.setDouble(++at, stamp.stored());
        setEnd(statement, ++at, stamp.end());
        statement.setDouble(++at, stamp.accessed());
        statement.setInt(++at, stamp.markedByCount() ? 1 : 0);
        statement.setString(++at, tag);
        statement.setLong(++at, draft.size());
        statement.setInt(++at, draft.mode());
        statement.setString(++at, draft.filename());
        setContent(statement, ++at, draft.inRow());
        statement.setDouble(++at, stamp.stored());
        Long sum = Seal.sum(key, draft.mode(), draft.filename(), draft.content(), stamp.markedByCount());
        if (sum == null) {
            statement.setNull(++at);
        } else {
            statement.setLong(++at, sum);
        }
        setExactEnd(statement, ++at, stamp.end());
        if (old != null) {
            statement.setLong(++at, old.id());
        }
        statement.executeUpdate();
        return old != null ? old.id() : link.number("SELECT last_insert_rowid()", 0);
    }

    private static void setContent(Prepared statement, int index, @Nullable Object content) throws SQLException {
        if (content instanceof String text) {
            statement.setString(index, text);
        } else if (content instanceof Long number) {
            statement.setLong(index, number);
        } else if (content instanceof Double number) {
            statement.setDouble(index, number);
        } else {
            statement.setBytes(index, (byte[]) content);
        }
    }

    private static void setEnd(Prepared statement, int index, long end) throws SQLException {
        if (end == Long.MAX_VALUE) {
            statement.setNull(index);
        } else {
            statement.setDouble(index, Expiry.seconds(end));
        }
    }

    private static void setExactEnd(Prepared statement, int index, long end) throws SQLException {
        if (end == Long.MAX_VALUE) {
            statement.setNull(index);
        } else {
            statement.setLong(index, end);
        }
    }

    /** Gives a row another end, and changes nothing else: as Python's touch. */
    static void touch(Link link, long id, long end) throws SQLException {
        Prepared statement = link.prepared(TOUCH);
        setEnd(statement, 1, end);
        setExactEnd(statement, 2, end);
        statement.setLong(3, id);
        statement.executeUpdate();
    }

    static void delete(Link link, long id) throws SQLException {
        Prepared statement = link.prepared(DELETE);
        statement.setLong(1, id);
        statement.executeUpdate();
    }
}
