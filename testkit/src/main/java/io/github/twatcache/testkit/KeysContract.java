package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contracts 4.1 to 4.3: never a wrong value. Keys that differ in type or content are two, keys of the same content are
 * one, what changes after the call was never the key, and what cannot work as a key is refused.
 */
@Contract("4.1-4.3 keys")
public abstract class KeysContract extends EngineContract {
    /** Makes a contract. */
    protected KeysContract() {}

    record Point(int x, int y) {}

    record Place(int x, int y) {}

    @SuppressWarnings("ArrayRecordComponent") // a key that holds an array is what is tested
    record Track(String name, double[] points) {}

    enum Colour {
        RED,
        GREEN
    }

    /** A class without equals: two of the same content are two keys, and never found again. */
    static final class Opaque {}

    private Cache<Object, String> cacheOfAnything() {
        return cache().types(Object.class, String.class).build();
    }

    /** Each differs from each other one. */
    private static List<Object> distinct() {
        return List.of(
                1,
                1L,
                1.0,
                1.0f,
                (short) 1,
                (byte) 1,
                '1',
                "1",
                true,
                "true",
                0,
                0.0,
                -0.0,
                0.0f,
                -0.0f,
                Double.NaN,
                Float.NaN,
                BigInteger.ONE,
                BigDecimal.ONE,
                "",
                " ",
                "a\0b",
                "a",
                "\u00e9",
                "e\u0301",
                "\ud800",
                "?",
                List.of(),
                Set.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(1),
                List.of(1),
                List.of(1L),
                Set.of(1),
                List.of("a b", "c"),
                List.of("a", "b c"),
                List.of(List.of("a"), "b"),
                List.of("a", List.of("b")),
                Map.of("a", "b"),
                List.of("a", "b"),
                Map.of("a", 1, "b", 2),
                Map.of("a", 2, "b", 1),
                new int[] {1},
                new long[] {1},
                new short[] {1},
                new byte[] {1},
                new char[] {'1'},
                new boolean[] {true},
                new double[] {0.0},
                new double[] {-0.0},
                new int[0],
                new long[0],
                new Object[0],
                new Object[] {1},
                new String[] {"1"},
                new int[][] {{1}, {2}},
                new int[][] {{1, 2}},
                new int[][] {{}, {1, 2}},
                new Point(1, 2),
                new Place(1, 2),
                new Point(2, 1),
                Colour.RED,
                Colour.GREEN,
                "RED",
                new Track("a", new double[] {1, 2}),
                new Track("a", new double[] {1, 3}),
                Duration.ofSeconds(1),
                Instant.ofEpochSecond(1),
                LocalDate.ofEpochDay(1),
                new UUID(0, 1),
                int.class,
                Integer.class,
                arrayOf(2_000, 1_000, 7),
                arrayOf(2_000, 1_000, 8));
    }

    private static long[] arrayOf(int length, int at, long value) {
        long[] array = new long[length];
        array[at] = value;
        return array;
    }

    @Test
    void key_everyPairOfDistinctOnes_keepsItsOwnValue() {
        Cache<Object, String> cache = cacheOfAnything();
        List<Object> keys = distinct();
        for (int i = 0; i < keys.size(); i++) {
            cache.put(keys.get(i), "value " + i);
        }
        for (int i = 0; i < keys.size(); i++) {
            assertThat(cache.getIfPresent(keys.get(i)))
                    .as("key %s of %s", i, keys.get(i).getClass())
                    .isEqualTo("value " + i);
        }
        assertThat(cache.size()).isEqualTo(keys.size());
    }

    @Test
    void argument_everyPairOfDistinctOnes_isComputedOnItsOwn() {
        AtomicInteger runs = new AtomicInteger();
        Cached1<Object, Integer, RuntimeException> number = cache().memoize((Object any) -> runs.incrementAndGet());
        List<Integer> first = distinct().stream().map(number::apply).toList();
        assertThat(first).doesNotHaveDuplicates().hasSize(distinct().size());
        assertThat(distinct().stream().map(number::apply).toList()).isEqualTo(first);
        assertThat(runs).hasValue(first.size());
    }

    static Stream<Arguments> twins() {
        Map<String, Supplier<Object>> twins = new LinkedHashMap<>();
        twins.put("NaN", () -> Double.longBitsToDouble(Double.doubleToRawLongBits(Double.NaN)));
        twins.put("string", () -> "texts".substring(0, 4));
        twins.put("int array", () -> new int[] {1, 2, 3});
        twins.put("deep array", () -> new Object[] {new int[] {1}, "a", new Object[] {2L, new String[] {"b"}}});
        twins.put("record with array", () -> new Track("t", new double[] {1, Double.NaN}));
        twins.put("list of arrays", () -> new ArrayList<>(List.of(new int[] {1}, new byte[] {2})));
        twins.put("optional of array", () -> Optional.of(new char[] {'x'}));
        twins.put("map to arrays", () -> new HashMap<>(Map.of("a", new long[] {1})));
        twins.put("list of null", () -> Arrays.asList(1, null));
        twins.put("big array", () -> arrayOf(100_000, 50_000, 1));
        twins.put("record", () -> new Point(3, 4));
        twins.put("big decimal", () -> new BigDecimal("1.50"));
        return twins.entrySet().stream().map(twin -> Arguments.of(twin.getKey(), twin.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("twins")
    void key_sameContent_sameEntry(String name, Supplier<Object> key) {
        Cache<Object, String> cache = cacheOfAnything();
        cache.put(key.get(), "value");
        assertThat(cache.getIfPresent(key.get())).isEqualTo("value");
        assertThat(cache.putIfAbsent(key.get(), "other")).isFalse();
        assertThat(cache.remove(key.get())).isTrue();
        AtomicInteger runs = new AtomicInteger();
        Cached1<Object, Integer, RuntimeException> number =
                cache("calls").memoize((Object any) -> runs.incrementAndGet());
        assertThat(number.apply(key.get())).isEqualTo(number.apply(key.get()));
        assertThat(runs).hasValue(1);
    }

    @Test
    void key_setAndMap_orderIsNoContent() {
        Cache<Object, String> cache = cacheOfAnything();
        cache.put(new LinkedHashSet<>(List.of(1, 2, 3)), "set");
        assertThat(cache.getIfPresent(new LinkedHashSet<>(List.of(3, 2, 1)))).isEqualTo("set");
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("a", new int[] {1});
        one.put("b", 2);
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("b", 2);
        other.put("a", new int[] {1});
        cache.put(one, "map");
        assertThat(cache.getIfPresent(other)).isEqualTo("map");
    }

    @Test
    void key_changedAfterTheCall_wasNeverTheKey() {
        Cache<Object, String> cache = cacheOfAnything();
        int[] array = {1, 2};
        List<Object> list = new ArrayList<>(List.of("a", new int[] {5}));
        cache.put(array, "array");
        cache.put(list, "list");
        array[0] = 9;
        ((int[]) list.get(1))[0] = 9;
        list.add("more");
        assertThat(cache.getIfPresent(new int[] {1, 2})).isEqualTo("array");
        assertThat(cache.getIfPresent(new int[] {9, 2})).isNull();
        assertThat(cache.getIfPresent(List.of("a", new int[] {5}))).isEqualTo("list");
        assertThat(cache.getIfPresent(list)).isNull();
    }

    @Test
    void argument_changedByTheFunction_keyIsWhatWasPassed() {
        Cached1<int[], Integer, RuntimeException> sum = cache().memoize((int[] numbers) -> {
            int before = Arrays.stream(numbers).sum();
            numbers[0] = 100;
            return before;
        });
        assertThat(sum.apply(new int[] {1, 2})).isEqualTo(3);
        assertThat(sum.peek(new int[] {1, 2}).present()).isTrue();
        assertThat(sum.peek(new int[] {100, 2}).present()).isFalse();
        assertThat(sum.apply(new int[] {100, 2})).isEqualTo(102);
    }

    @Test
    void arguments_sameWordsSplitOtherwise_differ() {
        Cached2<String, String, String, RuntimeException> joined = cache().memoize((String a, String b) -> a + "|" + b);
        assertThat(joined.apply("a b", "c")).isEqualTo("a b|c");
        assertThat(joined.apply("a", "b c")).isEqualTo("a|b c");
        assertThat(joined.apply("", "a")).isEqualTo("|a");
        assertThat(joined.apply("a", "")).isEqualTo("a|");
        assertThat(joined.size()).isEqualTo(4);
    }

    private record Shop(String name) {
        String price(int item) {
            return name + " " + item;
        }
    }

    @Test
    void memoize_twoReceiversOfOneMethod_neverShareResults() {
        Shop near = new Shop("near");
        Shop far = new Shop("far");
        Cached1<Integer, String, RuntimeException> first = cache().memoize(near::price);
        Cached1<Integer, String, RuntimeException> second = cache().memoize(far::price);
        assertThat(first.apply(1)).isEqualTo("near 1");
        assertThat(second.apply(1)).isEqualTo("far 1");
        assertThat(first.apply(1)).isEqualTo("near 1");
    }

    private Cached1<String, String, RuntimeException> prefixing(String prefix) {
        return cache().memoize((String text) -> prefix + text);
    }

    @Test
    void memoize_twoClosuresOfOneLambda_neverShareResults() {
        assertThat(prefixing("a").apply("x")).isEqualTo("ax");
        assertThat(prefixing("b").apply("x")).isEqualTo("bx");
        assertThat(prefixing("a").peek("x").present()).isTrue();
    }

    @Test
    void memoize_anotherFunctionUnderTheName_refused() {
        cache().memoize((String text) -> text + 1);
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> cache().memoize((String text) -> text + 2))
                .withMessageContaining("conformance");
    }

    @Test
    void key_withoutEquals_refusedNamingTheClass() {
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> cacheOfAnything().put(new Opaque(), "value"))
                .withMessageContaining("Opaque");
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> cacheOfAnything().get(List.of(new Opaque()), key -> "value"))
                .withMessageContaining("Opaque");
        assertThat(cacheOfAnything().size()).isZero();
    }

    @Test
    void argument_whoseTypeHasNoEquals_refusedByMemoize() {
        assertThatExceptionOfType(KeyException.class)
                .isThrownBy(() -> cache().memoize((Opaque thing) -> 1))
                .withMessageContaining("Opaque");
    }

    @Test
    @SuppressWarnings("NullAway") // null is what is refused
    void key_null_nullPointerException() {
        Cache<Object, String> cache = cacheOfAnything();
        Object none = absent();
        assertThatNullPointerException().isThrownBy(() -> cache.put(none, "value"));
        assertThatNullPointerException().isThrownBy(() -> cache.getIfPresent(none));
        assertThatNullPointerException().isThrownBy(() -> cache.peek(none));
        assertThatNullPointerException().isThrownBy(() -> cache.get(none, key -> "value"));
        assertThatNullPointerException().isThrownBy(() -> cache.remove(none));
        assertThatNullPointerException().isThrownBy(() -> cache.putIfAbsent(none, "value"));
        assertThatNullPointerException().isThrownBy(() -> cache.asMap().put(none, "value"));
        assertThat(cache.size()).isZero();
    }

    private static @Nullable Object absent() {
        return null;
    }
}
