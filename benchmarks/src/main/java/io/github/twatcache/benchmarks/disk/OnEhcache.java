package io.github.twatcache.benchmarks.disk;

import java.nio.file.Path;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.jspecify.annotations.Nullable;

/** Ehcache 3 with its disk tier; the heap tier, which it demands, holds one entry. */
final class OnEhcache implements Kept {
    private final PersistentCacheManager manager;
    private final Cache<Long, byte[]> cache;

    private OnEhcache(Path directory) {
        this.manager = CacheManagerBuilder.newCacheManagerBuilder()
                .with(CacheManagerBuilder.persistence(directory.toFile()))
                .withCache(
                        "bench",
                        CacheConfigurationBuilder.newCacheConfigurationBuilder(
                                Long.class,
                                byte[].class,
                                ResourcePoolsBuilder.newResourcePoolsBuilder()
                                        .heap(1, EntryUnit.ENTRIES)
                                        .disk(1, MemoryUnit.GB, true)))
                .build(true);
        this.cache = manager.getCache("bench", Long.class, byte[].class);
    }

    static Kept open(Path directory) {
        return new OnEhcache(directory);
    }

    @Override
    public byte @Nullable [] get(long key) {
        return cache.get(key);
    }

    @Override
    public void put(long key, byte[] value) {
        cache.put(key, value);
    }

    @Override
    public void close() {
        manager.close();
    }
}
