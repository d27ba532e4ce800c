package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries that are looked for together, by one statement. It reads as few columns as it can, since each costs a call into
 * SQLite for each row; whose row it is, the stored key says.
 */
final class Wanted<K> {
    private static final int FRESH = 2;
    private static final int TERMS = 1;
    private static final int MODE_SHIFT = 2;
    private static final String SQL =
            "SELECT e.key, e.value, e.id, e.sum, (e.mode << " + MODE_SHIFT + ") | ((e.fresh IS NOT NULL) << 1)"
                    + " | (e.terms IS NOT NULL), e.life, ifnull(e.fresh, 9223372036854775807), e.terms, ifnull(e.file, 0)"
                    + " FROM json_each(?1) AS j CROSS JOIN entry AS e INDEXED BY entry_find ON e.find = j.value"
                    + " WHERE e.life = (SELECT life FROM space WHERE id = ?2)";

    private final List<K> keys;
    private final byte[][] encoded;
    private final long[] finds;

    /** Places in the arrays, one more than they are, found by what finds the keys. */
    private final int[] table;

    Wanted(Desk<K> desk, List<K> keys) {
        this.keys = keys;
        int size = keys.size();
        this.encoded = new byte[size][];
        this.finds = new long[size];
        this.table = new int[Integer.highestOneBit(Math.max(1, size)) * 4];
        for (int place = 0; place < size; place++) {
            encoded[place] = desk.encoded(keys.get(place));
            finds[place] = Seal.find(encoded[place]);
            int slot = slot(finds[place]);
            while (table[slot] != 0) {
                slot = (slot + 1) & (table.length - 1);
            }
            table[slot] = place + 1;
        }
    }

    int size() {
        return finds.length;
    }

    K key(int place) {
        return keys.get(place);
    }

    byte[] encoded(int place) {
        return encoded[place];
    }

    long find(int place) {
        return finds[place];
    }

    int stripe(int place) {
        return Stripes.stripe(finds[place]);
    }

    private int slot(long find) {
        return (int) (find ^ find >>> 32) & (table.length - 1);
    }

    /** The place of a stored key, -1 for one that is not wanted. */
    private int place(byte[] key) {
        long find = Seal.find(key);
        for (int slot = slot(find); table[slot] != 0; slot = (slot + 1) & (table.length - 1)) {
            int place = table[slot] - 1;
            if (finds[place] == find && Arrays.equals(encoded[place], key)) {
                return place;
            }
        }
        return -1;
    }

    /** Reads what is there, each in its key's place, null where there is none. All are of one instant. */
    @Nullable Found[] read(Link link, long space) throws SQLException {
        @Nullable Found[] all = new Found[finds.length];
        Prepared statement = link.prepared(SQL);
        statement.setString(1, json());
        statement.setLong(2, space);
        long life = 0;
        try (Results row = statement.executeQuery()) {
            while (row.next()) {
                // The same in all rows.
                life = life == 0 ? row.getLong(6) : life;
                int place = place(row.getBlob(1));
                if (place >= 0) {
                    byte[] value = row.getBytes(2);
                    int kind = row.getInt(5);
                    long fresh = (kind & FRESH) == 0 ? Long.MAX_VALUE : row.getLong(7);
                    byte[] terms = (kind & TERMS) == 0 ? null : row.getBytes(8);
                    all[place] = new Found(
                            row.getLong(3),
                            life,
                            kind >> MODE_SHIFT,
                            row.getLong(4),
                            Lifetime.unpacked(fresh, terms),
                            value == null ? row.getLong(9) : 0,
                            value);
                }
            }
        }
        return all;
    }

    private String json() {
        StringBuilder json = new StringBuilder(21 * finds.length + 2).append('[');
        for (int place = 0; place < finds.length; place++) {
            json.append(place == 0 ? "" : ",").append(finds[place]);
        }
        return json.append(']').toString();
    }
}
