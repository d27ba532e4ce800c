package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Cursor;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Walks over entries a page at a time, so that no transaction stays open between two steps. */
final class EntryCursor<K> implements Cursor<K> {
    private final Walks<K> walks;
    private final Pages<K> pages;
    private final Deque<Step<K>> page = new ArrayDeque<>();
    private @Nullable Step<K> current;
    private boolean last;
    private boolean closed;

    EntryCursor(Walks<K> walks, Pages<K> pages) {
        this.walks = walks;
        this.pages = pages;
    }

    /**
     * An entry that the walk has come to.
     *
     * @param row what was read of it, its value where that is small
     * @param key its key
     * @param stamp where its key's stripe stood before it was read
     */
    record Step<K>(Row row, K key, long stamp) {}

    /** Where the entries come from, in their order. */
    interface Pages<K> {
        /** Adds the next living ones, perhaps none; says whether there may be more. */
        boolean next(Deque<Step<K>> page);
    }

    @Override
    public boolean advance() {
        current = null;
        while (!closed) {
            Step<K> step = page.poll();
            if (step == null) {
                last = last || !pages.next(page);
                closed = last && page.isEmpty();
            } else if (walks.there(step)) {
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

    /** Whether the entry that it stands on is still there. */
    boolean stands() {
        return walks.there(step());
    }

    /** The number of the entry that it stands on. */
    long id() {
        return step().row().id();
    }

    @Override
    public K key() {
        return step().key();
    }

    @Override
    public @Nullable Object value() {
        return walks.valueOf(step());
    }

    @Override
    public void close() {
        closed = true;
        current = null;
    }
}
