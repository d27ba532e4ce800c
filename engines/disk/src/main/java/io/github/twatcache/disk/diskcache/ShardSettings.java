package io.github.twatcache.disk.diskcache;

import io.github.twatcache.disk.sqlite.Link;
import io.github.twatcache.disk.sqlite.Prepared;
import io.github.twatcache.disk.sqlite.Results;
import io.github.twatcache.error.EngineUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one directory: the table {@code Settings}, as Python's {@code Cache.__init__} fills it. As there, each
 * process keeps those that stood there when it opened the directory.
 *
 * @param policy who leaves
 * @param sizeLimit from how many bytes on somebody does
 * @param cullLimit how many leave at most with one write
 * @param minFileSize from how many bytes or characters on a value gets a file
 * @param compressLevel how JSON is compressed
 */
record ShardSettings(EvictionPolicy policy, double sizeLimit, long cullLimit, long minFileSize, int compressLevel) {
    private static final Map<String, Object> DEFAULTS = defaults();

    /** What Python's triggers count. */
    private static final String[] METADATA = {"count", "size", "hits", "misses"};

    private static Map<String, Object> defaults() {
        Map<String, Object> defaults = new LinkedHashMap<>();
        defaults.put("statistics", 0L);
        defaults.put("tag_index", 0L);
        defaults.put("eviction_policy", EvictionPolicy.LEAST_RECENTLY_STORED.word());
        defaults.put("size_limit", 1L << 30);
        defaults.put("cull_limit", 10L);
        defaults.put("sqlite_auto_vacuum", 1L);
        defaults.put("sqlite_cache_size", 1L << 13);
        defaults.put("sqlite_journal_mode", "wal");
        defaults.put("sqlite_mmap_size", 1L << 26);
        defaults.put("sqlite_synchronous", 1L);
        defaults.put("disk_min_file_size", 1L << 15);
        // HIGHEST_PROTOCOL of Python 3.8 and later.
        defaults.put("disk_pickle_protocol", 5L);
        return defaults;
    }

    /** Makes the tables where they are not there, changes the settings that are asked for, and reads all. */
    static ShardSettings settle(SharedDatabase database, Asked asked, int shards, boolean fanout) {
        Map<String, Object> changes = changes(asked, shards, fanout);
        Map<String, Object> settings = database.write(link -> settled(link, changes, fanout ? shards : 1));
        // Again: a Python program may have changed it since the database was opened.
        requireWal(settings.get("sqlite_journal_mode"), database.file());
        return new ShardSettings(
                EvictionPolicy.named(String.valueOf(settings.get("eviction_policy")), database.file()),
                number(settings, "size_limit").doubleValue(),
                number(settings, "cull_limit").longValue(),
                number(settings, "disk_min_file_size").longValue(),
                settings.get("disk_compress_level") instanceof Number level ? level.intValue() : 1);
    }

    /** Refuses a directory whose settings ask for another journal than WAL. */
    static void requireWal(@Nullable Object mode, Path file) {
        if (mode != null && !"wal".equals(mode)) {
            throw new EngineUnavailableException("sqlite_journal_mode of " + file + " is '" + mode
                    + "', and twat-cache opens databases in WAL mode only; open the"
                    + " directory in Python with sqlite_journal_mode='wal' (its default)");
        }
    }

    private static Number number(Map<String, Object> settings, String key) {
        return settings.get(key) instanceof Number number ? number : (Number) Objects.requireNonNull(DEFAULTS.get(key));
    }

    private static Map<String, Object> changes(Asked asked, int shards, boolean fanout) {
        Map<String, Object> changes = new LinkedHashMap<>();
        put(
                changes,
                "eviction_policy",
                asked.policy() == null ? null : asked.policy().word());
        Long limit = asked.sizeLimit();
        // Python divides with a fraction, and so keeps a float in each shard.
        put(changes, "size_limit", limit == null || !fanout ? limit : (Object) (limit / (double) shards));
        put(changes, "cull_limit", asked.cullLimit());
        put(changes, "disk_min_file_size", asked.minFileSize());
        if (asked.tags()) {
            changes.put("tag_index", 1L);
        }
        return changes;
    }

    private static void put(Map<String, Object> changes, String key, @Nullable Object value) {
        if (value != null) {
            changes.put(key, value);
        }
    }

    private static Map<String, Object> settled(Link link, Map<String, Object> changes, int shards) throws SQLException {
        link.run(Tables.SETTINGS);
        Map<String, Object> there = rows(link);
        Prepared replace = link.prepared("INSERT OR REPLACE INTO Settings VALUES (?, ?)");
        for (Map.Entry<String, Object> setting : DEFAULTS.entrySet()) {
            String key = setting.getKey();
            Object value = changes.getOrDefault(key, there.get(key));
            if (value == null) {
                // A shard of Python's FanoutCache has its part of the default.
                value = key.equals("size_limit") && shards > 1
                        ? (Object) ((1L << 30) / (double) shards)
                        : setting.getValue();
            }
            if (!value.equals(there.get(key))) {
                replace.setString(1, key);
                replace.setObject(2, value);
                replace.executeUpdate();
                there.put(key, value);
            }
        }
        Prepared count = link.prepared("INSERT OR IGNORE INTO Settings VALUES (?, 0)");
        for (String key : METADATA) {
            count.setString(1, key);
            count.executeUpdate();
        }
        EvictionPolicy policy = EvictionPolicy.named(String.valueOf(there.get("eviction_policy")), "the directory");
        Tables.make(link, policy, there.get("tag_index") instanceof Number index && index.longValue() != 0);
        return there;
    }

    private static Map<String, Object> rows(Link link) throws SQLException {
        Map<String, Object> rows = new LinkedHashMap<>();
        try (Results row = link.prepared("SELECT key, value FROM Settings").executeQuery()) {
            while (row.next()) {
                Object value = row.getObject(2);
                if (value != null) {
                    rows.put(row.getString(1), value instanceof Integer number ? (Object) number.longValue() : value);
                }
            }
        }
        return rows;
    }
}
