package io.github.twatcache.benchmarks.async;

import java.util.concurrent.CompletableFuture;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits whose answer is a future. */
@BenchmarkMode(Mode.AverageTime)
public class AsyncBenchmark {
    /** Ours on Caffeine, a function. */
    @Benchmark
    public CompletableFuture<String> memoized(AsyncHits hits) {
        return hits.memoized.apply(hits.next());
    }

    /** Ours on the built-in engine, whose policy is LRU. */
    @Benchmark
    public CompletableFuture<String> onHeap(AsyncHits hits) {
        return hits.onHeap.apply(hits.next());
    }

    /** Ours on Caffeine, a cache. */
    @Benchmark
    public CompletableFuture<String> cache(AsyncHits hits) {
        return hits.cache.get(hits.next(), AsyncHits::one);
    }

    /** Caffeine's own, which keeps the futures themselves. */
    @Benchmark
    public CompletableFuture<String> caffeine(AsyncHits hits) {
        return hits.caffeine.get(hits.next(), (key, executor) -> AsyncHits.one(key));
    }
}
