package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.stats.RemovalCause;
import java.sql.SQLException;
import java.util.List;

/** Removes many entries, some in each transaction, as Python's {@code clear} and {@code evict} do. */
final class Sweeps<K> {
    private static final int STEP = 256;

    private final Directory<K> directory;

    Sweeps(Directory<K> directory) {
        this.directory = directory;
    }

    /** Finds the next rows after a number, up to another. */
    private interface Next {
        Page page(Link link, long after, long upto) throws SQLException;
    }

    /**
     * Some rows.
     *
     * @param last how far was looked; not beyond where it began where nothing was left
     */
    record Page(List<Row> rows, long last) {
        /** What was found by looking for nothing else. */
        static Page of(List<Row> rows, long after) {
            return new Page(
                    rows, rows.isEmpty() ? after : rows.get(rows.size() - 1).id());
        }
    }

    /** How many living entries were removed, and up to which row. */
    private record Removed(long count, long last) {}

    /** Removes all entries of the cache that are there when it begins. */
    void clear() {
        String condition = directory.keys().byOther();
        for (Shard shard : directory.shards().all()) {
            remove(
                    shard,
                    last(shard),
                    (link, after, upto) -> Page.of(Rows.page(link, condition, after, upto, STEP), after));
        }
    }

    /** Where what is there ends: what others store meanwhile is not this one's business, and they may be faster. */
    private long last(Shard shard) {
        Long last = directory.shards().read(shard, Rows::last);
        return last == null ? Long.MIN_VALUE : last;
    }

    /** Removes all entries of the cache that carry a tag and are there when it begins, and says how many living ones. */
    long removeTagged(String tag) {
        String condition = directory.keys().byOther();
        long removed = 0;
        for (Shard shard : directory.shards().all()) {
            long last = last(shard);
            removed += remove(
                    shard,
                    last,
                    (link, after, upto) -> Page.of(Rows.tagged(link, condition, tag, after, upto, STEP), after));
            removed += remove(shard, last, (link, after, upto) -> Tags.carriers(link, tag, after, upto, STEP));
        }
        return removed;
    }

    private long remove(Shard shard, long upto, Next next) {
        long removed = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            long from = after;
            Removed some = directory
                    .shards()
                    .write(shard, link -> removed(link, shard, next.page(link, from, upto)), new Removed(0, from));
            if (some.last() <= from) {
                return removed;
            }
            removed += some.count();
            after = some.last();
        }
    }

    private Removed removed(Link link, Shard shard, Page page) throws SQLException {
        long now = directory.expiry().now();
        long count = 0;
        for (Row row : page.rows()) {
            if (directory.mine(row)) {
                boolean live = row.lives(now);
                RemovalCause cause = live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED;
                directory.departures().delete(link, shard, row, cause, null);
                count += live ? 1 : 0;
            }
        }
        return new Removed(count, page.last());
    }
}
