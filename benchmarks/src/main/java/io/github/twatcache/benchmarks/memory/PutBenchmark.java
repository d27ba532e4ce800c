package io.github.twatcache.benchmarks.memory;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Puts into what is full. */
@BenchmarkMode(Mode.AverageTime)
public class PutBenchmark {
    /** A new entry into the built-in engine: another one leaves. */
    @Benchmark
    public void evicting(Full full) {
        full.cache.put(full.fresh(), "value");
    }

    /** A new value for an old key. */
    @Benchmark
    public void updating(Full full) {
        full.cache.put(full.old(), "value");
    }

    /** A new entry into a map; the oldest is removed. */
    @Benchmark
    public @Nullable Object mapEvicting(Full full) {
        Integer fresh = full.fresh();
        full.map.put(fresh, "value");
        return full.map.remove(full.oldest(fresh));
    }

    /** A new value for an old key of a map. */
    @Benchmark
    public @Nullable Object mapUpdating(Full full) {
        return full.map.put(full.old(), "value");
    }
}
