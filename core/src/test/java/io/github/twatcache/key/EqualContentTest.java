package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cached1;
import io.github.twatcache.TwatCache;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Equal content is one key whatever classes hold it, and what only one side calls equal is another. */
class EqualContentTest {
    record Holder(List<Integer> list) {}

    record Wrapper(Object value) {}

    private final TwatCache twat = TwatCache.open();

    @AfterEach
    void close() {
        twat.close();
    }

    @Test
    void record_holdingCopiedOrImmutableList_isOneKey() {
        Cached1<Holder, Integer, RuntimeException> sum =
                twat.memory("sum").memoize(holder -> holder.list().size());
        assertThat(sum.apply(new Holder(new ArrayList<>(List.of(7))))).isEqualTo(1);
        assertThat(sum.isCached(new Holder(List.of(7)))).isTrue();
        assertThat(sum.invalidate(new Holder(List.of(7)))).isTrue();
        assertThat(sum.size()).isZero();
    }

    @Test
    void record_holdingCollectionsInObjects_isOneKey() {
        Cached1<Object, String, RuntimeException> text = twat.memory("text").memoize(Object::toString);
        List<List<Object>> pairs = List.of(
                List.of(new Wrapper(Optional.of(new ArrayList<>(List.of(1)))), new Wrapper(Optional.of(List.of(1)))),
                List.of(new Wrapper(new HashMap<>(Map.of(1, 2))), new Wrapper(Map.of(1, 2))),
                List.of(new Wrapper(new HashSet<>(Set.of(1))), new Wrapper(Set.of(1))),
                List.of(new Wrapper(new Wrapper(new ArrayList<>())), new Wrapper(new Wrapper(List.of()))));
        for (List<Object> pair : pairs) {
            text.apply(pair.get(0));
            assertThat(text.isCached(pair.get(1))).as("%s", pair).isTrue();
            assertThat(text.invalidate(pair.get(1))).as("%s", pair).isTrue();
        }
        assertThat(text.size()).isZero();
    }

    @Test
    void data_recordHoldingCopiedOrImmutableList_isOneKey() {
        try (var cache = twat.memory("data").types(Holder.class, String.class).build()) {
            cache.put(new Holder(new ArrayList<>(List.of(7))), "seven");
            assertThat(cache.getIfPresent(new Holder(List.of(7)))).isEqualTo("seven");
            assertThat(cache.remove(new Holder(List.of(7)))).isTrue();
        }
    }

    @Test
    void map_withAComparator_neverHitsTheWrongOne() {
        Cached1<Map<String, Integer>, String, RuntimeException> keys =
                twat.memory("maps").memoize(map -> new TreeMap<>(map).toString());
        // The two have the same hash code, and HashMap.equals asks the other one, which ignores case.
        Map<String, Integer> plain = new HashMap<>(Map.of("a", 1, "B", 1));
        Map<String, Integer> ordered = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        ordered.putAll(Map.of("A", 1, "b", 1));
        assertThat(plain.equals(ordered)).isTrue();
        assertThat(plain).hasSameHashCodeAs(ordered);
        assertThat(keys.apply(plain)).isEqualTo("{B=1, a=1}");
        assertThat(keys.apply(ordered)).isEqualTo("{A=1, b=1}");
        assertThat(keys.apply(Map.of("a", 1, "B", 1))).isEqualTo("{B=1, a=1}");
    }

    @Test
    void setOfSets_withAComparatorInside_neverHitsTheWrongOne() {
        Cached1<Set<Set<String>>, String, RuntimeException> keys =
                twat.memory("sets").memoize(set -> new TreeSet<>(set.iterator().next()).toString());
        Set<String> ordered = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        ordered.addAll(List.of("A", "b"));
        assertThat(keys.apply(Set.of(Set.of("a", "B")))).isEqualTo("[B, a]");
        assertThat(keys.apply(Set.of(ordered))).isEqualTo("[A, b]");
    }
}
