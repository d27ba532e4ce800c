package io.github.twatcache.examples;

import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/** How do I keep values that were stored together from ending together, or give one call's value a life of its own? */
public final class LifetimesApart {
    private LifetimesApart() {}

    static String page(String path) {
        return "page of " + path;
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        AtomicLong now = new AtomicLong();
        try (TwatCache twat = TwatCache.builder().ticker(now::get).open()) {
            Cache<Integer, String> rows = twat.memory("rows")
                    .expireAfterWrite(ofMinutes(10))
                    .expiryJitter(0.1)
                    .types(Integer.class, String.class)
                    .build();
            Set<Duration> ends = new TreeSet<>();
            for (int id = 0; id < 100; id++) {
                rows.put(id, "row " + id);
                ends.add(rows.expiresIn(id).orElseThrow());
            }
            Claim.that("a hundred values, stored at once, end one by one", ends.size() > 90);

            Cache<String, String> pages = twat.memory("pages")
                    .expireAfterWrite(ofHours(1))
                    .perEntryExpiry()
                    .types(String.class, String.class)
                    .build();
            pages.get("/home", LifetimesApart::page);
            pages.get("/draft", Keep.lasting(ofSeconds(5)), LifetimesApart::page);
            now.addAndGet(ofSeconds(5).toNanos());
            Claim.that(
                    "this call's value lived as long as the call had said",
                    pages.getIfPresent("/home") != null && pages.getIfPresent("/draft") == null);
        }
    }
}
