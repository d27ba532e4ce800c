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

    /** Finds the next rows after a number. */
    private interface Next {
        List<Row> after(Link link, long number) throws SQLException;
    }

    /** How many living entries were removed, and up to which row. */
    private record Removed(long count, long last) {}

    /** Removes all entries of the cache that are there when it begins. */
    void clear() {
        String condition = directory.keys().byOther();
        for (Shard shard : directory.shards().all()) {
            Long upto = directory.shards().read(shard, Rows::last);
            if (upto != null) {
                remove(shard, (link, after) -> Rows.page(link, condition, after, upto, STEP));
            }
        }
    }

    /** Removes all entries of the cache that carry a tag, and says how many living ones. */
    long removeTagged(String tag) {
        String condition = directory.keys().byOther();
        long removed = 0;
        for (Shard shard : directory.shards().all()) {
            removed += remove(shard, (link, after) -> Rows.tagged(link, condition, tag, after, STEP));
            removed += remove(shard, (link, after) -> Tags.carriers(link, tag, after, STEP));
        }
        return removed;
    }

    private long remove(Shard shard, Next next) {
        long removed = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            long from = after;
            Removed some = directory
                    .shards()
                    .write(shard, link -> removed(link, shard, next.after(link, from)), new Removed(0, from));
            if (some.last() <= from) {
                return removed;
            }
            removed += some.count();
            after = some.last();
        }
    }

    private Removed removed(Link link, Shard shard, List<Row> rows) throws SQLException {
        long now = directory.expiry().now();
        long count = 0;
        long last = Long.MIN_VALUE;
        for (Row row : rows) {
            last = row.id();
            if (directory.mine(row)) {
                boolean live = row.lives(now);
                RemovalCause cause = live ? RemovalCause.EXPLICIT : RemovalCause.EXPIRED;
                directory.departures().delete(link, shard, row, cause, null);
                count += live ? 1 : 0;
            }
        }
        return new Removed(count, last);
    }
}
