package io.github.twatcache.examples;

import static java.time.Duration.ofMinutes;

import io.github.twatcache.Explanation;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;

/** How well does a cache do, and why is it the way it is? */
public final class StatisticsAndExplain {
    private StatisticsAndExplain() {}

    static int length(String text) {
        return text.length();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var length = twat.memory("lengths")
                    .maximumSize(2)
                    .policy(Policy.LRU)
                    .expireAfterWrite(ofMinutes(5))
                    .statistics()
                    .memoize(StatisticsAndExplain::length);
            length.apply("a");
            length.apply("a");
            length.apply("b");
            length.apply("c"); // "a" makes room
            length.apply("a"); // a miss, because it was evicted; "b" makes room

            CacheStats stats = length.stats();
            System.out.println(stats);
            Claim.that("hits and misses are the look-ups", stats.hits() == 1 && stats.lookups() == 5);
            Claim.that("one in five was a hit", stats.hitRate() == 0.2);
            Claim.that("a miss has a reason", stats.missCount(MissReason.EVICTED) == 1);
            Claim.that("a removal has a cause", stats.removalCount(RemovalCause.SIZE) == 2);
            Claim.that("puts - removals = size", stats.puts() - stats.removalCount() == length.size());

            Explanation why = length.explain();
            System.out.println(why);
            Claim.that("a policy is what only heap offers", why.engine().equals("heap"));
            Claim.that(
                    "each setting has its source",
                    why.settings().values().stream()
                            .allMatch(setting -> setting.source().equals("code")));
            Claim.that("all caches at once", stats.equals(twat.stats().get("lengths")));
        }
    }
}
