package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What a look-up reads of an entry: no more columns than it needs, since each costs a call into SQLite.
 *
 * @param id the entry's number
 * @param life the generation that it belongs to
 * @param mode how its value is written
 * @param sum the checksum
 * @param lifetime when it dies
 * @param file the number of its value file, 0 where the value is in the row
 * @param value the value, where it is in the row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Found(long id, long life, int mode, long sum, Lifetime lifetime, long file, byte @Nullable [] value) {
    private static final String SQL =
            "SELECT id, life, mode, sum, ifnull(fresh, 9223372036854775807), terms, value, ifnull(file, 0) FROM entry"
                    + " WHERE find = ? AND life = (SELECT life FROM space WHERE id = ?) AND key = ?";

    /** Whether its checksum fits a key and a value. */
    boolean sealed(long find, int keyLength, Filled bytes) {
        return sum
                == (Seal.content(find, keyLength, mode, bytes.bytes(), bytes.length())
                        ^ Seal.terms(id, life, lifetime));
    }

    /** What a look-up would read of a row. */
    static Found of(Row row) {
        return new Found(row.id(), row.life(), row.mode(), row.sum(), row.lifetime(), row.file(), row.value());
    }

    /** The same with its value. */
    Found with(byte @Nullable [] bytes) {
        return new Found(id, life, mode, sum, lifetime, file, bytes);
    }

    static @Nullable Found read(Link link, long space, long find, byte[] key) throws SQLException {
        Prepared statement = link.prepared(SQL);
        statement.setLong(1, find);
        statement.setLong(2, space);
        statement.setBytes(3, key);
        try (Results row = statement.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            byte[] value = row.getBytes(7);
            return new Found(
                    row.getLong(1),
                    row.getLong(2),
                    row.getInt(3),
                    row.getLong(4),
                    Lifetime.unpacked(row.getLong(5), row.getBytes(6)),
                    value == null ? row.getLong(8) : 0,
                    value);
        }
    }
}
