package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import java.sql.SQLException;
import java.util.List;

/** Counts the living entries of a cache. */
final class Sizes<K> {
    private static final int STEP = 256;
    /** Two times that Python keeps may be half a microsecond from what they stand for. */
    private static final double SLACK_SECONDS = 1e-3;

    private final Directory<K> directory;

    Sizes(Directory<K> directory) {
        this.directory = directory;
    }

    long entries() {
        long entries = 0;
        for (Shard shard : directory.shards().all()) {
            Long some = directory.shards().read(shard, directory.keys().exact() ? this::counted : this::walked);
            entries += some == null ? 0 : some;
        }
        return entries;
    }

    /** What rows and files take. */
    long bytes() {
        long bytes = 0;
        for (Shard shard : directory.shards().all()) {
            Long some = directory.shards().read(shard, Entries::volume);
            bytes += some == null ? 0 : some;
        }
        return bytes;
    }

    /** In the index of keys, without those that are dead. */
    private Long counted(Link link) throws SQLException {
        Prepared ending = link.prepared("SELECT " + Row.COLUMNS + " FROM Cache WHERE expire_time IS NOT NULL"
                + " AND expire_time <= ? AND " + directory.keys().byOther());
        long now = directory.expiry().now();
        ending.setDouble(1, Expiry.seconds(now) + SLACK_SECONDS);
        long dead = 0;
        try (Results row = ending.executeQuery()) {
            while (row.next()) {
                dead += Row.read(row).lives(now) ? 0 : 1;
            }
        }
        return link.number(
                        "SELECT count(*) FROM Cache WHERE " + directory.keys().byKey(), 0)
                - dead;
    }

    /** One by one, where only the key itself tells whether it is the cache's. */
    private Long walked(Link link) throws SQLException {
        String condition = directory.keys().byOther();
        long now = directory.expiry().now();
        long count = 0;
        long after = Long.MIN_VALUE;
        while (true) {
            List<Row> rows = Rows.page(link, condition, after, Long.MAX_VALUE, STEP);
            if (rows.isEmpty()) {
                return count;
            }
            for (Row row : rows) {
                after = row.id();
                count += directory.mine(row) && row.lives(now) ? 1 : 0;
            }
        }
    }
}
