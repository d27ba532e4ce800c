package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How does each result get a lifetime of its own? The clock is moved by hand, as a test would. */
public final class ExpirePerResult {
    private ExpirePerResult() {}

    record Price(long cents, Duration validFor) {}

    static Price price(String item) {
        return new Price(100, item.equals("bread") ? ofSeconds(10) : ofMinutes(10));
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong now = new AtomicLong();
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            var price = twat.memory("prices")
                    .memoize(ExpirePerResult::price, o -> o.expireAfter((item, p) -> p.validFor()));
            price.apply("bread");
            price.apply("salt");

            now.addAndGet(ofSeconds(10).toNanos() - 1);
            Claim.that("one nanosecond before its end it is there", price.isCached("bread"));
            now.addAndGet(1);
            Claim.that("at its end it is not", !price.isCached("bread") && price.isCached("salt"));

            data(twat, now);
        }
    }

    static void data(TwatCache twat, AtomicLong now) {
        Cache<String, String> tokens = twat.memory("tokens")
                .expireAfterWrite(ofMinutes(1))
                .perEntryExpiry()
                .types(String.class, String.class)
                .build();
        tokens.put("usual", "a");
        tokens.put("longer", "b", Keep.lasting(ofMinutes(30)));
        tokens.put("always", "c", Keep.forEver());
        now.addAndGet(ofMinutes(2).toNanos());
        Claim.that("a put may bring its own terms", tokens.size() == 2);
        Claim.that(
                "and tell what is left",
                tokens.expiresIn("longer").orElseThrow().equals(ofMinutes(28)));
        tokens.expireIn("always", ofSeconds(1));
        tokens.keepForEver("longer");
        now.addAndGet(ofMinutes(60).toNanos());
        Claim.that("both can be changed later", tokens.getIfPresent("longer") != null && tokens.size() == 1);
    }
}
