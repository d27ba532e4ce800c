package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** One call in a hundred is slow: what was stored together dies together, and all of it is computed at once. */
public final class TailLatency {
    private static final int KEYS = 1_000;
    private static final AtomicInteger COMPUTED = new AtomicInteger();

    private TailLatency() {}

    static int price(int item) {
        COMPUTED.incrementAndGet();
        return 100 + item;
    }

    /** Every second every item is asked for, for an hour; the most computations in one second after the first. */
    private static int worst(String name, UnaryOperator<CacheBuilder> settings) {
        AtomicLong now = new AtomicLong();
        int worst = 0;
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var price = settings.apply(twat.memory(name).expireAfterWrite(ofMinutes(10)))
                    .memoize(TailLatency::price);
            for (int second = 0; second < 1_200; second++) {
                COMPUTED.set(0);
                for (int item = 0; item < KEYS; item++) {
                    price.apply(item);
                }
                worst = second == 0 ? 0 : Math.max(worst, COMPUTED.get());
                now.addAndGet(ofSeconds(1).toNanos());
            }
        }
        System.out.println(name + ": up to " + worst + " computations in one second");
        return worst;
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        int before = worst("before", prices -> prices);
        int after = worst("after", prices -> prices.expiryJitter(0.5));
        Claim.that("all die at once, and are computed at once", before == KEYS);
        Claim.that("with jitter a few at a time", after < KEYS / 20);
    }
}
