package io.github.twatcache.disk.diskcache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out how a directory writes keys and values: Python keeps no note of it. */
final class Disks {
    private static final int SAMPLED = 16;

    private Disks() {}

    /**
     * The way of a directory.
     *
     * @param json what was asked for; null to look at its first rows: where all their keys are compressed JSON, it is
     *     {@code JSONDisk}
     */
    static Disk of(List<Shard> shards, @Nullable Boolean json) {
        JsonDisk jsonDisk = new JsonDisk(shards.get(0).settings().compressLevel());
        if (json != null) {
            return json ? jsonDisk : new PlainDisk();
        }
        List<Row> sample = new ArrayList<>();
        for (Shard shard : shards) {
            List<Row> some = shard.find(link -> Rows.page(link, "1", Long.MIN_VALUE, Long.MAX_VALUE, SAMPLED));
            sample.addAll(some == null ? List.of() : some);
        }
        boolean all = !sample.isEmpty() && sample.stream().allMatch(row -> isJson(row.key()));
        return all ? jsonDisk : new PlainDisk();
    }

    private static boolean isJson(@Nullable DbKey key) {
        return key != null && key.content() instanceof byte[] bytes && JsonDisk.isJson(bytes);
    }
}
