package io.github.twatcache.heap;

import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Terms;
import org.jspecify.annotations.Nullable;

/**
 * What a heap store keeps past its freshness.
 *
 * @param <K> the type of the keys
 * @param store the store
 */
record HeapStaleness<K>(HeapStore<K> store) implements StaleStore<K> {
    @Override
    public @Nullable Kept kept(K key) {
        return store.kept(key);
    }

    @Override
    public boolean age(K key) {
        return store.ageOne(key);
    }

    @Override
    public long ageTagged(String tag) {
        return store.ageMany(tag);
    }

    @Override
    public long ageAll() {
        return store.ageMany(null);
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return store.retime(key, terms);
    }
}
