package io.github.twatcache.examples;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What do callers get while the source is down? */
public final class SourceIsDown {
    private static final AtomicInteger CALLS = new AtomicInteger();
    private static boolean down;

    private SourceIsDown() {}

    static int rate(String currency) throws IOException {
        int call = CALLS.incrementAndGet();
        if (down) {
            throw new IOException("no connection");
        }
        return call;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException never, or the example is wrong
     */
    public static void main(String... args) throws IOException {
        AtomicLong now = new AtomicLong();
        down = false;
        CALLS.set(0);
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var rate = twat.memory("rates")
                    .expireAfterWrite(ofMinutes(5))
                    .failSafe(ofHours(6))
                    .failSafeThrottle(ofSeconds(30))
                    .memoize(SourceIsDown::rate);
            rate.apply("EUR");
            now.addAndGet(ofMinutes(5).toNanos());
            down = true;
            Claim.that("the last good value, and no exception", rate.apply("EUR") == 1);
            for (int i = 0; i < 1_000; i++) {
                rate.apply("EUR");
            }
            Claim.that("one call in thirty seconds reaches the source", CALLS.get() == 2);
            Claim.that("it says so", rate.stats().staleServed() == 1_001);
            down = false;
            now.addAndGet(ofSeconds(30).toNanos());
            Claim.that("and is fresh as soon as the source is back", rate.apply("EUR") == 3);

            var live = twat.memory("live").failover().memoize(SourceIsDown::rate);
            live.apply("EUR");
            Claim.that("with failover each call asks", live.apply("EUR") == 5);
            down = true;
            Claim.that("and only a failure is answered from the cache", live.apply("EUR") == 5);
        }
    }
}
