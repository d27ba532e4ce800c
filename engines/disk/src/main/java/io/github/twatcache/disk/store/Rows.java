package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on the table of entries. */
final class Rows {
    private static final String COLUMNS =
            "id, life, find, key, version, mode, sum, ifnull(fresh, 9223372036854775807), terms, weight, ifnull(cost, 0),"
                    + " ifnull(queue, 0), ifnull(place, 0), uses, ifnull(file, 0), ifnull(length, 0)";
    private static final String PLAIN = "SELECT " + COLUMNS + ", NULL FROM entry ";
    private static final String WHOLE = "SELECT " + COLUMNS + ", value FROM entry ";
    private static final String BY_KEY = "WHERE find = ? AND life = ? AND key = ?";
    private static final String FIND = PLAIN + BY_KEY;
    private static final String FIND_WHOLE = WHOLE + BY_KEY;
    private static final String READ_WHOLE =
            WHOLE + "WHERE find = ? AND life = (SELECT life FROM space WHERE id = ?) AND key = ?";
    private static final String BY_ID = WHOLE + "WHERE id = ?";
    private static final String BY_ID_PLAIN = PLAIN + "WHERE id = ?";
    private static final String EXPIRED =
            "SELECT id FROM entry INDEXED BY entry_fresh WHERE life = ? AND fresh <= ? AND " + Schema.MORTAL
                    + " ORDER BY fresh LIMIT ?";
    private static final String GONE =
            "SELECT id FROM entry INDEXED BY entry_kept WHERE life = ? AND substr(terms, 1, 8)" + " <= ? AND "
                    + Schema.KEPT + " ORDER BY substr(terms, 1, 8) LIMIT ?";
    private static final String STALE = "SELECT id FROM entry INDEXED BY entry_stale WHERE life = ? AND fresh <= ? AND "
            + Schema.KEPT + " AND id <> ? ORDER BY fresh LIMIT 1";
    private static final String OF = "SELECT id FROM entry WHERE id > ? AND id < ? AND life = ? ORDER BY id LIMIT ?";
    private static final String AFTER = WHOLE + "WHERE id > ? ORDER BY id LIMIT ?";
    private static final String INSERT =
            "INSERT INTO entry(id, life, find, key, mode, sum, fresh, terms, weight, cost, queue, place, uses, file,"
                    + " length, sort, value) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String UPDATE =
            "UPDATE entry SET version = version + 1, mode = ?, sum = ?, fresh = ?, terms = ?, weight = ?, cost = ?,"
                    + " length = ?, value = ?";
    private static final String UPDATE_ROW = UPDATE + " WHERE id = ?";

    /** Which counts the files anew: see {@link Schema}. */
    private static final String UPDATE_FILE = UPDATE + ", file = ? WHERE id = ?";

    private static final String RENEW = "UPDATE entry SET sum = ?, fresh = ?, terms = ? WHERE id = ?";
    private static final String MOVE = "UPDATE entry SET queue = ?, place = ?, uses = ? WHERE id = ?";
    private static final String USED = "UPDATE entry SET uses = ? WHERE id = ?";
    private static final String DELETE = "DELETE FROM entry WHERE id = ?";

    /** In the place of a key that is damaged. */
    private static final byte[] NOTHING = {};

    private Rows() {}

    /** The entry of a key, alive or not. */
    static @Nullable Row find(Link link, long life, long find, byte[] key, boolean whole) throws SQLException {
        Prepared statement = link.prepared(whole ? FIND_WHOLE : FIND);
        statement.setLong(1, find);
        statement.setLong(2, life);
        statement.setBytes(3, key);
        return one(statement);
    }

    /** The entry of a key in the present generation of a space, with its value. */
    static @Nullable Row read(Link link, long space, long find, byte[] key) throws SQLException {
        Prepared statement = link.prepared(READ_WHOLE);
        statement.setLong(1, find);
        statement.setLong(2, space);
        statement.setBytes(3, key);
        return one(statement);
    }

    static @Nullable Row byId(Link link, long id, boolean whole) throws SQLException {
        Prepared statement = link.prepared(whole ? BY_ID : BY_ID_PLAIN);
        statement.setLong(1, id);
        return one(statement);
    }

    /** Some entries of which nothing is left, not even stale, as far as the database knows. */
    static List<Long> gone(Link link, long life, long now, int most) throws SQLException {
        Prepared expired = link.prepared(EXPIRED);
        expired.setLong(1, life);
        expired.setLong(2, now);
        expired.setInt(3, most);
        List<Long> ids = ids(expired);
        if (ids.size() < most) {
            Prepared kept = link.prepared(GONE);
            kept.setLong(1, life);
            kept.setBytes(2, Lifetime.sortable(now));
            kept.setInt(3, most - ids.size());
            ids.addAll(ids(kept));
        }
        return ids;
    }

    /** The numbers of some entries of a generation, between two numbers, in their order. */
    static List<Long> of(Link link, long life, long after, long before, int most) throws SQLException {
        Prepared statement = link.prepared(OF);
        statement.setLong(1, after);
        statement.setLong(2, before);
        statement.setLong(3, life);
        statement.setInt(4, most);
        return ids(statement);
    }

    /** The entry but one that has been stale for the longest time; null where none is. */
    static @Nullable Long stale(Link link, long life, long now, long but) throws SQLException {
        Prepared statement = link.prepared(STALE);
        statement.setLong(1, life);
        statement.setLong(2, now);
        statement.setLong(3, but);
        List<Long> ids = ids(statement);
        return ids.isEmpty() ? null : ids.get(0);
    }

    /** Some rows with their values, in the order of their numbers. */
    static List<Row> after(Link link, long id, int most) throws SQLException {
        Prepared statement = link.prepared(AFTER);
        statement.setLong(1, id);
        statement.setInt(2, most);
        List<Row> found = new ArrayList<>();
        try (Results rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(read(rows));
            }
        }
        return found;
    }

    static List<Long> ids(Prepared statement) throws SQLException {
        List<Long> ids = new ArrayList<>();
        try (Results rows = statement.executeQuery()) {
            while (rows.next()) {
                ids.add(rows.getLong(1));
            }
        }
        return ids;
    }

    static @Nullable Row one(Prepared statement) throws SQLException {
        try (Results row = statement.executeQuery()) {
            return row.next() ? read(row) : null;
        }
    }

    /** Reads the columns of {@link #COLUMNS} and the value. */
    private static Row read(Results row) throws SQLException {
        byte[] key = row.getBytes(4);
        byte[] value = row.getBytes(17);
        long file = row.getLong(15);
        return new Row(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                key == null ? NOTHING : key,
                row.getLong(5),
                row.getInt(6),
                row.getLong(7),
                Lifetime.unpacked(row.getLong(8), row.getBytes(9)),
                row.getLong(10),
                row.getLong(11),
                row.getInt(12),
                row.getLong(13),
                row.getInt(14),
                file,
                row.getLong(16),
                value);
    }

    /** Writes a row that is not there, with its place in the order of keys, where somebody has asked for that. */
    static void insert(Link link, Row row, byte @Nullable [] sort) throws SQLException {
        Prepared statement = link.prepared(INSERT);
        statement.setLong(1, row.id());
        statement.setLong(2, row.life());
        statement.setLong(3, row.find());
        statement.setBytes(4, row.key());
        statement.setInt(5, row.mode());
        statement.setLong(6, row.sum());
        set(statement, 7, row.lifetime().fresh(), Terms.FOREVER);
        statement.setBytes(8, row.lifetime().packed());
        statement.setLong(9, row.weight());
        set(statement, 10, row.cost(), 0);
        if (row.place() == 0) {
            statement.setNull(11);
            statement.setNull(12);
        } else {
            statement.setInt(11, row.queue());
            statement.setLong(12, row.place());
        }
        statement.setInt(13, row.uses());
        set(statement, 14, row.file(), 0);
        statement.setLong(15, row.length());
        statement.setBytes(16, sort);
        statement.setBytes(17, row.value());
        statement.executeUpdate();
    }

    /** Replaces the value and the terms of a row, and leaves its place; neither the old value nor the new is in a file. */
    static void update(Link link, Row row) throws SQLException {
        Prepared statement = updated(link.prepared(UPDATE_ROW), row);
        statement.setLong(9, row.id());
        statement.executeUpdate();
    }

    /** The same, where the old value is in a file, or the new one. */
    static void updateFile(Link link, Row row) throws SQLException {
        Prepared statement = updated(link.prepared(UPDATE_FILE), row);
        set(statement, 9, row.file(), 0);
        statement.setLong(10, row.id());
        statement.executeUpdate();
    }

    private static Prepared updated(Prepared statement, Row row) {
        statement.setInt(1, row.mode());
        statement.setLong(2, row.sum());
        set(statement, 3, row.lifetime().fresh(), Terms.FOREVER);
        statement.setBytes(4, row.lifetime().packed());
        statement.setLong(5, row.weight());
        set(statement, 6, row.cost(), 0);
        statement.setLong(7, row.length());
        statement.setBytes(8, row.value());
        return statement;
    }

    /** Gives a row another lifetime. */
    static void renew(Link link, Row row, Lifetime lifetime) throws SQLException {
        long sum = row.sum()
                ^ Seal.terms(row.id(), row.life(), row.lifetime())
                ^ Seal.terms(row.id(), row.life(), lifetime);
        Prepared statement = link.prepared(RENEW);
        statement.setLong(1, sum);
        set(statement, 2, lifetime.fresh(), Terms.FOREVER);
        statement.setBytes(3, lifetime.packed());
        statement.setLong(4, row.id());
        statement.executeUpdate();
    }

    /** Gives a row another place in the order of victims. */
    static void move(Link link, long id, int queue, long place, int uses) throws SQLException {
        Prepared statement = link.prepared(MOVE);
        statement.setInt(1, queue);
        statement.setLong(2, place);
        statement.setInt(3, uses);
        statement.setLong(4, id);
        statement.executeUpdate();
    }

    static void used(Link link, long id, int uses) throws SQLException {
        Prepared statement = link.prepared(USED);
        statement.setInt(1, uses);
        statement.setLong(2, id);
        statement.executeUpdate();
    }

    static void delete(Link link, long id) throws SQLException {
        Prepared statement = link.prepared(DELETE);
        statement.setLong(1, id);
        statement.executeUpdate();
    }

    private static void set(Prepared statement, int index, long number, long none) {
        if (number == none) {
            statement.setNull(index);
        } else {
            statement.setLong(index, number);
        }
    }
}
