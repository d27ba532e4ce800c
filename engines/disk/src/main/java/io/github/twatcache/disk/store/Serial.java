package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import java.sql.SQLException;
import java.time.Instant;

/**
 * Numbers that are given out once in the life of a database: to entries, generations, value files.
 *
 * <p>In a database that is one of several shards they follow the clock, so that entries of all shards have one order: the
 * next number is never less than the steps of 64 ns since 1970. Whether that is so, the numbers themselves tell.
 */
final class Serial {
    /** No database that counts from 1 comes this far; the clock did in 1988. */
    private static final long BY_CLOCK = 1L << 53;

    private static final int NANOS_OF_A_STEP = 64;
    private static final long STEPS_OF_A_SECOND = 1_000_000_000 / NANOS_OF_A_STEP;

    private long next;

    private Serial() {}

    /** The next number, within a transaction that writes. */
    static long next(Link link) throws SQLException {
        return block(link, 1);
    }

    /** The first of a block of numbers. */
    static long block(Link link, int count) throws SQLException {
        Serial serial = of(link);
        long first = serial.next;
        serial.next += count;
        return first;
    }

    private static Serial of(Link link) throws SQLException {
        Serial serial = link.kept(Serial.class, Serial::new);
        if (serial.next == 0) {
            serial.next = link.number("SELECT next FROM serial", 1);
            if (serial.next >= BY_CLOCK) {
                serial.next = Math.max(serial.next, clock());
            }
            link.beforeCommit(serial::write);
        }
        return serial;
    }

    /** Has the numbers of a database follow the clock from now on. */
    static void followClock(Database database) {
        if (database.read(link -> link.number("SELECT next FROM serial", 1)) < BY_CLOCK) {
            database.write(link -> {
                Serial serial = of(link);
                serial.next = Math.max(serial.next, Math.max(BY_CLOCK, clock()));
                return true;
            });
        }
    }

    private static long clock() {
        Instant now = Instant.now();
        return now.getEpochSecond() * STEPS_OF_A_SECOND + now.getNano() / NANOS_OF_A_STEP;
    }

    private boolean write(Link link) throws SQLException {
        Prepared statement = link.prepared("UPDATE serial SET next = ?");
        statement.setLong(1, next);
        statement.executeUpdate();
        return true;
    }
}
