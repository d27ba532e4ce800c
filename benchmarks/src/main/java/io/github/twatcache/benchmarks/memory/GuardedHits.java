package io.github.twatcache.benchmarks.memory;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.time.Duration;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Two caches of the same entries, one of them with what guards an engine that may fail: retry and circuit breaker. */
@State(Scope.Benchmark)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class GuardedHits {
    Cached1<Integer, String, RuntimeException> plain;
    Cached1<Integer, String, RuntimeException> guarded;
    private TwatCache twat;

    /** Fills the caches. */
    @Setup
    public void fill() {
        twat = TwatCache.open();
        Crowd.warm(twat);
        plain = of("plain").memoize(Values::one);
        guarded = of("guarded")
                .retry(3, Duration.ofMillis(1), Duration.ofMillis(100))
                .breaker(5, Duration.ofSeconds(1))
                .memoize(Values::one);
        for (Integer key : Hits.KEYS) {
            plain.apply(key);
            guarded.apply(key);
        }
        System.gc();
    }

    private CacheBuilder of(String name) {
        return twat.cache(name).engine("caffeine").maximumSize(Hits.BELOW_HALF_FULL);
    }

    /** Closes the caches. */
    @TearDown
    public void close() {
        twat.close();
    }
}
