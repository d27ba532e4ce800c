package io.github.twatcache.benchmarks.memory;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.twatcache.Cached3;
import io.github.twatcache.TwatCache;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Calls with three arguments, of which numbers come as primitives: a function boxes them, a key of one's own does not. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Calls {
    /** The key that somebody who uses Caffeine alone would write. */
    record Key(int number, String text, long stamp) {}

    Cached3<Integer, String, Long, String, RuntimeException> memoized;
    Cache<Key, String> caffeine;
    private final int[] numbers = new int[Hits.ENTRIES];
    private final String[] texts = new String[Hits.ENTRIES];
    private final long[] stamps = new long[Hits.ENTRIES];
    private int[] draws;
    private int at;
    private int drawn;
    private TwatCache twat;

    /** Fills the caches. */
    @Setup
    public void fill() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        memoized = twat.cache("calls")
                .engine("caffeine")
                .maximumSize(Hits.BELOW_HALF_FULL)
                .memoize(Values::three);
        caffeine = Caffeine.newBuilder().maximumSize(Hits.BELOW_HALF_FULL).build();
        draws = Zipf.draws(Hits.ENTRIES, 1);
        for (int i = 0; i < Hits.ENTRIES; i++) {
            numbers[i] = Values.key(i);
            texts[i] = "text " + i;
            stamps[i] = (long) i << 20 | 1 << 19; // no box of these is shared
            memoized.apply(numbers[i], texts[i], stamps[i]);
            caffeine.put(new Key(numbers[i], texts[i], stamps[i]), Values.three(numbers[i], texts[i], stamps[i]));
        }
    }

    void next() {
        drawn = draws[at++ & (Zipf.DRAWS - 1)];
    }

    int number() {
        return numbers[drawn];
    }

    String text() {
        return texts[drawn];
    }

    long stamp() {
        return stamps[drawn];
    }

    /** Closes the caches. */
    @TearDown
    public void close() {
        twat.close();
    }
}
