package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.spi.QueueStore.Side;
import io.github.twatcache.spi.Terms;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of queues and their items. */
final class Items {
    private static final String QUEUE = "SELECT id, items FROM queue WHERE space = ? AND name = ?";
    private static final String COLUMNS =
            "SELECT number, queue, ifnull(fresh, 9223372036854775807), mode, sum, ifnull(file, 0), ifnull(length, 0),"
                    + " value FROM item ";
    private static final String LIVING = " AND (fresh IS NULL OR fresh > ?3) ORDER BY number ";
    private static final String UP = COLUMNS + "WHERE queue = ?1 AND number > ?2" + LIVING + "LIMIT 1";
    private static final String DOWN = COLUMNS + "WHERE queue = ?1 AND number < ?2" + LIVING + "DESC LIMIT 1";
    private static final String ONE = COLUMNS + "WHERE number = ?";
    private static final String ALL = COLUMNS + "WHERE queue = ? LIMIT ?";
    private static final String EXPIRED = COLUMNS + "INDEXED BY item_fresh WHERE fresh <= ? ORDER BY fresh LIMIT ?";
    private static final String EXPIRED_OF =
            COLUMNS + "INDEXED BY item_fresh WHERE fresh <= ? AND queue = ? ORDER BY fresh LIMIT ?";
    private static final String COUNT_EXPIRED =
            "SELECT count(*) FROM item INDEXED BY item_fresh WHERE fresh <= ? AND queue = ?";

    private Items() {}

    /**
     * A queue that holds something.
     *
     * @param id its number
     * @param items how many it holds, those included that have expired and are still there
     */
    record Queue(long id, long items) {}

    /**
     * An item as it stands in the database.
     *
     * @param number its place, negative where it was added in front
     * @param queue the number of its queue
     * @param fresh when it dies
     * @param mode how it is written
     * @param sum the checksum
     * @param file the number of its value file, 0 where the value is in the row
     * @param length how long that file is
     * @param value the value, where it is in the row
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Item(
            long number, long queue, long fresh, int mode, long sum, long file, long length, byte @Nullable [] value) {
        /** Whether it fits its checksum. */
        boolean sealed(byte[] name, byte[] bytes) {
            return sum == sum(name, number, queue, fresh, mode, bytes);
        }

        /** The checksum: that of an entry whose key is the name of the queue, and whose number and generation are these. */
        static long sum(byte[] name, long number, long queue, long fresh, int mode, byte[] bytes) {
            return Seal.content(Seal.find(name), name.length, mode, bytes)
                    ^ Seal.terms(number, queue, new Lifetime(fresh, fresh, Lifetime.FIXED));
        }
    }

    static @Nullable Queue queue(Link link, long space, byte[] name) throws SQLException {
        Prepared select = link.prepared(QUEUE);
        select.setLong(1, space);
        select.setBytes(2, name);
        try (Results row = select.executeQuery()) {
            return row.next() ? new Queue(row.getLong(1), row.getLong(2)) : null;
        }
    }

    static Queue begin(Link link, long space, byte[] name) throws SQLException {
        Queue queue = new Queue(Serial.next(link), 0);
        Prepared insert = link.prepared("INSERT INTO queue(id, space, name) VALUES (?, ?, ?)");
        insert.setLong(1, queue.id);
        insert.setLong(2, space);
        insert.setBytes(3, name);
        insert.executeUpdate();
        return queue;
    }

    /** Counts items that have come or gone; a queue without any is gone. */
    static void count(Link link, long queue, long more) throws SQLException {
        Prepared update = link.prepared("UPDATE queue SET items = items + ? WHERE id = ?");
        update.setLong(1, more);
        update.setLong(2, queue);
        update.executeUpdate();
        if (more < 0) {
            Prepared delete = link.prepared("DELETE FROM queue WHERE id = ? AND items <= 0");
            delete.setLong(1, queue);
            delete.executeUpdate();
        }
    }

    static void insert(Link link, Item item) throws SQLException {
        Prepared insert = link.prepared("INSERT INTO item(number, queue, fresh, mode, sum, file, value, length)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
        insert.setLong(1, item.number);
        insert.setLong(2, item.queue);
        set(insert, 3, item.fresh, Terms.FOREVER);
        insert.setInt(4, item.mode);
        insert.setLong(5, item.sum);
        set(insert, 6, item.file, 0);
        insert.setBytes(7, item.value);
        set(insert, 8, item.length, 0);
        insert.executeUpdate();
    }

    private static void set(Prepared statement, int index, long number, long none) throws SQLException {
        if (number == none) {
            statement.setNull(index);
        } else {
            statement.setLong(index, number);
        }
    }

    /** Takes an item's row away, with its file after the commit. */
    static void delete(Link link, Item item, FileNumbers numbers) throws SQLException {
        delete(link, item.number);
        if (item.file != 0) {
            numbers.release(link, item.file);
        }
    }

    static void delete(Link link, long number) throws SQLException {
        Prepared delete = link.prepared("DELETE FROM item WHERE number = ?");
        delete.setLong(1, number);
        delete.executeUpdate();
    }

    /** The first living item of a queue beyond a number, coming from an end. */
    static @Nullable Item beyond(Link link, long queue, Side from, long number, long now) throws SQLException {
        Prepared select = link.prepared(from == Side.FRONT ? UP : DOWN);
        select.setLong(1, queue);
        select.setLong(2, number);
        select.setLong(3, now);
        return one(select);
    }

    static @Nullable Item one(Link link, long number) throws SQLException {
        Prepared select = link.prepared(ONE);
        select.setLong(1, number);
        return one(select);
    }

    private static @Nullable Item one(Prepared select) throws SQLException {
        List<Item> items = some(select);
        return items.isEmpty() ? null : items.get(0);
    }

    static List<Item> all(Link link, long queue, int most) throws SQLException {
        Prepared select = link.prepared(ALL);
        select.setLong(1, queue);
        select.setInt(2, most);
        return some(select);
    }

    /** Some of the items of any queue that have expired. */
    static List<Item> expired(Link link, long now, int most) throws SQLException {
        Prepared select = link.prepared(EXPIRED);
        select.setLong(1, now);
        select.setInt(2, most);
        return some(select);
    }

    static List<Item> expired(Link link, long queue, long now, int most) throws SQLException {
        Prepared select = link.prepared(EXPIRED_OF);
        select.setLong(1, now);
        select.setLong(2, queue);
        select.setInt(3, most);
        return some(select);
    }

    static long countExpired(Link link, long queue, long now) throws SQLException {
        Prepared select = link.prepared(COUNT_EXPIRED);
        select.setLong(1, now);
        select.setLong(2, queue);
        try (Results row = select.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static List<Item> some(Prepared select) throws SQLException {
        List<Item> items = new ArrayList<>();
        try (Results row = select.executeQuery()) {
            while (row.next()) {
                items.add(read(row));
            }
        }
        return items;
    }

    /** An item of a row whose first columns are those of one. */
    static Item read(Results row) throws SQLException {
        return new Item(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getInt(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7),
                row.getBytes(8));
    }

    /** Takes a damaged item out of its queue, and keeps what is left of it, its file too. */
    static void setAside(Link link, byte[] name, Item item, OpenFolder folder) throws SQLException {
        Damage.note(link, "an item of a queue", item.number, name, item.mode, item.sum, item.file, item.value);
        delete(link, item.number);
        count(link, item.queue, -1);
        if (item.file != 0 && !FileCheck.named(link, item.file)) {
            link.afterCommit(() -> folder.files().setAsideQuietly(item.file));
        }
    }
}
