package io.github.twatcache.examples;

import io.github.twatcache.Cached2;
import io.github.twatcache.TwatCache;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;

/** Few look-ups are hits: the key holds something that is never the same twice. */
public final class LowHitRatio {
    private LowHitRatio() {}

    static String profile(int user, String requestId) {
        return "profile of " + user; // the id of the request is for the log only
    }

    /** A thousand requests for ten users. */
    private static CacheStats serve(Cached2<Integer, String, String, RuntimeException> profile) {
        for (int request = 0; request < 1_000; request++) {
            profile.apply(request % 10, "request " + request);
        }
        return profile.stats();
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            CacheStats before = serve(twat.memory("noisy").statistics().memoize(LowHitRatio::profile));
            CacheStats after =
                    serve(twat.memory("quiet").statistics().ignore("requestId").memoize(LowHitRatio::profile));
            System.out.println("before: hit rate " + before.hitRate() + ", " + before.puts() + " entries");
            System.out.println("after: hit rate " + after.hitRate() + ", " + after.puts() + " entries");
            Claim.that("every miss is of a key that never was", before.missCount(MissReason.ABSENT) == 1_000);
            Claim.that("and there is no hit", before.hitRate() == 0);
            Claim.that("without the noise each user is computed once", after.loads() == 10 && after.hitRate() == 0.99);
        }
    }
}
