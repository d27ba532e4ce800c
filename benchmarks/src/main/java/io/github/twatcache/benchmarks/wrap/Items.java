package io.github.twatcache.benchmarks.wrap;

import io.github.twatcache.benchmarks.memory.Values;
import io.github.twatcache.benchmarks.memory.Zipf;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The order in which items are asked for, drawn beforehand. */
@State(Scope.Thread)
@SuppressWarnings("NullAway.Init") // JMH runs the setup before anything else
public class Items {
    static final int ENTRIES = 10_000;
    static final Integer[] KEYS = Values.keys(ENTRIES);

    private int[] draws;
    private int at;

    /** Draws. */
    @Setup
    public void draw() {
        draws = Zipf.draws(ENTRIES, 1);
    }

    int next() {
        return draws[at++ & (Zipf.DRAWS - 1)];
    }
}
