package io.github.twatcache.benchmarks.disk;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Our own engine, native format. */
final class Ours implements Kept {
    /** As the peer's default: one GiB. */
    private static final long MAXIMUM_BYTES = 1L << 30;

    private final TwatCache twat;
    private final Cache<Long, byte[]> cache;

    private Ours(Path directory, Load load, boolean front) {
        this.twat = TwatCache.builder().directory(directory).open();
        CacheBuilder builder = twat.disk("bench").maximumBytes(MAXIMUM_BYTES).set(DiskSettings.FRONT, front);
        this.cache = (load.policy().equals(Load.LRU) ? builder.policy(Policy.LRU) : builder)
                .types(Long.class, byte[].class)
                .build();
    }

    static Ours open(Path directory, Load load, boolean front) {
        return new Ours(directory, load, front);
    }

    @Override
    public byte @Nullable [] get(long key) {
        return cache.getIfPresent(key);
    }

    Map<Long, byte[]> getAll(List<Long> keys) {
        return cache.getAllPresent(keys);
    }

    @Override
    public void put(long key, byte[] value) {
        cache.put(key, value);
    }

    void putAll(Map<Long, byte[]> entries) {
        cache.putAll(entries);
    }

    @Override
    public void close() {
        twat.close();
    }
}
