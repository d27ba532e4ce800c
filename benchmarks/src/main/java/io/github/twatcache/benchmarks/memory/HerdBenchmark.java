package io.github.twatcache.benchmarks.memory;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** A load of 50 ms that fails. */
@BenchmarkMode(Mode.SingleShotTime)
public class HerdBenchmark {
    /** Everybody waits for it. */
    @Benchmark
    public int together(Herd herd) throws Exception {
        return herd.together();
    }

    /** Its caller alone. */
    @Benchmark
    public void alone(Herd herd) {
        herd.alone();
    }
}
