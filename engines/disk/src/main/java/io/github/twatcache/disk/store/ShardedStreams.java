package io.github.twatcache.disk.store;

import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.StreamStore;
import io.github.twatcache.spi.Terms;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Streams, each in the shard that its key belongs to. */
record ShardedStreams<K>(Routes<K> routes, List<StreamStore<K>> shards) implements StreamStore<K> {
    @Override
    public Outcome put(K key, Content content, Terms terms, Guard guard) throws IOException {
        return shards.get(routes.of(key)).put(key, content, terms, guard);
    }

    @Override
    public @Nullable InputStream open(K key) throws IOException {
        return shards.get(routes.of(key)).open(key);
    }
}
