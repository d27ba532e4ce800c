package io.github.twatcache.benchmarks.memory;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The order in which one thread asks for keys, drawn and boxed beforehand; each thread has its own. */
@State(Scope.Thread)
public class Draw {
    private static final AtomicInteger SEEDS = new AtomicInteger();

    private final Integer[] drawn = new Integer[Zipf.DRAWS];
    private int at;

    /** Draws. */
    @Setup
    public void draw() {
        int[] draws = Zipf.draws(Hits.ENTRIES, SEEDS.incrementAndGet());
        for (int i = 0; i < draws.length; i++) {
            drawn[i] = Hits.KEYS[draws[i]];
        }
    }

    Integer next() {
        return drawn[at++ & (Zipf.DRAWS - 1)];
    }
}
