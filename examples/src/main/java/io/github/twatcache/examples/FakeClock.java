package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;

import io.github.twatcache.TwatCache;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** How do I test that something expires, without waiting for it? */
public final class FakeClock {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private FakeClock() {}

    static String greet(String name) {
        return "Hello " + name + ", call " + CALLS.incrementAndGet();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong now = new AtomicLong();
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var greeting =
                    twat.memory("greetings").expireAfterAccess(ofMinutes(5)).memoize(FakeClock::greet);
            greeting.apply("Ada");
            now.addAndGet(ofMinutes(4).toNanos());
            greeting.apply("Ada"); // a use: five minutes more
            now.addAndGet(ofMinutes(4).toNanos());
            Claim.that("each use puts the end off", greeting.isCached("Ada") && CALLS.get() == 1);
            now.addAndGet(ofMinutes(1).toNanos()); // isCached was no use
            Claim.that("five minutes after the last use it is gone", !greeting.isCached("Ada"));
        }
    }
}
