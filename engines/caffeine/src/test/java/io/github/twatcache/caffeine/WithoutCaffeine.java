package io.github.twatcache.caffeine;

import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;

/** A program that does not mind which heap engine it has. */
final class WithoutCaffeine {
    private WithoutCaffeine() {}

    @SuppressWarnings("SystemOut") // what it prints is what the test reads
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            tell(twat.memory("memory"));
            tell(twat.auto("auto"));
            tell(twat.cache("caffeine").engine("caffeine"));
            System.out.println(twat.availability().get("caffeine"));
        }
    }

    @SuppressWarnings("SystemOut") // what it prints is what the test reads
    private static void tell(CacheBuilder builder) {
        Cached1<Integer, Integer, RuntimeException> twice = builder.memoize((Integer n) -> 2 * n);
        int computed = twice.apply(2);
        int kept = twice.apply(2);
        if (computed != 4 || kept != 4) {
            throw new IllegalStateException("2 * 2 is 4");
        }
        System.out.println(twice.explain().cache() + ": " + twice.explain().engine() + ", "
                + twice.stats().fallbacks() + " fallbacks");
    }
}
