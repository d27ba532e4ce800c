package io.github.twatcache.disk.store;

import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Terms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What several databases keep past its freshness: each key where it belongs, all of them in one after the other. */
record ShardedStaleness<K>(Routes<K> routes, List<StaleStore<K>> shards) implements StaleStore<K> {
    private StaleStore<K> of(K key) {
        return shards.get(routes.of(key));
    }

    @Override
    public @Nullable Kept kept(K key) {
        return of(key).kept(key);
    }

    @Override
    public boolean age(K key) {
        return of(key).age(key);
    }

    @Override
    public long ageTagged(String tag) {
        return shards.stream().mapToLong(shard -> shard.ageTagged(tag)).sum();
    }

    @Override
    public long ageAll() {
        return shards.stream().mapToLong(StaleStore::ageAll).sum();
    }

    @Override
    public boolean retime(K key, Terms terms) {
        return of(key).retime(key, terms);
    }
}
