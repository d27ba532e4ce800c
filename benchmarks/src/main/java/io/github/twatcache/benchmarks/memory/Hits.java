package io.github.twatcache.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Caches of the same capacity that hold the same entries. A Caffeine cache with a maximum notes its reads only when it is
 * half full, so the capacity decides what a hit costs.
 */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Hits {
    static final int ENTRIES = 10_000;
    static final Integer[] KEYS = Values.keys(ENTRIES);
    static final int BELOW_HALF_FULL = 40_000;
    static final int ABOVE_HALF_FULL = 12_000;

    @Param("40000")
    public int capacity;

    Cache<Integer, String> caffeine;
    Cached1<Integer, String, RuntimeException> memoized;
    Cached1<Integer, String, RuntimeException> counted;
    Cached1<Integer, String, RuntimeException> onHeap;
    private TwatCache twat;

    /** Fills the caches. */
    @Setup
    public void fill() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        caffeine = Caffeine.newBuilder().maximumSize(capacity).build();
        memoized = of("caffeine", "memoized").memoize(Values::one);
        counted = of("caffeine", "counted").statistics().memoize(Values::one);
        onHeap = of("heap", "on heap").memoize(Values::one);
        for (Integer key : KEYS) {
            caffeine.put(key, Values.one(key));
            memoized.apply(key);
            counted.apply(key);
            onHeap.apply(key);
        }
        // Has the entries lie as a collector leaves them, not between what filling them has left behind.
        System.gc();
    }

    private CacheBuilder of(String engine, String name) {
        return twat.cache(name).engine(engine).maximumSize(capacity);
    }

    /** Closes the caches. */
    @TearDown
    public void close() {
        twat.close();
    }
}
