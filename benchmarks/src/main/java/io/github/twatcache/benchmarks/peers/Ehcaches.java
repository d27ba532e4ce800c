package io.github.twatcache.benchmarks.peers;

import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;

/** Ehcache on the heap, values by reference. */
public final class Ehcaches implements AutoCloseable {
    private final CacheManager manager;

    private Ehcaches(CacheManager manager) {
        this.manager = manager;
    }

    /** Opens a manager. */
    public static Ehcaches open() {
        return new Ehcaches(CacheManagerBuilder.newCacheManagerBuilder().build(true));
    }

    /** A cache without a loader. */
    public Cache<Integer, String> cache(int capacity) {
        return manager.createCache("cache", configuration(capacity));
    }

    /** A cache that reads through a loader. */
    public Cache<Integer, String> cache(int capacity, CacheLoaderWriter<Integer, String> loader) {
        return manager.createCache("loading", configuration(capacity).withLoaderWriter(loader));
    }

    private static CacheConfigurationBuilder<Integer, String> configuration(int capacity) {
        return CacheConfigurationBuilder.newCacheConfigurationBuilder(
                Integer.class, String.class, ResourcePoolsBuilder.heap(capacity));
    }

    @Override
    public void close() {
        manager.close();
    }
}
