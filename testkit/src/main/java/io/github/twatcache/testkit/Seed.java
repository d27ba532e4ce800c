package io.github.twatcache.testkit;

import java.util.SplittableRandom;

/** Where randomness comes from: a fixed seed, or the one in the system property {@code twat.seed}. */
public final class Seed {
    private static final long DEFAULT = 20_260_101;

    private Seed() {}

    /**
     * The seed of this run, for messages.
     *
     * @return the value of {@code -Dtwat.seed}, or the fixed one
     */
    public static long value() {
        return Long.getLong("twat.seed", DEFAULT);
    }

    /**
     * A generator that draws the same numbers in each run.
     *
     * @return a new generator
     */
    public static SplittableRandom random() {
        return new SplittableRandom(value());
    }
}
