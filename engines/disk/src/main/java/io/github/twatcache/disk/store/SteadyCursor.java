package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * A walk in insertion order that goes on in the store that takes the place of the one it began in: entries keep their
 * numbers when a database is built anew. For one thread.
 */
final class SteadyCursor<K> implements Cursor<K> {
    private final SteadyStore<K> steady;
    private DiskStore<K> store;
    private EntryCursor<K> cursor;
    private long reached;
    private boolean closed;

    SteadyCursor(SteadyStore<K> steady, DiskStore<K> store) {
        this.steady = steady;
        this.store = store;
        this.cursor = store.after(0);
    }

    @Override
    public boolean advance() {
        return !closed && steady.on(this::advance);
    }

    private boolean advance(DiskStore<K> there) {
        if (!there.equals(store)) {
            cursor.close();
            cursor = there.after(reached);
            store = there;
        }
        boolean more = cursor.advance();
        reached = more ? cursor.id() : reached;
        return more;
    }

    @Override
    public K key() {
        return cursor.key();
    }

    @Override
    public @Nullable Object value() {
        return steady.on(there -> there.equals(store) ? cursor.value() : null);
    }

    @Override
    public void close() {
        closed = true;
        cursor.close();
    }
}
