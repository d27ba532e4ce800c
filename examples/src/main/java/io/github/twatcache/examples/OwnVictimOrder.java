package io.github.twatcache.examples;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.heap.HeapSettings;
import io.github.twatcache.heap.VictimOrder;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** How do I decide by a rule of my own who leaves a full cache? Here: the longest key. */
public final class OwnVictimOrder {
    private OwnVictimOrder() {}

    static final class LongestKey implements VictimOrder<String> {
        private final TreeSet<String> keys =
                new TreeSet<>(comparing(String::length).thenComparing(naturalOrder()));

        @Override
        public void added(String key) {
            keys.add(key);
        }

        @Override
        public void used(String key) {}

        @Override
        public void updated(String key) {}

        @Override
        public void removed(String key) {
            keys.remove(key);
        }

        @Override
        public @Nullable String victim(@Nullable String spared) {
            String longest = keys.isEmpty() ? null : keys.last();
            return longest != null && longest.equals(spared) ? keys.lower(longest) : longest;
        }
    }

    /**
     * Runs the example.
     *
     * @param args none
     */
    public static void main(String... args) {
        try (TwatCache twat = TwatCache.open()) {
            Cache<String, Integer> words = twat.memory("words")
                    .maximumSize(2)
                    .set(HeapSettings.ORDER, LongestKey::new)
                    .types(String.class, Integer.class)
                    .build();
            words.put("antidisestablishmentarianism", 1);
            words.put("be", 2);
            words.put("sea", 3);
            Claim.that(
                    "the longest word left",
                    words.peek("be").present() && words.peek("sea").present());
        }
    }
}
