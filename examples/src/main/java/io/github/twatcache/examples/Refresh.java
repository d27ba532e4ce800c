package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** How do I get a new result without making others wait for it? */
public final class Refresh {
    private static final AtomicInteger RATE = new AtomicInteger();

    private Refresh() {}

    static int rate(String currency) {
        if (currency.isEmpty()) {
            throw new IllegalArgumentException("no currency");
        }
        return RATE.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var rate = twat.memory("rates").memoize(Refresh::rate);
            Claim.that("computed", rate.apply("EUR") == 1);

            int fresh = rate.refresh("EUR"); // on this thread; others are answered with the old one meanwhile
            Claim.that("replaced", fresh == 2 && rate.apply("EUR") == 2);

            CompletableFuture<Integer> later = rate.refreshAsync("EUR"); // on another thread
            Claim.that("replaced in the background", later.join() == 3 && rate.apply("EUR") == 3);

            rate.put("", 7);
            try {
                rate.refresh("");
                throw new IllegalStateException("rate must have thrown");
            } catch (IllegalArgumentException e) {
                Claim.that("a refresh that fails leaves the old result", rate.apply("") == 7);
            }
        }
    }
}
