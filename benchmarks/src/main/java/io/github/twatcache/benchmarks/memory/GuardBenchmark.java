package io.github.twatcache.benchmarks.memory;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits with and without what guards an engine that may fail. */
@BenchmarkMode(Mode.AverageTime)
public class GuardBenchmark {
    /** Guarded. */
    @Benchmark
    public Object guarded(GuardedHits hits, Draw draw) {
        return hits.guarded.apply(draw.next());
    }

    /** The same without. */
    @Benchmark
    public Object plain(GuardedHits hits, Draw draw) {
        return hits.plain.apply(draw.next());
    }
}
