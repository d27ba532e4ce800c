package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Cursor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the entries in the order in which they came, a page at a time, so that no transaction stays open between two
 * steps. Those that come after it was opened are not seen.
 */
final class EntryCursor<K> implements Cursor<K> {
    private final DiskStore<K> store;
    private final Deque<Step<K>> page = new ArrayDeque<>();
    private long after;
    private final long upto;
    private @Nullable Step<K> current;
    private boolean closed;

    EntryCursor(DiskStore<K> store, long upto) {
        this.store = store;
        this.upto = upto;
    }

    /** An entry that the walk has come to. */
    record Step<K>(long id, K key) {}

    @Override
    public boolean advance() {
        current = null;
        while (!closed) {
            if (page.isEmpty()) {
                long reached = store.page(after, upto, page);
                if (reached == after) {
                    closed = true;
                    return false;
                }
                after = reached;
                continue;
            }
            Step<K> step = page.poll();
            if (store.there(step.id())) {
                current = step;
                return true;
            }
        }
        return false;
    }

    private Step<K> step() {
        Step<K> step = current;
        if (step == null) {
            throw new IllegalStateException(
                    "the cursor stands on no entry; call advance() and go on while it returns true");
        }
        return step;
    }

    @Override
    public K key() {
        return step().key();
    }

    @Override
    public @Nullable Object value() {
        return store.valueOf(step().id());
    }

    @Override
    public void close() {
        closed = true;
        current = null;
    }
}
