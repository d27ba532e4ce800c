package io.github.twatcache.benchmarks.memory;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws numbers of which few are frequent and many are rare, as keys are: the n-th comes with a weight of n^-0.99. */
public final class Zipf {
    private static final double SKEW = 0.99;

    /** How many draws are made in advance: a power of two. */
    public static final int DRAWS = 1 << 16;

    private Zipf() {}

    /** Draws from 0 to limit - 1; the same seed draws the same. */
    public static int[] draws(int limit, long seed) {
        double[] sums = new double[limit];
        double sum = 0;
        for (int i = 0; i < limit; i++) {
            sum += Math.pow(i + 1.0, -SKEW);
            sums[i] = sum;
        }
        SplittableRandom random = new SplittableRandom(seed);
        int[] draws = new int[DRAWS];
        for (int i = 0; i < DRAWS; i++) {
            int found = Arrays.binarySearch(sums, random.nextDouble(sum));
            draws[i] = Math.min(limit - 1, found < 0 ? -found - 1 : found);
        }
        return draws;
    }
}
