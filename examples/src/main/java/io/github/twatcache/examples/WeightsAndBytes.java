package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.stats.Unstored;

/** How do I bound a cache by what its values weigh? */
public final class WeightsAndBytes {
    private WeightsAndBytes() {}

    static byte[] image(int size) {
        return new byte[size];
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            Cache<String, String> pages = twat.cache("pages")
                    .engine("heap")
                    .maximumWeight(10)
                    .types(String.class, String.class)
                    .weigher((url, page) -> page.length())
                    .build();
            pages.put("/a", "12345");
            pages.put("/b", "12345");
            pages.put("/c", "1");
            Claim.that("the one used longest ago made room", pages.getIfPresent("/a") == null && pages.weight() == 6);
            try {
                pages.put("/b", "heavier than ten");
            } catch (ValueException e) {
                System.out.println(e.getMessage());
                Claim.that("what is too heavy is refused, what was there stays", pages.getIfPresent("/b") != null);
            }

            // Bytes, by the estimate that ByteEstimate documents: 64 for the entry, 1,016 for the array, 16 for the
            // key.
            var image = twat.memory("images").maximumBytes(4_096).memoize(WeightsAndBytes::image);
            image.apply(1_000);
            Claim.that("results count in bytes too", image.size() == 1);
            Claim.that("too large a result is returned", image.apply(5_000).length == 5_000);
            Claim.that("and not stored", !image.isCached(5_000));
            Claim.that("and counted", image.stats().unstoredCount(Unstored.TOO_HEAVY) == 1);
        }
    }
}
