package io.github.twatcache.examples;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.function.AsyncFn1;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/** Many callers ask for one key each: how do I fetch them with one query? */
public final class GatherLoads {
    private final AtomicInteger queries = new AtomicInteger();

    private GatherLoads() {}

    private CompletionStage<Map<Long, String>> users(Set<Long> ids) {
        queries.incrementAndGet();
        Map<Long, String> users = new LinkedHashMap<>();
        ids.forEach(id -> users.put(id, "user " + id));
        return CompletableFuture.completedFuture(users);
    }

    private void run(TwatCache twat) {
        AsyncCache<Long, String> cache =
                twat.memory("users").types(Long.class, String.class).build().async();

        AsyncFn1<Long, String> gathering = cache.coalescing(this::users, 3, Duration.ofSeconds(1));
        CompletableFuture<String> one = cache.get(1L, gathering);
        CompletableFuture<String> two = cache.get(2L, gathering);
        CompletableFuture<String> three = cache.get(3L, gathering); // the third begins the query
        CompletableFuture.allOf(one, two, three).join();
        Claim.that(
                "three callers, one query", queries.get() == 1 && three.join().equals("user 3"));

        Map<Long, String> all = cache.getAll(List.of(3L, 4L, 5L), this::users).join(); // asks for 4 and 5
        Claim.that("one query for the two that were missing", all.size() == 3 && queries.get() == 2);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            new GatherLoads().run(twat);
        }
    }
}
