package io.github.twatcache.benchmarks.memory;

import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits of other caches with one argument. */
@BenchmarkMode(Mode.AverageTime)
public class PeerBenchmark {
    /** cache2k. */
    @Benchmark
    public @Nullable Object cache2k(PeerHits hits, Draw draw) {
        return hits.cache2k.peek(draw.next());
    }

    /** Ehcache on the heap. */
    @Benchmark
    public @Nullable Object ehcache(PeerHits hits, Draw draw) {
        return hits.ehcache.get(draw.next());
    }

    /** Guava. */
    @Benchmark
    public @Nullable Object guava(PeerHits hits, Draw draw) {
        return hits.guava.getIfPresent(draw.next());
    }

    /** JCache on Caffeine, values by reference. */
    @Benchmark
    public @Nullable Object jcache(PeerHits hits, Draw draw) {
        return hits.jcache.get(draw.next());
    }

    /** A proxy of an interface whose calls are lists in a Caffeine cache. */
    @Benchmark
    public Object proxy(PeerHits hits, Draw draw) {
        return hits.proxy.of(draw.next());
    }

    /** Spring's {@code @Cacheable} on Caffeine. */
    @Benchmark
    public Object spring(PeerHits hits, Draw draw) {
        return hits.spring.of(draw.next());
    }

    /** The same with a key in Spring's expression language. */
    @Benchmark
    public Object springSpEL(PeerHits hits, Draw draw) {
        return hits.spring.of(draw.next());
    }
}
