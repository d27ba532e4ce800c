package io.github.twatcache.files.store;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.ResultStore;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.StoredReference;
import io.github.twatcache.spi.StoredResult;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import io.github.twatcache.stats.RemovalCause;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Without a directory: takes everything, and nothing is ever there.
 *
 * @param <K> the type of the keys
 */
public final class NowhereStore<K> implements Store<K>, StaleStore<K>, TouchStore<K>, TagStore, ResultStore<K> {
    private final StoreContext<K> context;

    /**
     * Makes one.
     *
     * @param context what core lends
     */
    public NowhereStore(StoreContext<K> context) {
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
        // What is taken and at once gone is no entry less than there was: it is told, so that the counts add up.
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
    public boolean touch(K key, long nanos) {
        return false;
    }

    @Override
    public long removeTagged(String tag) {
        return 0;
    }

    @Override
    public @Nullable StoredReference reference(K key) {
        return null;
    }

    @Override
    public List<StoredResult> results() {
        return List.of();
    }

    @Override
    public long clearOtherVersions() {
        return 0;
    }

    @Override
    public @Nullable Kept kept(K key) {
        return null;
    }

    @Override
    public boolean age(K key) {
        return false;
    }

    @Override
    public long ageTagged(String tag) {
        return 0;
    }

    @Override
    public long ageAll() {
        return 0;
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return false;
    }

    @Override
    public void clear() {
        // Nothing is there.
    }

    @Override
    public long size() {
        return 0;
    }

    @Override
    public Cursor<K> entries() {
        return Cursor.over(Collections.emptyIterator(), key -> null);
    }

    @Override
    public void close() {
        // Nothing is held.
    }
}
