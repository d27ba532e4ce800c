package io.github.twatcache.benchmarks.wrap;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;

/** Hits through an interface. */
@BenchmarkMode(Mode.AverageTime)
public class WrapBenchmark {
    /** Ours, one argument. */
    @Benchmark
    public Object wrappedOne(Wraps wraps, Items items) {
        return wraps.wrapped.one(Items.KEYS[items.next()]);
    }

    /** The same by hand. */
    @Benchmark
    public Object byHandOne(Wraps wraps, Items items) {
        return wraps.byHand.one(Items.KEYS[items.next()]);
    }

    /** Ours, three arguments. */
    @Benchmark
    public Object wrappedThree(Wraps wraps, Items items) {
        int item = items.next();
        return wraps.wrapped.three(Items.KEYS[item], wraps.shops[item], wraps.days[item]);
    }

    /** The same by hand. */
    @Benchmark
    public Object byHandThree(Wraps wraps, Items items) {
        int item = items.next();
        return wraps.byHand.three(Items.KEYS[item], wraps.shops[item], wraps.days[item]);
    }

    /** Ours, passed on. */
    @Benchmark
    public int wrappedPlain(Wraps wraps, Items items) {
        return wraps.wrapped.plain(items.next());
    }

    /** The same by hand. */
    @Benchmark
    public int byHandPlain(Wraps wraps, Items items) {
        return wraps.byHand.plain(items.next());
    }

    /** A JDK proxy whose keys are lists. */
    @Benchmark
    public Object proxy(Wraps wraps, Items items) {
        return wraps.proxy.of(Items.KEYS[items.next()]);
    }

    /** Spring's {@code @Cacheable} on Caffeine. */
    @Benchmark
    public Object spring(Wraps wraps, Items items) {
        return wraps.spring.of(Items.KEYS[items.next()]);
    }
}
