package io.github.twatcache.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Caches that are emptied before each shot; a shot asks once for each key. Large enough that nothing leaves. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Misses {
    static final int SHOT = 100_000;
    private static final int CAPACITY = 4 * SHOT;

    Cached1<Integer, Integer, RuntimeException> memoized;
    Cache<Integer, Integer> caffeine;
    private Integer[] keys;
    private int at;
    private TwatCache twat;

    /** The trivial loader. */
    static Integer load(Integer key) {
        return key;
    }

    /** Makes the caches. */
    @Setup
    public void open() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        keys = Values.keys(SHOT);
        memoized = twat.cache("misses").engine("caffeine").maximumSize(CAPACITY).memoize(Misses::load);
        caffeine = Caffeine.newBuilder().maximumSize(CAPACITY).build();
    }

    /** Empties the caches, and has their pending work done. */
    @Setup(Level.Iteration)
    public void empty() {
        at = 0;
        memoized.clear();
        caffeine.invalidateAll();
        caffeine.cleanUp();
        if (memoized.size() + caffeine.estimatedSize() != 0) {
            throw new IllegalStateException("the caches are not empty");
        }
    }

    Integer next() {
        return keys[at++];
    }

    /** Closes the cache. */
    @TearDown
    public void close() {
        twat.close();
    }
}
