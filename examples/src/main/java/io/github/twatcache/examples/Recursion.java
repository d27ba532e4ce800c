package io.github.twatcache.examples;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.RecursiveLoadException;

/** How does a function call itself through its cache? */
public final class Recursion {
    private final Cached1<Integer, Long, RuntimeException> fibonacci;

    private Recursion(TwatCache twat) {
        fibonacci = twat.memory("fibonacci").memoize(this::compute);
    }

    private long compute(int n) {
        if (n < 0) {
            return fibonacci.apply(n); // asks for itself
        }
        return n < 2 ? n : fibonacci.apply(n - 1) + fibonacci.apply(n - 2);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            Recursion recursion = new Recursion(twat);
            Claim.that("each number is computed once", recursion.fibonacci.apply(80) == 23_416_728_348_467_685L);
            Claim.that("81 of them", recursion.fibonacci.size() == 81);
            try {
                recursion.fibonacci.apply(-1);
                throw new IllegalStateException("must have been refused");
            } catch (RecursiveLoadException e) {
                System.out.println(e.getMessage());
                Claim.that("a call that waits for itself is told so", !recursion.fibonacci.isCached(-1));
            }
        }
    }
}
