package io.github.twatcache.load;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/** Finds nothing, and takes everything. */
class NoStore implements Store<Object> {
    @Override
    public @Nullable Object get(Object key) {
        return null;
    }

    @Override
    public @Nullable Entry entry(Object key) {
        return null;
    }

    @Override
    public Outcome put(Object key, Object value, Terms terms, Guard guard) {
        return Outcome.STORED;
    }

    @Override
    public boolean remove(Object key, Guard guard) {
        return false;
    }

    @Override
    public void clear() {}

    @Override
    public long size() {
        return 0;
    }

    @Override
    public Cursor<Object> entries() {
        throw new AssertionError("nobody walks");
    }

    @Override
    public void close() {}
}
