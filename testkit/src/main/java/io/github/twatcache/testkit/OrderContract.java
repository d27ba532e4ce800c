package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.twatcache.Cache;
import io.github.twatcache.Ordered;
import io.github.twatcache.OrderedMap;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.Trait;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Walks in order see what lasts exactly once, in its place, while others write. */
@Contract("§3 order")
public abstract class OrderContract extends EngineContract {
    /** Makes a contract. */
    protected OrderContract() {}

    private Cache<String, Integer> cacheOfNumbers() {
        return cache().types(String.class, Integer.class).build();
    }

    private boolean refused() {
        return refuses(Trait.ORDERED, () -> Ordered.of(cacheOfNumbers()));
    }

    private static <K, V> List<K> keys(Stream<Map.Entry<K, V>> entries) {
        try (entries) {
            return entries.map(Map.Entry::getKey).toList();
        }
    }

    @Test
    void byInsertion_updatesStay_returnersGoToTheEnd() {
        if (refused()) {
            return;
        }
        Cache<String, Integer> cache = cacheOfNumbers();
        Ordered<String, Integer> ordered = Ordered.of(cache);
        assertThat(ordered.first()).isEmpty();
        assertThat(keys(ordered.byInsertion())).isEmpty();
        for (String key : List.of("d", "a", "c", "b")) {
            cache.put(key, 1);
        }
        cache.put("a", 2);
        assertThat(keys(ordered.byInsertion())).containsExactly("d", "a", "c", "b");
        assertThat(keys(ordered.byInsertionDescending())).containsExactly("b", "c", "a", "d");
        cache.remove("d");
        cache.put("d", 3);
        assertThat(keys(ordered.byInsertion())).containsExactly("a", "c", "b", "d");
        assertThat(ordered.first()).contains(Map.entry("a", 2));
        assertThat(ordered.last()).contains(Map.entry("d", 3));
    }

    @Test
    void byKey_strings_asCompareTo() {
        if (refused()) {
            return;
        }
        List<String> keys = List.of(
                "",
                "\0",
                "\0a",
                " ",
                "10",
                "9",
                "A",
                "Z",
                "a",
                "a\0",
                "aa",
                "ab",
                "b",
                "\u007f",
                "\u0080",
                "ä",
                "€",
                "\ud83d\ude00",
                "\uffff",
                "\ud800",
                "longer than the others by far, and so on");
        ordersAs(String.class, keys);
    }

    @Test
    void byKey_numbersAndTimes_byValue() {
        if (refused()) {
            return;
        }
        ordersAs(Long.class, List.of(Long.MIN_VALUE, -256L, -1L, 0L, 1L, 255L, 256L, 1L << 40, Long.MAX_VALUE));
        ordersAs(Integer.class, List.of(Integer.MIN_VALUE, -2, 0, 3, 70_000, Integer.MAX_VALUE));
        ordersAs(
                Double.class,
                List.of(Double.NEGATIVE_INFINITY, -1.5, -0.0, 0.0, Double.MIN_VALUE, 2.0, 10.0, Double.NaN));
        ordersAs(Instant.class, List.of(Instant.MIN, Instant.EPOCH.minusNanos(1), Instant.EPOCH, Instant.MAX));
        ordersAs(LocalDate.class, List.of(LocalDate.MIN, LocalDate.of(1999, 12, 31), LocalDate.of(2000, 1, 1)));
        ordersAs(
                BigInteger.class,
                List.of(
                        new BigInteger("-100000000000000000000"),
                        BigInteger.TEN.negate(),
                        BigInteger.ZERO,
                        BigInteger.TEN,
                        new BigInteger("100000000000000000000")));
        ordersAs(
                BigDecimal.class,
                List.of(
                        new BigDecimal("-10.5"),
                        new BigDecimal("-1E-9"),
                        new BigDecimal("0"),
                        new BigDecimal("0.1"),
                        new BigDecimal("9.99"),
                        new BigDecimal("1E+3")));
    }

    private <K extends Comparable<? super K>> void ordersAs(Class<K> type, List<K> keys) {
        List<K> sorted = new ArrayList<>(keys);
        Collections.sort(sorted);
        List<K> mixed = new ArrayList<>(keys);
        Collections.shuffle(mixed, new Random(Seed.value()));
        try (Cache<K, Integer> cache = cache(type.getSimpleName().toLowerCase(Locale.ROOT))
                .types(type, Integer.class)
                .build()) {
            mixed.forEach(key -> cache.put(key, 1));
            Ordered<K, Integer> ordered = Ordered.of(cache);
            assertThat(keys(ordered.byKey())).containsExactlyElementsOf(sorted);
            K middle = sorted.get(sorted.size() / 2);
            assertThat(keys(ordered.byKeyAfter(middle)))
                    .containsExactlyElementsOf(sorted.subList(sorted.size() / 2 + 1, sorted.size()));
            List<K> before = new ArrayList<>(sorted.subList(0, sorted.size() / 2));
            cache.remove(middle);
            Collections.reverse(before);
            assertThat(keys(ordered.byKeyBefore(middle))).containsExactlyElementsOf(before);
            Collections.reverse(sorted);
            sorted.remove(middle);
            assertThat(keys(ordered.byKeyDescending())).containsExactlyElementsOf(sorted);
        }
    }

    @Test
    void byKey_otherKeys_alwaysTheSameOrder() {
        if (refused()) {
            return;
        }
        Cache<List<?>, Integer> cache = listKeys("one");
        Cache<List<?>, Integer> again = listKeys("two");
        List<List<?>> keys = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            keys.add(List.of("k" + i, i));
        }
        keys.forEach(key -> cache.put(key, 1));
        Collections.reverse(keys);
        keys.forEach(key -> again.put(key, 1));
        assertThat(keys(Ordered.of(cache).byKey()))
                .hasSize(30)
                .isEqualTo(keys(Ordered.of(again).byKey()));
    }

    @SuppressWarnings("unchecked") // a list of whatever
    private Cache<List<?>, Integer> listKeys(String name) {
        return (Cache<List<?>, Integer>)
                (Cache<?, ?>) cache(name).types(List.class, Integer.class).build();
    }

    @Test
    void walk_whileOthersWrite_theLastingOnceInTheirPlaces() {
        if (refused()) {
            return;
        }
        Cache<String, Integer> cache = cacheOfNumbers();
        Ordered<String, Integer> ordered = Ordered.of(cache);
        List<Stream<Map.Entry<String, Integer>>> walks = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            cache.put("%03d".formatted(i), i);
        }
        walks.add(ordered.byInsertion());
        walks.add(ordered.byInsertionDescending());
        walks.add(ordered.byKey());
        walks.add(ordered.byKeyDescending());
        for (int w = 0; w < walks.size(); w++) {
            SplittableRandom random = Seed.random();
            List<Integer> seen = new ArrayList<>();
            try (Stream<Map.Entry<String, Integer>> walk = walks.get(w)) {
                walk.forEach(entry -> {
                    seen.add(entry.getValue());
                    int odd = 1 + 2 * random.nextInt(300);
                    cache.remove("%03d".formatted(odd));
                    cache.put("new %s".formatted(random.nextInt()), 10_000);
                    cache.put("%03d".formatted(entry.getValue() / 2 * 2 % 600), entry.getValue() / 2 * 2 % 600);
                });
            }
            List<Integer> lasting =
                    seen.stream().filter(n -> n < 600 && n % 2 == 0).toList();
            List<Integer> expected = new ArrayList<>();
            for (int i = 0; i < 600; i += 2) {
                expected.add(w % 2 == 0 ? i : 598 - i);
            }
            assertThat(lasting).as("walk %s", w).isEqualTo(expected);
            if (w < 2) {
                assertThat(seen).as("inserted later").doesNotContain(10_000);
            }
        }
    }

    @Test
    void poll_byManyThreads_eachOnce() {
        if (refused()) {
            return;
        }
        Cache<String, Integer> cache = cacheOfNumbers();
        for (int i = 0; i < 200; i++) {
            cache.put("k" + i, i);
        }
        List<Actor<List<Integer>>> takers = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            boolean first = t % 2 == 0;
            takers.add(Actor.start(() -> {
                Ordered<String, Integer> ordered = Ordered.of(cache);
                List<Integer> mine = new ArrayList<>();
                while (true) {
                    var taken = first ? ordered.pollFirst() : ordered.pollLast();
                    if (taken.isEmpty()) {
                        return mine;
                    }
                    mine.add(taken.get().getValue());
                }
            }));
        }
        TreeSet<Integer> all = new TreeSet<>();
        int count = 0;
        for (Actor<List<Integer>> taker : takers) {
            all.addAll(taker.result());
            count += taker.result().size();
        }
        assertThat(count).isEqualTo(200);
        assertThat(all).hasSize(200);
        assertThat(cache.size()).isZero();
    }

    @Test
    void orderedMap_asALinkedHashMap() {
        if (refused()) {
            return;
        }
        Map<String, Integer> map = OrderedMap.of(cacheOfNumbers());
        Map<String, Integer> model = new LinkedHashMap<>();
        SplittableRandom random = Seed.random();
        for (int i = 0; i < 500; i++) {
            String key = "k" + random.nextInt(20);
            switch (random.nextInt(5)) {
                case 0 -> assertThat(map.remove(key)).isEqualTo(model.remove(key));
                case 1 -> assertThat(map.putIfAbsent(key, i)).isEqualTo(model.putIfAbsent(key, i));
                case 2 -> assertThat(map.merge(key, i, Integer::sum)).isEqualTo(model.merge(key, i, Integer::sum));
                default -> assertThat(map.put(key, i)).isEqualTo(model.put(key, i));
            }
        }
        assertThat(new ArrayList<>(map.entrySet())).isEqualTo(new ArrayList<>(model.entrySet()));
        assertThat(new ArrayList<>(map.keySet())).isEqualTo(new ArrayList<>(model.keySet()));
        assertThat(map).isEqualTo(model).hasSameHashCodeAs(model);
        map.keySet().removeIf(key -> key.endsWith("1"));
        model.keySet().removeIf(key -> key.endsWith("1"));
        assertThat(new ArrayList<>(map.values())).isEqualTo(new ArrayList<>(model.values()));
    }

    @Test
    void orderedMap_ends_takenAtomically() {
        if (refused()) {
            return;
        }
        OrderedMap<String, Integer> map = OrderedMap.of(cacheOfNumbers());
        assertThat(map.firstEntry()).isNull();
        assertThat(map.pollLastEntry()).isNull();
        map.putAll(Map.of("a", 1));
        map.put("b", 2);
        map.put("c", 3);
        map.put("a", 4);
        assertThat(map.firstEntry()).isEqualTo(Map.entry("a", 4));
        assertThat(map.descendingIterator())
                .toIterable()
                .containsExactly(Map.entry("c", 3), Map.entry("b", 2), Map.entry("a", 4));
        assertThat(map.pollLastEntry()).isEqualTo(Map.entry("c", 3));
        assertThat(map.pollFirstEntry()).isEqualTo(Map.entry("a", 4));
        assertThat(map).hasSize(1);
        assertThat(map.lastEntry()).isEqualTo(Map.entry("b", 2));
    }

    @Test
    void orderedMap_ofACacheThatLoses_refused() {
        if (refused()) {
            return;
        }
        if (claims(Trait.EXPIRE_AFTER_WRITE)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> OrderedMap.of(cache("expiring")
                            .expireAfterWrite(Duration.ofHours(1))
                            .types(String.class, Integer.class)
                            .build()))
                    .withMessageContaining("expire-after-write");
        }
        if (claims(Trait.MAXIMUM_SIZE)) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> OrderedMap.of(cache("evicting")
                            .maximumSize(10)
                            .types(String.class, Integer.class)
                            .build()))
                    .withMessageContaining("maximum-size");
        }
    }

    @Test
    void walk_afterClose_illegalState() {
        if (refused()) {
            return;
        }
        Cache<String, Integer> cache = cacheOfNumbers();
        Ordered<String, Integer> ordered = Ordered.of(cache);
        cache.close();
        assertThatIllegalStateException().isThrownBy(() -> ordered.byKey().close());
        assertThatIllegalStateException().isThrownBy(ordered::first);
    }
}
