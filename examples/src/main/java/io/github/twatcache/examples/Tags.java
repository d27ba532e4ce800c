package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.TwatCache;
import java.util.List;

/** How do I throw away everything that belongs to one user, one order, one table? */
public final class Tags {
    private Tags() {}

    record Order(String id, String customer) {}

    static Order order(String id) {
        return new Order(id, id.startsWith("a") ? "ada" : "bob");
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var order = twat.memory("orders")
                    .memoize(Tags::order, o -> o.tags((id, result) -> List.of("customer:" + result.customer())));
            order.apply("a1");
            order.apply("a2");
            order.apply("b1");
            long removed = order.invalidateTag("customer:ada");
            Claim.that("two orders were Ada's", removed == 2 && order.size() == 1);

            Cache<String, String> pages = twat.memory("pages")
                    .tags("all") // every entry carries it
                    .types(String.class, String.class)
                    .build();
            pages.put("/", "start");
            pages.put("/cart", "cart", Keep.under("session:7"));
            Claim.that("the cache's tags and the entry's", pages.tags("/cart").size() == 2);
            pages.invalidateTag("session:7");
            Claim.that("one page was the session's", pages.size() == 1 && pages.getIfPresent("/") != null);
        }
    }
}
