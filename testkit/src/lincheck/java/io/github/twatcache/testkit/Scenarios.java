package io.github.twatcache.testkit;

import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.StressOptions;

/** How many scenarios are tried, and how large they are. */
final class Scenarios {
    /** Probes of the stack call themselves so often at most, which is no endless recursion. */
    private static final int STACK_PROBE = 100;

    private Scenarios() {}

    /** Walks through interleavings of two threads. */
    static ModelCheckingOptions modelChecked(int iterations) {
        return new ModelCheckingOptions()
                .recursionBound(STACK_PROBE)
                .iterations(iterations)
                .invocationsPerIteration(200)
                .threads(2)
                .actorsPerThread(3);
    }

    /** Runs three threads. */
    static StressOptions stressed(int iterations) {
        return new StressOptions()
                .iterations(iterations)
                .invocationsPerIteration(1_000)
                .threads(3)
                .actorsPerThread(3);
    }
}
