package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.Cursor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries of one shard after the other in the order of their rows, a page at a time, so that no transaction
 * stays open between two steps. Rows that come after it was opened are not seen.
 */
final class EntryCursor<K> implements Cursor<K> {
    private final DiskcacheStore<K> store;
    private final long[] upto;
    private final Deque<Step<K>> page = new ArrayDeque<>();
    private int shard;
    private long after;
    private @Nullable Step<K> current;
    private boolean closed;

    EntryCursor(DiskcacheStore<K> store, long[] upto) {
        this.store = store;
        this.upto = upto;
    }

    /** An entry that the walk has come to. */
    record Step<K>(K key, DbKey dbKey, long id) {}

    @Override
    public boolean advance() {
        current = null;
        while (!closed) {
            Step<K> step = page.poll();
            if (step != null) {
                if (store.there(shard, step)) {
                    current = step;
                    return true;
                }
                continue;
            }
            long reached = store.page(shard, after, upto[shard], page);
            if (reached > after) {
                after = reached;
            } else if (shard + 1 < upto.length) {
                shard++;
                after = Long.MIN_VALUE;
            } else {
                closed = true;
            }
        }
        return false;
    }

    @Override
    public K key() {
        return Cursor.standing(current).key();
    }

    @Override
    public @Nullable Object value() {
        return store.valueOf(shard, Cursor.standing(current));
    }

    @Override
    public void close() {
        closed = true;
        current = null;
    }
}
