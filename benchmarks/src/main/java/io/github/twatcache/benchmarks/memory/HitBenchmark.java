package io.github.twatcache.benchmarks.memory;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits with one argument. */
@BenchmarkMode(Mode.AverageTime)
public class HitBenchmark {
    /** Ours on Caffeine. */
    @Benchmark
    public Object memoized(Hits hits, Draw draw) {
        return hits.memoized.apply(draw.next());
    }

    /** Ours on Caffeine, with statistics. */
    @Benchmark
    public Object counted(Hits hits, Draw draw) {
        return hits.counted.apply(draw.next());
    }

    /** Ours on the built-in engine, whose policy is LRU. */
    @Benchmark
    public Object onHeap(Hits hits, Draw draw) {
        return hits.onHeap.apply(draw.next());
    }

    /** Caffeine alone. */
    @Benchmark
    public @Nullable Object caffeine(Hits hits, Draw draw) {
        return hits.caffeine.getIfPresent(draw.next());
    }
}
