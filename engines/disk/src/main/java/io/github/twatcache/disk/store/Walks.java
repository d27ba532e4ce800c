package io.github.twatcache.disk.store;

import io.github.twatcache.disk.store.EntryCursor.Pages;
import io.github.twatcache.disk.store.EntryCursor.Step;
import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.OrderedStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a store, both ways: in insertion order along their numbers, in key order along an index that the
 * first such walk makes ({@link KeyOrder}). Each page begins beyond the last entry of the one before, so what others insert
 * or remove meanwhile makes no entry come twice, and none be passed over.
 */
final class Walks<K> implements OrderedStore<K> {
    private static final int PAGE = 64;
    private static final String COLUMNS = "SELECT id, key, ifnull(fresh, 9223372036854775807), terms, sort FROM entry ";
    private static final String OURS = "life = (SELECT life FROM space WHERE id = ?1)";
    private static final String BY_ID =
            COLUMNS + "WHERE " + OURS + " AND id > ?2 AND id < ?3 ORDER BY id LIMIT " + PAGE;
    private static final String BY_ID_DOWN =
            COLUMNS + "WHERE " + OURS + " AND id > ?2 AND id < ?3 ORDER BY id DESC LIMIT " + PAGE;
    private static final String SORTED = COLUMNS + "INDEXED BY entry_sort WHERE " + OURS;
    private static final String BY_KEY = SORTED + " AND sort > ?2 ORDER BY sort LIMIT " + PAGE;
    private static final String BY_KEY_DOWN = SORTED + " AND sort < ?2 ORDER BY sort DESC LIMIT " + PAGE;
    private static final String FROM_GREATEST = SORTED + " AND sort IS NOT NULL ORDER BY sort DESC LIMIT " + PAGE;
    private static final String THERE =
            "SELECT ifnull(fresh, 9223372036854775807), terms FROM entry WHERE id = ?2 AND " + OURS;
    private static final byte[] LEAST = {};

    private final Desk<K> desk;
    private final Contents<K> contents;
    private final KeyOrder<K> keyOrder;

    Walks(Desk<K> desk, Contents<K> contents) {
        this.desk = desk;
        this.contents = contents;
        this.keyOrder = new KeyOrder<>(desk);
    }

    @Override
    public Cursor<K> entries(Order order, boolean descending, @Nullable K beyond) {
        if (order == Order.KEY) {
            keyOrder.require();
            byte[] from = beyond == null ? null : desk.sortable(beyond);
            return new EntryCursor<>(this, new ByKey(descending, from == null && !descending ? LEAST : from));
        }
        Long next = desk.read(link -> link.number("SELECT next FROM serial", 0));
        long end = next == null ? 0 : next;
        if (beyond == null) {
            return new EntryCursor<>(this, new ById(descending, 0, end));
        }
        long id = idOf(beyond);
        boolean nothing = id == 0;
        return new EntryCursor<>(
                this, new ById(descending, descending || nothing ? 0 : id, nothing ? 0 : descending ? id : end));
    }

    /** The number of a key's living entry; 0 where it has none. */
    private long idOf(K key) {
        byte[] encoded = desk.encoded(key);
        Found found = desk.read(link -> Found.read(link, desk.space.id(), Seal.find(encoded), encoded));
        return found == null || !desk.entries.lives(found.id(), found.lifetime(), desk.lifetimes.now())
                ? 0
                : found.id();
    }

    /** In insertion order, between two numbers that come closer. */
    private final class ById implements Pages<K> {
        private final boolean descending;
        private long above;
        private long below;

        ById(boolean descending, long above, long below) {
            this.descending = descending;
            this.above = above;
            this.below = below;
        }

        @Override
        public boolean next(Deque<Step<K>> page) {
            Step<K> last = desk.read(link -> {
                PreparedStatement select = link.prepared(descending ? BY_ID_DOWN : BY_ID);
                select.setLong(1, desk.space.id());
                select.setLong(2, above);
                select.setLong(3, below);
                return read(select, page, null);
            });
            if (last == null) {
                return false;
            }
            if (descending) {
                below = last.id();
            } else {
                above = last.id();
            }
            return true;
        }
    }

    /** In key order, beyond the last key that was seen. */
    private final class ByKey implements Pages<K> {
        private final boolean descending;
        private byte @Nullable [] from;

        ByKey(boolean descending, byte @Nullable [] from) {
            this.descending = descending;
            this.from = from;
        }

        @Override
        public boolean next(Deque<Step<K>> page) {
            byte[][] reached = new byte[1][];
            Step<K> last = desk.read(link -> {
                byte[] begin = from;
                PreparedStatement select =
                        link.prepared(begin == null ? FROM_GREATEST : descending ? BY_KEY_DOWN : BY_KEY);
                select.setLong(1, desk.space.id());
                if (begin != null) {
                    select.setBytes(2, begin);
                }
                return read(select, page, reached);
            });
            if (last == null) {
                return false;
            }
            from = reached[0];
            return true;
        }
    }

    /** Adds the living entries to a page, and returns the last that was seen, alive or not; null where there was none. */
    private @Nullable Step<K> read(PreparedStatement select, Deque<Step<K>> page, byte @Nullable [][] sort)
            throws SQLException {
        // A look that was turned away is made again, from the beginning.
        page.clear();
        long now = desk.lifetimes.now();
        Step<K> last = null;
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                last = new Step<>(row.getLong(1), desk.decoded(row.getBytes(2)));
                if (sort != null) {
                    sort[0] = row.getBytes(5);
                }
                if (desk.entries.lives(last.id(), Lifetime.unpacked(row.getLong(3), row.getBytes(4)), now)) {
                    page.add(last);
                }
            }
        }
        return last;
    }

    /** Whether an entry is there and lives. */
    boolean there(long id) {
        Boolean there = desk.read(link -> {
            PreparedStatement select = link.prepared(THERE);
            select.setLong(1, desk.space.id());
            select.setLong(2, id);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        && desk.entries.lives(
                                id, Lifetime.unpacked(row.getLong(1), row.getBytes(2)), desk.lifetimes.now());
            }
        });
        return there != null && there;
    }

    /** The value of an entry, null where it has gone. */
    @Nullable Object valueOf(long id) {
        Row row = there(id) ? desk.read(link -> Rows.byId(link, id, true)) : null;
        return row == null ? null : contents.quietly(row);
    }
}
