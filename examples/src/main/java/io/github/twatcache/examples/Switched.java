package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Mode;
import java.util.concurrent.atomic.AtomicInteger;

/** How is a cache switched off, or made read-only, while the program runs? */
public final class Switched {
    private static final AtomicInteger RUNS = new AtomicInteger();

    private Switched() {}

    static int run(String word) {
        return word.length() + 10 * RUNS.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var users = twat.memory("users").memoize(Switched::run);
            int first = users.apply("a");

            twat.mode("users", Mode.OFF);
            int second = users.apply("a");
            int third = users.apply("a");
            Claim.that("a cache that is off computes each time", second != first && third != second);

            twat.mode("users", Mode.ON);
            Claim.that("what was there is there again", users.apply("a") == first);

            twat.mode("users", Mode.READ_ONLY);
            users.put("a", 7);
            Claim.that("what is put is not stored, and the older value is gone", !users.isCached("a"));
        }
    }
}
