package io.github.twatcache.benchmarks.memory;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Warmup;

/** Misses with a loader that does nothing. */
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(batchSize = Misses.SHOT)
@Measurement(batchSize = Misses.SHOT)
public class MissBenchmark {
    /** Ours on Caffeine. */
    @Benchmark
    public Object memoized(Misses misses) {
        return misses.memoized.apply(misses.next());
    }

    /** Caffeine alone. */
    @Benchmark
    public Object caffeine(Misses misses) {
        return misses.caffeine.get(misses.next(), Misses::load);
    }
}
