package io.github.twatcache.heap;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * Keeps nothing.
 *
 * @param <K> the type of the keys
 */
final class NullStore<K> implements Store<K>, TagStore, TouchStore<K> {
    private final StoreContext<K> context;

    NullStore(StoreContext<K> context) {
        this.context = context;
    }

    @Override
    public @Nullable Object get(K key) {
        return null;
    }

    @Override
    public @Nullable Entry entry(K key) {
        return null;
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        if (guard instanceof Guard.Seen) {
            return Outcome.REFUSED;
        }
        if (context.removals()) {
            context.removed(key, value, RemovalCause.SIZE);
        }
        return Outcome.STORED;
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return false;
    }

    @Override
    public void clear() {}

    @Override
    public long size() {
        return 0;
    }

    @Override
    public Cursor<K> entries() {
        return new Nothing<>();
    }

    @Override
    public long removeTagged(String tag) {
        return 0;
    }

    @Override
    public boolean touch(K key, long nanos) {
        return false;
    }

    @Override
    public void close() {}

    private static final class Nothing<K> implements Cursor<K> {
        @Override
        public boolean advance() {
            return false;
        }

        @Override
        public K key() {
            throw new IllegalStateException(
                    "the cursor is on no entry; call advance first and stop when it says false");
        }

        @Override
        public @Nullable Object value() {
            throw new IllegalStateException(
                    "the cursor is on no entry; call advance first and stop when it says false");
        }

        @Override
        public void close() {}
    }
}
