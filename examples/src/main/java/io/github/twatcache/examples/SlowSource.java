package io.github.twatcache.examples;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.LoadTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** How long does a caller wait for a source that is slow? */
public final class SlowSource {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private SlowSource() {}

    static int rate(String currency, CountDownLatch answered) throws InterruptedException {
        answered.await();
        return CALLS.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     * @throws InterruptedException when the example is interrupted
     */
    public static void main(String... args) throws InterruptedException {
        CALLS.set(0);
        try (TwatCache twat = TwatCache.open()) {
            CountDownLatch slow = new CountDownLatch(1);
            CountDownLatch[] source = {new CountDownLatch(0)};
            var rate = twat.memory("rates")
                    .expireAfterWrite(ofMinutes(5))
                    .failSafe(ofHours(6))
                    .softTimeout(ofMillis(20))
                    .hardTimeout(ofMillis(200))
                    .memoize((String currency) -> rate(currency, source[0]));
            rate.apply("EUR");

            source[0] = slow;
            rate.invalidateSoftly("EUR");
            Claim.that("after the soft limit the last value is the answer", rate.apply("EUR") == 1);
            try {
                rate.apply("USD");
                Claim.that("no value was there", false);
            } catch (LoadTimeoutException late) {
                Claim.that("where there is none, the hard limit ends the wait", CALLS.get() == 1);
            }

            slow.countDown();
            while (!rate.isCached("EUR") || !rate.isCached("USD")) {
                Thread.onSpinWait();
            }
            Claim.that("both computations went on, once each, and are stored", CALLS.get() == 3);
        }
    }
}
