package io.github.twatcache.examples;

import io.github.twatcache.TwatCache;
import io.github.twatcache.stats.Unstored;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** How do I keep some results and not others? */
public final class StoreSome {
    private static final AtomicInteger SEARCHES = new AtomicInteger();

    private StoreSome() {}

    static List<String> search(String word) {
        SEARCHES.incrementAndGet();
        return word.isEmpty() ? List.of() : List.of(word);
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            var search = twat.memory("searches")
                    .memoize(StoreSome::search, o -> o.storeIf((word, found) -> !found.isEmpty()));
            search.apply("");
            search.apply("");
            Claim.that("an empty answer is returned and not stored", SEARCHES.get() == 2 && search.size() == 0);
            Claim.that("and counted", search.stats().unstoredCount(Unstored.CONDITION) == 2);
            search.apply("tea");
            search.apply("tea");
            Claim.that("the others are stored", SEARCHES.get() == 3);
        }
    }
}
