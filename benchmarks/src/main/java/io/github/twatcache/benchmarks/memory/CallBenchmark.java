package io.github.twatcache.benchmarks.memory;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits with three arguments. */
@BenchmarkMode(Mode.AverageTime)
public class CallBenchmark {
    /** Ours on Caffeine. */
    @Benchmark
    public Object memoized(Calls calls) {
        calls.next();
        return calls.memoized.apply(calls.number(), calls.text(), calls.stamp());
    }

    /** A record as the key, Caffeine alone. */
    @Benchmark
    public @Nullable Object recordKey(Calls calls) {
        calls.next();
        return calls.caffeine.getIfPresent(new Calls.Key(calls.number(), calls.text(), calls.stamp()));
    }
}
