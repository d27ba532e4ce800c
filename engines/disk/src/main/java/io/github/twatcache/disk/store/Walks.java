package io.github.twatcache.disk.store;

import io.github.twatcache.disk.front.Stripes;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.disk.store.EntryCursor.Pages;
import io.github.twatcache.disk.store.EntryCursor.Step;
import io.github.twatcache.spi.OrderedStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of a store, both ways: in insertion order along their numbers, in key order along an index that the
 * first such walk makes ({@link KeyOrder}). Each page begins beyond the last entry of the one before, so what others insert
 * or remove meanwhile makes no entry come twice, and none be passed over.
 */
final class Walks<K> implements OrderedStore<K> {
    private static final int PAGE = 64;
    private static final int SMALL = 2_048;
    private static final String OURS = "life = (SELECT life FROM space WHERE id = ?1)";
    private static final String LIMIT = " LIMIT " + PAGE;
    private static final String BETWEEN = " FROM entry WHERE " + OURS + " AND id > ?2 AND id < ?3 ORDER BY id";
    private static final String SORTED = " FROM entry INDEXED BY entry_sort WHERE " + OURS;
    private static final Page BY_ID = Page.of(BETWEEN + LIMIT);
    private static final Page BY_ID_DOWN = Page.of(BETWEEN + " DESC" + LIMIT);
    private static final Page BY_KEY = Page.of(SORTED + " AND sort > ?2 ORDER BY sort" + LIMIT);
    private static final Page BY_KEY_DOWN = Page.of(SORTED + " AND sort < ?2 ORDER BY sort DESC" + LIMIT);
    private static final Page FROM_GREATEST = Page.of(SORTED + " AND sort IS NOT NULL ORDER BY sort DESC" + LIMIT);
    private static final String THERE =
            "SELECT ifnull(fresh, 9223372036854775807), terms FROM entry WHERE id = ?2 AND " + OURS;
    private static final byte[] LEAST = {};

    /** The stamp of what may have been changed while it was read. */
    private static final long MOVED = -1;

    private final Desk<K> desk;
    private final Contents<K> contents;
    private final KeyOrder<K> keyOrder;

    Walks(Desk<K> desk, Contents<K> contents) {
        this.desk = desk;
        this.contents = contents;
        this.keyOrder = new KeyOrder<>(desk, contents);
    }

    /**
     * A page of entries: read first for the stripes of their keys, then, when it is known where those stand, for all that is
     * wanted of them. What has not moved when the walk comes there stands as it was read.
     */
    private record Page(String stripes, String whole) {
        static Page of(String from) {
            return new Page(
                    "SELECT id, find" + from,
                    "SELECT id, life, find, key, mode, sum, ifnull(fresh, 9223372036854775807), terms, sort,"
                            + " CASE WHEN length <= " + SMALL + " THEN value END" + from);
        }
    }

    /** Sets the bounds of a page. */
    private interface Bounds {
        void set(Prepared select) throws SQLException;
    }

    /** In insertion order, from the entry that comes after a number. */
    EntryCursor<K> after(long id) {
        return numbered(false, id);
    }

    /** In insertion order, from the entry that comes after a number; 0 for the beginning. */
    EntryCursor<K> numbered(boolean descending, long beyond) {
        long end = desk.end();
        return new EntryCursor<>(
                this,
                descending
                        ? new ById(true, 0, beyond == 0 ? end : Math.min(beyond, end))
                        : new ById(false, beyond, end));
    }

    @Override
    public EntryCursor<K> entries(Order order, boolean descending, @Nullable K beyond) {
        if (order == Order.KEY) {
            keyOrder.require();
            byte[] from = beyond == null ? null : desk.sortable(beyond);
            return new EntryCursor<>(this, new ByKey(descending, from == null && !descending ? LEAST : from));
        }
        long number = beyond == null ? 0 : numberOf(beyond);
        return beyond != null && number == 0
                ? new EntryCursor<>(this, new ById(descending, 0, 0))
                : numbered(descending, number);
    }

    /** The number of a key's living entry; 0 where it has none. */
    long numberOf(K key) {
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
            Row last = read(descending ? BY_ID_DOWN : BY_ID, page, null, select -> {
                select.setLong(2, above);
                select.setLong(3, below);
            });
            // In a damaged table numbers may not ascend: who does not come further has come to the end.
            if (last == null || (descending ? last.id() >= below : last.id() <= above)) {
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
            byte[] begin = from;
            Page next = begin == null ? FROM_GREATEST : descending ? BY_KEY_DOWN : BY_KEY;
            Row last = read(next, page, reached, select -> {
                if (begin != null) {
                    select.setBytes(2, begin);
                }
            });
            byte[] to = reached[0];
            if (last == null
                    || to == null
                    || (begin != null
                            && (descending
                                    ? Arrays.compareUnsigned(to, begin) >= 0
                                    : Arrays.compareUnsigned(to, begin) <= 0))) {
                return false;
            }
            from = to;
            return true;
        }
    }

    /** Adds the living entries to a page, and returns the last that was seen, alive or not; null where there was none. */
    private @Nullable Row read(Page page, Deque<Step<K>> steps, byte @Nullable [][] sort, Bounds bounds) {
        Map<Long, Long> stamps = new HashMap<>();
        // Shown to nobody before all of the page has been read: a look that breaks off is made again.
        List<Step<K>> read = new ArrayList<>();
        List<Long> damaged = new ArrayList<>();
        Row reached = desk.read(link -> {
            stamps.clear();
            if (!desk.database().within()) {
                try (Results row = executed(link.prepared(page.stripes), bounds)) {
                    while (row.next()) {
                        stamps.put(row.getLong(1), stamp(row.getLong(2)));
                    }
                }
            }
            // A look that was turned away is made again, from the beginning.
            read.clear();
            damaged.clear();
            long now = desk.lifetimes.now();
            Row last = null;
            try (Results row = executed(link.prepared(page.whole), bounds)) {
                while (row.next()) {
                    Row of = row(row);
                    last = of;
                    if (sort != null) {
                        sort[0] = row.getBytes(9);
                    }
                    if (Seal.find(of.key()) != of.find()) {
                        // A key that is not the one that was written must come out of no walk.
                        damaged.add(of.id());
                    } else if (desk.entries.lives(of.id(), of.lifetime(), now)) {
                        read.add(new Step<>(of, desk.decoded(of.key()), stamps.getOrDefault(of.id(), MOVED)));
                    }
                }
            }
            return last;
        });
        steps.addAll(read);
        damaged.forEach(id -> contents.setAside(id, Contents.OTHER_KEY));
        return reached;
    }

    private Results executed(Prepared select, Bounds bounds) throws SQLException {
        select.setLong(1, desk.space.id());
        bounds.set(select);
        return select.executeQuery();
    }

    private static Row row(Results row) throws SQLException {
        Lifetime lifetime = Lifetime.unpacked(row.getLong(7), row.getBytes(8));
        return new Row(
                row.getLong(1),
                row.getLong(2),
                row.getLong(3),
                row.getBlob(4),
                0,
                row.getInt(5),
                row.getLong(6),
                lifetime,
                1,
                0,
                0,
                0,
                0,
                0,
                0,
                row.getBytes(10));
    }

    private long stamp(long find) {
        return desk.folder.stripes().stamp(Stripes.stripe(find));
    }

    /** Whether nobody has changed an entry since it was read. */
    private boolean stands(Step<K> step) {
        return step.stamp() % 2 == 0
                && !desk.database().within()
                && step.stamp() == stamp(step.row().find())
                && desk.folder.stripes().current()
                && !desk.closed();
    }

    /** Whether an entry is there and lives. */
    boolean there(Step<K> step) {
        Row row = step.row();
        return stands(step) ? desk.entries.lives(row.id(), row.lifetime(), desk.lifetimes.now()) : there(row.id());
    }

    /** The value of an entry, null where it has gone. */
    @Nullable Object valueOf(Step<K> step) {
        return step.row().value() != null && stands(step) && there(step)
                ? contents.walked(step.row())
                : valueOf(step.row().id());
    }

    /** Whether an entry is there and lives. */
    private boolean there(long id) {
        Boolean there = desk.read(link -> {
            Prepared select = link.prepared(THERE);
            select.setLong(1, desk.space.id());
            select.setLong(2, id);
            try (Results row = select.executeQuery()) {
                return row.next()
                        && desk.entries.lives(
                                id, Lifetime.unpacked(row.getLong(1), row.getBytes(2)), desk.lifetimes.now());
            }
        });
        return there != null && there;
    }

    private @Nullable Object valueOf(long id) {
        Row row = there(id) ? desk.read(link -> Rows.byId(link, id, true)) : null;
        return row == null ? null : contents.walked(row);
    }
}
