package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.heap.HeapSettings;

/** Who leaves a full cache? */
public final class Policies {
    private Policies() {}

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            for (Policy policy : Policy.values()) {
                CacheBuilder three =
                        twat.memory("three-" + policy).maximumSize(3).policy(policy);
                if (policy == Policy.RR) {
                    three = three.set(HeapSettings.SEED, 7L); // the same choice in each run
                }
                Cache<String, Integer> cache =
                        three.types(String.class, Integer.class).build();
                cache.put("a", 1);
                cache.put("b", 2);
                cache.put("c", 3);
                cache.getIfPresent("a");
                cache.getIfPresent("a");
                cache.getIfPresent("b");
                String leaver = full(cache) ? "nobody, the put is refused" : leaver(cache);
                System.out.println(policy + ": " + leaver);
                String expected = switch (policy) {
                    case LRU, LFU -> "c"; // never used since it came
                    case FIFO -> "a"; // came first
                    case MRU -> "b"; // used last
                    case RR -> leaver; // anyone
                    case NONE -> "nobody, the put is refused";
                };
                Claim.that("under " + policy + " it is " + expected, leaver.equals(expected) && cache.size() == 3);
            }
            String engine = twat.memory("lru")
                    .policy(Policy.LRU)
                    .maximumSize(3)
                    .build()
                    .explain()
                    .engine();
            Claim.that("a policy is the heap engine's: Caffeine has its own", engine.equals("heap"));
        }
    }

    private static boolean full(Cache<String, Integer> cache) {
        try {
            cache.put("d", 4);
            return false;
        } catch (ValueException e) {
            System.out.println(e.getMessage());
            return true;
        }
    }

    private static String leaver(Cache<String, Integer> cache) {
        for (String key : new String[] {"a", "b", "c"}) {
            if (!cache.peek(key).present()) {
                return key;
            }
        }
        return "nobody";
    }
}
