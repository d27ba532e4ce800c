package io.github.twatcache.benchmarks.peers;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import java.util.OptionalLong;
import javax.cache.Cache;
import javax.cache.integration.CacheLoader;
import javax.cache.spi.CachingProvider;

/** JCache on Caffeine, values by reference. */
public final class JCaches implements AutoCloseable {
    private final CachingProvider provider = new CaffeineCachingProvider();

    private JCaches() {}

    /** Opens a provider. */
    public static JCaches open() {
        return new JCaches();
    }

    /** A cache without a loader. */
    public Cache<Integer, String> cache(int capacity) {
        return provider.getCacheManager().createCache("cache", configuration(capacity));
    }

    /** A cache that reads through a loader. */
    public Cache<Integer, String> cache(int capacity, CacheLoader<Integer, String> loader) {
        CaffeineConfiguration<Integer, String> configuration = configuration(capacity);
        configuration.setReadThrough(true);
        configuration.setCacheLoaderFactory(() -> loader);
        return provider.getCacheManager().createCache("loading", configuration);
    }

    private static CaffeineConfiguration<Integer, String> configuration(int capacity) {
        CaffeineConfiguration<Integer, String> configuration = new CaffeineConfiguration<>();
        configuration.setStoreByValue(false);
        configuration.setMaximumSize(OptionalLong.of(capacity));
        return configuration;
    }

    @Override
    public void close() {
        provider.close();
    }
}
