package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.Cursor;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of one shard after the other in the order of their rows, a page at a time, so that no transaction
 * stays open between two steps. Rows that come after it was opened are not seen.
 */
final class EntryCursor<K> implements Cursor<K> {
    private static final int PAGE = 64;

    private final Directory<K> directory;
    private final Deque<Part> parts = new ArrayDeque<>();
    private final Deque<Step<K>> page = new ArrayDeque<>();
    private long after = Long.MIN_VALUE;
    private @Nullable Step<K> current;

    EntryCursor(Directory<K> directory) {
        this.directory = directory;
        for (Shard shard : directory.shards().all()) {
            Long last = directory.shards().read(shard, Rows::last);
            if (last != null) {
                parts.add(new Part(shard, last));
            }
        }
    }

    /** A shard and the last of its rows that is walked over. */
    private record Part(Shard shard, long upto) {}

    /** An entry that the walk has come to. */
    private record Step<K>(Shard shard, K key, DbKey dbKey, long id) {}

    @Override
    public boolean advance() {
        current = null;
        while (true) {
            Step<K> step = page.poll();
            if (step != null) {
                if (live(step) != null) {
                    current = step;
                    return true;
                }
            } else if (!turned()) {
                return false;
            }
        }
    }

    /** Reads the next page; says whether there may be more. */
    private boolean turned() {
        Part part = parts.peek();
        if (part == null) {
            return false;
        }
        List<Row> rows = directory
                .shards()
                .read(part.shard(), link -> Rows.page(link, directory.keys().byOther(), after, part.upto(), PAGE));
        if (rows == null || rows.isEmpty()) {
            parts.remove();
            after = Long.MIN_VALUE;
            return true;
        }
        long now = directory.expiry().now();
        for (Row row : rows) {
            after = row.id();
            DbKey dbKey = row.key();
            K key = dbKey == null || !row.lives(now) ? null : directory.keys().back(dbKey);
            if (key != null && dbKey != null) {
                page.add(new Step<>(part.shard(), key, dbKey, row.id()));
            }
        }
        return true;
    }

    private @Nullable Row live(Step<K> step) {
        Row row = directory.shards().read(step.shard(), link -> Rows.byId(link, step.id()));
        return row != null
                        && step.dbKey().equals(row.key())
                        && row.lives(directory.expiry().now())
                ? row
                : null;
    }

    @Override
    public K key() {
        return Cursor.standing(current).key();
    }

    /** Null also where the cache cannot hold what Python has stored: a walk passes over that. */
    @Override
    public @Nullable Object value() {
        Step<K> step = Cursor.standing(current);
        Row row = live(step);
        return row == null ? null : directory.contents().walked(step.shard(), step.dbKey(), row);
    }

    @Override
    public void close() {
        current = null;
        page.clear();
        parts.clear();
    }
}
