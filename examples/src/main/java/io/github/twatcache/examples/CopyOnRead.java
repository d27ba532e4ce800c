package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;

/** What if a caller changes the array that it was given? */
public final class CopyOnRead {
    private CopyOnRead() {}

    static double[] spectrum(int size) {
        return new double[size];
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var shared = twat.memory("shared").memoize(CopyOnRead::spectrum);
            shared.apply(4)[0] = 1;
            Claim.that("without it all share one array", shared.apply(4)[0] == 1);

            var copied = twat.memory("copied").copyOnRead().memoize(CopyOnRead::spectrum);
            copied.apply(4)[0] = 1;
            Claim.that("with it nobody sees another's change", copied.apply(4)[0] == 0);
        }
    }
}
