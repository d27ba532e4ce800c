package io.github.twatcache.examples;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.github.twatcache.TwatCache;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How do I keep callers from waiting for a value that was there a moment ago? */
public final class FreshInBackground {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static final AtomicLong NOW = new AtomicLong();

    private FreshInBackground() {}

    static int price(String item) {
        NOW.addAndGet(Duration.ofSeconds(1).toNanos()); // it takes a second, by the clock of this example
        return CALLS.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        // An executor that computes at once, so that the example need not wait for the background.
        try (TwatCache twat = TwatCache.builder()
                .ticker(NOW::get)
                .executor(Runnable::run)
                .chance(() -> 0.999)
                .open()) {
            var byAge = twat.memory("by age")
                    .refreshAfterWrite(ofMinutes(1))
                    .expireAfterWrite(ofHours(1))
                    .memoize(FreshInBackground::price);
            byAge.apply("tea");
            NOW.addAndGet(ofMinutes(1).toNanos());
            Claim.that("answered with the old, and computed", byAge.apply("tea") == 1 && byAge.apply("tea") == 2);

            var ahead = twat.memory("ahead")
                    .refreshAhead(0.8)
                    .expireAfterWrite(ofMinutes(10))
                    .memoize(FreshInBackground::price);
            int first = ahead.apply("tea");
            NOW.addAndGet(ofMinutes(8).toNanos());
            Claim.that("near its end it is computed anew", ahead.apply("tea") == first && ahead.apply("tea") > first);

            var byChance = twat.memory("by chance")
                    .earlyRecomputation(1.0)
                    .expireAfterWrite(ofMinutes(10))
                    .memoize(FreshInBackground::price);
            first = byChance.apply("tea");
            NOW.addAndGet(ofMinutes(10).minusSeconds(5).toNanos());
            byChance.apply("tea"); // 5 s left, a second to compute: e^-5, one call in 148
            Claim.that("chance had this call compute early", byChance.apply("tea") == first + 1);

            var soft = twat.memory("soft").keepStale().memoize(FreshInBackground::price);
            first = soft.apply("tea");
            soft.invalidateSoftly("tea");
            Claim.that(
                    "answered with once more, and computed", soft.apply("tea") == first && soft.apply("tea") > first);

            var unread = twat.memory("unread")
                    .refreshAhead(0.8)
                    .refreshUnread(ofMinutes(1))
                    .expireAfterWrite(ofMinutes(10))
                    .memoize(FreshInBackground::price);
            first = unread.apply("tea");
            NOW.addAndGet(ofMinutes(9).toNanos());
            while (unread.peek("tea").value() == first) {
                Thread.onSpinWait(); // a round looks at the clock now and then
            }
            Claim.that("nobody had asked", unread.peek("tea").value() == first + 1);
        }
    }
}
