package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import java.sql.SQLException;

/** Numbers that are given out once in the life of a database: to entries, generations, value files. */
final class Serial {
    private long next;

    private Serial() {}

    /** The next number, within a transaction that writes. */
    static long next(Link link) throws SQLException {
        return block(link, 1);
    }

    /** The first of a block of numbers. */
    static long block(Link link, int count) throws SQLException {
        Serial serial = link.kept(Serial.class, Serial::new);
        if (serial.next == 0) {
            serial.next = link.number("SELECT next FROM serial", 1);
            link.beforeCommit(serial::write);
        }
        long first = serial.next;
        serial.next += count;
        return first;
    }

    private boolean write(Link link) throws SQLException {
        Prepared statement = link.prepared("UPDATE serial SET next = ?");
        statement.setLong(1, next);
        statement.executeUpdate();
        return true;
    }
}
