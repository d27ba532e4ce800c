package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.spi.StoreContext;
import java.util.List;

/**
 * What one cache makes of a directory: which of its rows are the cache's, what they hold, when they die, and who is told when
 * they leave.
 *
 * @param <K> the type of the keys
 */
record Directory<K>(
        Shards shards, Keys<K> keys, Values values, Contents contents, Expiry expiry, Departures<K> departures) {
    static <K> Directory<K> of(List<Shard> shards, Disk disk, CacheSpec spec, StoreContext<K> context) {
        Keys<K> keys = new Keys<>(context, disk);
        Values values = disk.values(context.values());
        Contents contents = new Contents(values, context);
        return new Directory<>(
                new Shards(shards),
                keys,
                values,
                contents,
                new Expiry(spec, context.clock()),
                new Departures<>(context, keys, contents));
    }

    /** Whether a row is one of the cache's. */
    boolean mine(Row row) {
        DbKey key = row.key();
        return key != null && keys.mine(key);
    }
}
