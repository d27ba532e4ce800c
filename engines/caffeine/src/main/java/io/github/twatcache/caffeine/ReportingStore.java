package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Cursor;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TouchStore;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A store that reports at the end of each operation the removals it has brought about. */
final class ReportingStore<K> implements Store<K> {
    private final Store<K> store;
    private final Removals<K> removals;

    ReportingStore(Store<K> store, Removals<K> removals) {
        this.store = store;
        this.removals = removals;
    }

    @Override
    public @Nullable Object get(K key) {
        Object value = store.get(key);
        removals.report();
        return value;
    }

    @Override
    public @Nullable Entry entry(K key) {
        Entry entry = store.entry(key);
        removals.report();
        return entry;
    }

    @Override
    public Outcome put(K key, Object value, Terms terms, Guard guard) {
        return reporting(() -> store.put(key, value, terms, guard));
    }

    @Override
    public boolean remove(K key, Guard guard) {
        return reporting(() -> store.remove(key, guard));
    }

    @Override
    public void clear() {
        try {
            store.clear();
        } finally {
            removals.report();
        }
    }

    @Override
    public long size() {
        return reporting(store::size);
    }

    @Override
    public long estimatedSize() {
        return store.estimatedSize();
    }

    @Override
    public long weight() {
        return reporting(store::weight);
    }

    @Override
    public Cursor<K> entries() {
        return new ReportingCursor(store.entries());
    }

    @Override
    public <C> Optional<C> capability(Class<C> type) {
        if (type == TagStore.class) {
            return store.capability(TagStore.class)
                    .map(tags -> type.cast((TagStore) tag -> reporting(() -> tags.removeTagged(tag))));
        }
        if (type == TouchStore.class) {
            return store.capability(type).map(this::touching);
        }
        if (type == StaleStore.class) {
            return store.capability(type).map(this::keeping);
        }
        return Store.super.capability(type);
    }

    /** The keys of a store's capabilities are the store's own. */
    @SuppressWarnings("unchecked")
    private <C> C touching(C capability) {
        TouchStore<K> touch = (TouchStore<K>) capability;
        return (C) (TouchStore<K>) (key, nanos) -> reporting(() -> touch.touch(key, nanos));
    }

    /** The keys of a store's capabilities are the store's own. */
    @SuppressWarnings("unchecked")
    private <C> C keeping(C capability) {
        return (C) new ReportingStaleness((StaleStore<K>) capability);
    }

    /** Entries that go because the store closes are not removed from anything; nobody is told. */
    @Override
    public void close() {
        removals.silence();
        store.close();
    }

    private <R extends @Nullable Object> R reporting(Supplier<R> operation) {
        try {
            return operation.get();
        } finally {
            removals.report();
        }
    }

    private final class ReportingStaleness implements StaleStore<K> {
        private final StaleStore<K> stale;

        ReportingStaleness(StaleStore<K> stale) {
            this.stale = stale;
        }

        @Override
        public @Nullable Kept kept(K key) {
            return ReportingStore.this.<@Nullable Kept>reporting(() -> stale.kept(key));
        }

        @Override
        public boolean age(K key) {
            return reporting(() -> stale.age(key));
        }

        @Override
        public long ageTagged(String tag) {
            return reporting(() -> stale.ageTagged(tag));
        }

        @Override
        public long ageAll() {
            return reporting(stale::ageAll);
        }

        @Override
        public boolean retime(K key, Terms terms) {
            return reporting(() -> stale.retime(key, terms));
        }
    }

    private final class ReportingCursor implements Cursor<K> {
        private final Cursor<K> cursor;

        ReportingCursor(Cursor<K> cursor) {
            this.cursor = cursor;
        }

        @Override
        public boolean advance() {
            return reporting(cursor::advance);
        }

        @Override
        public K key() {
            return cursor.key();
        }

        @Override
        public @Nullable Object value() {
            return cursor.value();
        }

        @Override
        public void close() {
            cursor.close();
        }
    }
}
