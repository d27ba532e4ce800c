package io.github.twatcache.benchmarks.races;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.common.cache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.benchmarks.peers.Ehcaches;
import io.github.twatcache.benchmarks.peers.JCaches;
import io.github.twatcache.benchmarks.peers.SpringLookups;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import javax.cache.integration.CacheLoader;
import org.cache2k.Cache2kBuilder;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;

/** The caches that are put to the test, each in the set-up that its documentation shows first. */
final class Contestants {
    private static final int CAPACITY = 1000;

    private Contestants() {}

    /** How to open each, given its loader, by name. */
    static Map<String, Function<Function<Integer, String>, Contestant>> all() {
        Map<String, Function<Function<Integer, String>, Contestant>> all = new LinkedHashMap<>();
        all.put("twat-cache `heap`", loader -> ours("heap", loader));
        all.put("twat-cache `caffeine`", loader -> ours("caffeine", loader));
        all.put("Caffeine `get(k, loader)`", Contestants::caffeine);
        all.put("Caffeine `AsyncCache`", Contestants::asyncCaffeine);
        all.put("Guava `get(k, loader)`", Contestants::guava);
        all.put("cache2k `computeIfAbsent`", Contestants::cache2k);
        all.put("Ehcache read-through", Contestants::ehcache);
        all.put("JCache on Caffeine, read-through", Contestants::jcache);
        all.put("Spring `ConcurrentMapCache.get(k, loader)`", Contestants::springSync);
        all.put("Spring `@Cacheable`", Contestants::springDefault);
        return all;
    }

    private static Contestant ours(String engine, Function<Integer, String> loader) {
        TwatCache twat = TwatCache.open();
        Cached1<Integer, String, RuntimeException> cached =
                twat.cache("race").engine(engine).maximumSize(CAPACITY).memoize((Integer key) -> loader.apply(key));
        return of(() -> cached.apply(Contestant.KEY), () -> cached.invalidate(Contestant.KEY), twat::close);
    }

    private static Contestant caffeine(Function<Integer, String> loader) {
        Cache<Integer, String> cache =
                Caffeine.newBuilder().maximumSize(CAPACITY).build();
        return of(() -> cache.get(Contestant.KEY, loader), () -> cache.invalidate(Contestant.KEY), () -> {});
    }

    private static Contestant asyncCaffeine(Function<Integer, String> loader) {
        AsyncCache<Integer, String> cache =
                Caffeine.newBuilder().maximumSize(CAPACITY).buildAsync();
        return of(
                () -> cache.get(Contestant.KEY, loader).get(),
                () -> cache.synchronous().invalidate(Contestant.KEY),
                () -> {});
    }

    private static Contestant guava(Function<Integer, String> loader) {
        com.google.common.cache.Cache<Integer, String> cache =
                CacheBuilder.newBuilder().maximumSize(CAPACITY).build();
        return of(
                () -> cache.get(Contestant.KEY, () -> loader.apply(Contestant.KEY)),
                () -> cache.invalidate(Contestant.KEY),
                () -> {});
    }

    private static Contestant cache2k(Function<Integer, String> loader) {
        org.cache2k.Cache<Integer, String> cache = Cache2kBuilder.of(Integer.class, String.class)
                .entryCapacity(CAPACITY)
                .eternal(true)
                .build();
        return of(
                () -> cache.computeIfAbsent(Contestant.KEY, loader), () -> cache.remove(Contestant.KEY), cache::close);
    }

    private static Contestant ehcache(Function<Integer, String> loader) {
        Ehcaches caches = Ehcaches.open();
        org.ehcache.Cache<Integer, String> cache = caches.cache(CAPACITY, new CacheLoaderWriter<Integer, String>() {
            @Override
            public String load(Integer key) {
                return loader.apply(key);
            }

            @Override
            public void write(Integer key, String value) {}

            @Override
            public void delete(Integer key) {}
        });
        return of(() -> present(cache.get(Contestant.KEY)), () -> cache.remove(Contestant.KEY), caches::close);
    }

    private static Contestant jcache(Function<Integer, String> loader) {
        JCaches caches = JCaches.open();
        javax.cache.Cache<Integer, String> cache = caches.cache(CAPACITY, new CacheLoader<>() {
            @Override
            public String load(Integer key) {
                return loader.apply(key);
            }

            @Override
            public Map<Integer, String> loadAll(Iterable<? extends Integer> keys) {
                throw new UnsupportedOperationException("one key at a time here");
            }
        });
        return of(() -> present(cache.get(Contestant.KEY)), () -> cache.remove(Contestant.KEY), caches::close);
    }

    private static Contestant springSync(Function<Integer, String> loader) {
        ConcurrentMapCache cache = new ConcurrentMapCache("race");
        return of(
                () -> present(cache.get(Contestant.KEY, () -> loader.apply(Contestant.KEY))),
                () -> cache.evict(Contestant.KEY),
                () -> {});
    }

    private static Contestant springDefault(Function<Integer, String> loader) {
        ConcurrentMapCacheManager manager = new ConcurrentMapCacheManager();
        SpringLookups lookups = SpringLookups.open(manager, loader::apply);
        return of(
                () -> lookups.plain().of(Contestant.KEY),
                () -> Objects.requireNonNull(manager.getCache("plain")).evict(Contestant.KEY),
                lookups::close);
    }

    private static String present(@Nullable String loaded) {
        return Objects.requireNonNull(loaded, "nothing was loaded");
    }

    private static Contestant of(Get get, Runnable invalidate, Runnable close) {
        return new Contestant() {
            @Override
            public String get() throws Exception {
                return get.get();
            }

            @Override
            public void invalidate() {
                invalidate.run();
            }

            @Override
            public void close() {
                close.run();
            }
        };
    }

    /** A look-up that may throw. */
    private interface Get {
        String get() throws Exception;
    }
}
