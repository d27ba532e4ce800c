package io.github.twatcache.benchmarks.async;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.AsyncCache;
import io.github.twatcache.AsyncCached1;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.benchmarks.memory.Crowd;
import io.github.twatcache.benchmarks.memory.Values;
import io.github.twatcache.benchmarks.memory.Zipf;
import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Caches of the same capacity that hold the same entries, and the order in which these are asked for. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class AsyncHits {
    static final int ENTRIES = 10_000;
    static final Integer[] KEYS = Values.keys(ENTRIES);

    /** So much that below half full no read is noted, as in the bench memory. */
    static final int CAPACITY = 40_000;

    com.github.benmanes.caffeine.cache.AsyncCache<Integer, String> caffeine;
    AsyncCached1<Integer, String> memoized;
    AsyncCached1<Integer, String> onHeap;
    AsyncCache<Integer, String> cache;
    private TwatCache twat;
    private int[] draws;
    private int at;

    /** Fills the caches, and draws. */
    @Setup
    public void fill() {
        draws = Zipf.draws(ENTRIES, 1);
        twat = TwatCache.open();
        Crowd.warm(twat);
        caffeine = Caffeine.newBuilder().maximumSize(CAPACITY).buildAsync();
        memoized = of("caffeine", "memoized").memoizeAsync(AsyncHits::one);
        onHeap = of("heap", "on heap").memoizeAsync(AsyncHits::one);
        cache = of("caffeine", "cache")
                .types(Integer.class, String.class)
                .build()
                .async();
        for (Integer key : KEYS) {
            caffeine.get(key, (k, executor) -> one(k)).join();
            memoized.apply(key).join();
            onHeap.apply(key).join();
            cache.get(key, AsyncHits::one).join();
        }
        System.gc();
    }

    static CompletableFuture<String> one(Integer key) {
        return CompletableFuture.completedFuture(Values.one(key));
    }

    private CacheBuilder of(String engine, String name) {
        return twat.cache(name).engine(engine).maximumSize(CAPACITY);
    }

    Integer next() {
        return KEYS[draws[at++ & (Zipf.DRAWS - 1)]];
    }

    /** Closes the caches. */
    @TearDown
    public void close() {
        twat.close();
    }
}
