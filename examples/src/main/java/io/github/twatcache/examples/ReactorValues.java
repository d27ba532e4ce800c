package io.github.twatcache.examples;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.reactor.FluxCache;
import io.github.twatcache.reactor.MonoCache;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How do I cache what answers with Reactor's Mono or Flux? */
public final class ReactorValues {
    private static final AtomicInteger CALLS = new AtomicInteger();

    private ReactorValues() {}

    static Mono<String> user(int id) {
        return Mono.fromSupplier(() -> "user " + id + ", call " + CALLS.incrementAndGet());
    }

    static Flux<Integer> numbers(String name) {
        return Flux.range(1, 1_000).doOnSubscribe(subscription -> CALLS.incrementAndGet());
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        CALLS.set(0);
        try (TwatCache twat = TwatCache.open()) {
            Cache<Integer, String> users =
                    twat.memory("users").types(Integer.class, String.class).build();
            Function<Integer, Mono<String>> user = MonoCache.of(users).memoize(ReactorValues::user);
            Mono<String> cold = user.apply(42);
            Claim.that("nothing is computed before somebody subscribes", CALLS.get() == 0);
            Claim.that("the first subscriber has it computed", "user 42, call 1".equals(cold.block()));
            Claim.that("the second is given the same", "user 42, call 1".equals(cold.block()));

            Cache<String, List<Integer>> lists = twat.memory("numbers").build();
            FluxCache<String, Integer> rows = FluxCache.of(lists);
            Flux<Integer> all = rows.get("all", ReactorValues::numbers);
            Claim.that(
                    "elements come one by one",
                    all.reduce(Integer::sum).blockOptional().orElse(0) == 500_500);
            Claim.that("a hit replays the list", all.count().blockOptional().orElse(0L) == 1_000 && CALLS.get() == 2);
        }
    }
}
