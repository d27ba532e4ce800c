package io.github.twatcache.examples;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadRejectedException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How do I keep a cold or failing cache from overloading its source? */
public final class SpareTheSource {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private SpareTheSource() {}

    static String broken(int id) throws IOException {
        CALLS.incrementAndGet();
        throw new IOException("no connection");
    }

    static String shaky(int id) throws IOException {
        if (CALLS.incrementAndGet() % 2 == 1) {
            throw new IOException("try again");
        }
        return "row " + id;
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws IOException never, or the example is wrong
     */
    public static void main(String... args) throws IOException {
        AtomicLong now = new AtomicLong();
        CALLS.set(0);
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var spared = twat.memory("spared")
                    .maxConcurrentLoads(8) // a ninth waits for its turn
                    .loadRate(100, ofSeconds(1))
                    .sourceBreaker(3, ofMinutes(1))
                    .memoize(SpareTheSource::broken);
            int refused = 0;
            for (int id = 0; id < 50; id++) {
                try {
                    spared.apply(id);
                } catch (LoadRejectedException leftAlone) {
                    refused++;
                } catch (IOException broken) {
                    // that one asked the source
                }
            }
            Claim.that("after three failures the source is left alone", CALLS.get() == 3 && refused == 47);

            CALLS.set(0);
            var retried = twat.memory("retried").loadRetry(3, ofMillis(1)).memoize(SpareTheSource::shaky);
            Claim.that("the second attempt succeeded", retried.apply(1).equals("row 1") && CALLS.get() == 2);

            var slowOnes = twat.memory("slow ones")
                    .storeIfSlowerThan(ofMillis(5))
                    .memoize((Integer id) -> {
                        now.addAndGet(ofMillis(id).toNanos()); // takes as many milliseconds, by this example's clock
                        return id;
                    });
            Claim.that("both are computed", slowOnes.apply(1) == 1 && slowOnes.apply(10) == 10);
            Claim.that("what is quick is not kept", !slowOnes.isCached(1) && slowOnes.isCached(10));

            CALLS.set(0);
            var twice = twat.memory("twice").expireAfterReads(2).memoize((Integer id) -> CALLS.incrementAndGet());
            for (int call = 0; call < 4; call++) {
                twice.apply(1);
            }
            Claim.that("computed, found twice, and computed anew", CALLS.get() == 2);
        }
    }
}
