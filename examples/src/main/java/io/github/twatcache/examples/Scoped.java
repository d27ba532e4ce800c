package io.github.twatcache.examples;

import io.github.twatcache.Scope;
import io.github.twatcache.TwatCache;

/** How do I give other settings to all caches that some code makes, without touching it? */
public final class Scoped {
    private Scoped() {}

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
            var outside = twat.memory("lengths").maximumSize(100).memoize(Scoped::length);
            try (Scope scope = twat.scope(c -> c.engine("null"))) {
                var inside = twat.memory("lengths").maximumSize(100).memoize(Scoped::length);
                inside.apply("a");
                Claim.that("inside nothing is kept: " + scope, !inside.isCached("a"));
            }
            outside.apply("a");
            Claim.that("outside all is as it was", outside.isCached("a"));
        }
    }
}
