package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Lookup;
import io.github.twatcache.TwatCache;
import io.github.twatcache.stats.RemovalCause;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentMap;

/** What does a cache offer when there is no function to memoize? */
public final class CacheOfData {
    private CacheOfData() {}

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        List<RemovalCause> left = new ArrayList<>();
        try (TwatCache twat = TwatCache.open()) {
            Cache<String, Integer> stock = twat.memory("stock")
                    .types(String.class, Integer.class)
                    .onRemoval((item, count, cause) -> left.add(cause))
                    .build();
            stock.put("tea", 3);
            int salt = stock.get("salt", item -> item.length());
            Claim.that("get computes what is missing", salt == 4 && stock.size() == 2);

            boolean stored = stock.putIfAbsent("tea", 9);
            boolean replaced = stock.replace("tea", 3, 5);
            Claim.that(
                    "compare and set", !stored && replaced && stock.peek("tea").value() == 5);

            Lookup<Integer> rest =
                    stock.compute("tea", (item, now) -> now.orElse(0) > 1 ? Lookup.found(1) : Lookup.absent());
            Claim.that("compute sees what is there", rest.value() == 1);

            ConcurrentMap<String, Integer> map = stock.asMap(); // live, both ways
            map.merge("tea", 10, Integer::sum);
            Claim.that("the map view changes the cache", stock.peek("tea").value() == 11);

            int sum = 0;
            for (var entry : stock) {
                sum += entry.getValue();
            }
            Claim.that("iteration", sum == 15);

            // A generic type has no class: leave types out.
            Cache<String, List<String>> lists = twat.memory("lists").build();
            lists.put("tea", List.of("green", "black"));
            Claim.that("values of a generic type", lists.peek("tea").value().size() == 2);

            stock.remove("salt");
            Claim.that("the listener heard of each removal", left.size() == 4 && left.get(3) == RemovalCause.EXPLICIT);
        }
    }
}
