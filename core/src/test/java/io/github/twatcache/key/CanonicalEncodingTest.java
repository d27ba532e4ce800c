package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.Nil;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.sql.Timestamp;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

final class CanonicalEncodingTest {
    private static final CanonicalEncoding ENCODING = CanonicalEncoding.standard();

    private static void assertSame(Object... equals) {
        for (Object each : equals) {
            assertThat(ENCODING.encode(each)).as(each.getClass().getName()).isEqualTo(ENCODING.encode(equals[0]));
        }
    }

    private static void assertAllDiffer(Object... different) {
        for (int i = 0; i < different.length; i++) {
            for (int j = 0; j < i; j++) {
                assertThat(ENCODING.encode(different[i]))
                        .as("%d and %d", i, j)
                        .isNotEqualTo(ENCODING.encode(different[j]));
            }
        }
    }

    @Test
    void encode_oneOfEveryType_differs() {
        assertAllDiffer(
                1,
                1L,
                1.0,
                1.0f,
                (short) 1,
                (byte) 1,
                '1',
                "1",
                true,
                (char) 1,
                List.of(1),
                new int[] {1},
                new long[] {1},
                new Object[] {1},
                new Integer[] {1},
                new Number[] {1},
                new TreeSet<>(List.of(1)));
    }

    @Test
    void encode_zeroesAndNans_differAsSpecified() {
        assertAllDiffer(-0.0, 0.0, -0.0f, 0.0f, new double[] {-0.0}, new double[] {0.0});
        assertSame(Double.NaN, Double.longBitsToDouble(0xfff8000000000001L));
        assertSame(List.of(Float.NaN), List.of(Float.intBitsToFloat(0xffc00001)));
        assertAllDiffer(new double[] {Double.NaN}, new double[] {Double.longBitsToDouble(0x7ff8000000000001L)});
    }

    @Test
    void encode_nullAndItsStandIn_areTheSame() {
        assertThat(ENCODING.encode(Nil.NIL)).isEqualTo(ENCODING.encode(null));
        assertSame(Arrays.asList(1, null), Arrays.asList(1, Nil.NIL));
        assertAllDiffer(new Object[] {null}, new Object[] {}, new Object[] {null, null}, Nil.NIL, "null");
    }

    @Test
    // A LinkedList is a list like any other.
    @SuppressWarnings("JdkObsolete")
    void encode_listsOfAnyClass_areTheSame() {
        List<Object> own = new AbstractList<>() {
            @Override
            public Object get(int index) {
                return index + 1;
            }

            @Override
            public int size() {
                return 2;
            }
        };
        assertSame(
                List.of(1, 2),
                new ArrayList<>(List.of(1, 2)),
                new LinkedList<>(List.of(1, 2)),
                Arrays.asList(1, 2),
                Collections.unmodifiableList(List.of(1, 2)),
                List.of(0, 1, 2).subList(1, 3),
                new CopyOnWriteArrayList<>(List.of(1, 2)),
                own);
        assertAllDiffer(List.of(1, 2), List.of(2, 1), List.of(List.of(1), 2), List.of(1, List.of(2)));
    }

    @Test
    void encode_setsAndMapsOfAnyOrder_areTheSame() {
        assertSame(
                new LinkedHashSet<>(List.of("b", "a", "c")),
                new LinkedHashSet<>(List.of("c", "b", "a")),
                new HashSet<>(List.of("a", "b", "c")),
                new TreeSet<>(List.of("a", "b", "c")).descendingSet());
        Map<String, Object> forth = new LinkedHashMap<>();
        forth.put("a", new int[] {1});
        forth.put("b", List.of(1));
        Map<String, Object> back = new TreeMap<>(Comparator.reverseOrder());
        back.put("b", new ArrayList<>(List.of(1)));
        back.put("a", new int[] {1});
        assertSame(forth, back, new HashMap<>(forth), new ConcurrentHashMap<>(back), Collections.unmodifiableMap(back));
        assertSame(List.of(Map.of(1, List.of(forth))), List.of(Map.of(1, List.of(back))));
    }

    @Test
    void encode_priorityQueues_areToldApartByTheirOrder() {
        PriorityQueue<Integer> reverse = new PriorityQueue<>(Comparator.reverseOrder());
        reverse.add(1);
        assertAllDiffer(new PriorityQueue<>(List.of(1)), reverse);
        PriorityQueue<Integer> own = new PriorityQueue<>(Comparator.comparing(Object::toString));
        assertThatThrownBy(() -> ENCODING.encode(own))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("comparator");
    }

    @Test
    void encode_bulkContent_countsToTheLastBit() {
        for (KeyDigest digest : KeyDigest.values()) {
            CanonicalEncoding encoding = CanonicalEncoding.of(Encoders.standard(), digest);
            double[] numbers = new double[20_000];
            byte[] before = encoding.encode(numbers);
            assertThat(encoding.encode(numbers.clone())).isEqualTo(before);
            numbers[10_000] = Double.MIN_VALUE;
            assertThat(encoding.encode(numbers)).isNotEqualTo(before);
            assertThat(encoding.encode(new long[20_000])).isNotEqualTo(before);
            assertThat(encoding.encode(new double[20_001])).isNotEqualTo(before);
            assertThat(encoding.encode("x".repeat(5000))).isNotEqualTo(encoding.encode("x".repeat(4999) + "y"));
        }
    }

    @Test
    void encode_bulkContent_hashesItsLittleEndianBytes() {
        double[] numbers = new SplittableRandom(1).doubles(10_001).toArray();
        ByteBuffer bytes = ByteBuffer.allocate(numbers.length * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asDoubleBuffer().put(numbers);
        byte[] ofNumbers = ENCODING.encode(numbers);
        byte[] ofBytes = ENCODING.encode(bytes.array());
        assertThat(Arrays.copyOfRange(ofNumbers, ofNumbers.length - 16, ofNumbers.length))
                .isEqualTo(Arrays.copyOfRange(ofBytes, ofBytes.length - 16, ofBytes.length));
    }

    @Test
    void encode_contentOf4096Bytes_isWholeAndOneMoreIsADigest() {
        assertThat(ENCODING.encode(new byte[4096])).hasSizeGreaterThan(4096);
        assertThat(ENCODING.encode(new byte[4097])).hasSizeLessThan(40);
        assertThat(ENCODING.encode("x".repeat(2048))).hasSizeGreaterThan(2048);
        assertThat(ENCODING.encode("x".repeat(2049))).hasSizeLessThan(40);
    }

    /** An accessor that answers something else. */
    record Secret(String word) {
        @Override
        public String word() {
            return "***";
        }
    }

    @Test
    void encode_recordsWithLyingAccessors_areToldApart() {
        assertAllDiffer(new Secret("a"), new Secret("b"));
    }

    @Test
    void encode_whatIsNoValue_namesTheClassItsHolderAndTheWaysOut() {
        assertThatThrownBy(() -> ENCODING.encode(List.of(new StringBuilder("password"))))
                .isInstanceOf(KeyException.class)
                .hasMessageContainingAll("java.lang.StringBuilder", "inside java.util", "record", "encoder", "keyBy")
                .hasMessageNotContaining("password");
        Runnable hidden = () -> {};
        for (Object refused : List.of(
                new Thread(),
                hidden,
                hidden.getClass(),
                new Timestamp(1),
                new IdentityHashMap<>(),
                new Object(),
                new Properties(withDefault()))) {
            assertThatThrownBy(() -> ENCODING.encode(refused)).isInstanceOf(KeyException.class);
        }
    }

    private static Properties withDefault() {
        Properties defaults = new Properties();
        defaults.setProperty("a", "b");
        return defaults;
    }

    @Test
    void encode_whatContainsItself_isRefusedAtOnce() {
        List<Object> self = new ArrayList<>();
        self.add(self);
        self.add(self);
        Object[] array = new Object[2];
        array[1] = Map.of("a", List.of((Object) array));
        for (Object circle : new Object[] {self, array}) {
            assertThatThrownBy(() -> ENCODING.encode(circle))
                    .isInstanceOf(KeyException.class)
                    .hasMessageContaining("contains itself");
        }
    }

    @Test
    void encode_deepNesting_isRefusedBeyond500() {
        Object deep = "core";
        for (int i = 0; i < 500; i++) {
            deep = List.of(deep);
        }
        ENCODING.encode(deep);
        Object deeper = List.of(deep);
        assertThatThrownBy(() -> ENCODING.encode(deeper))
                .isInstanceOf(KeyException.class)
                .hasMessageContaining("more than 500 deep");
    }

    /** A class that nobody knows. */
    static class Money {
        final long cents;

        Money(long cents) {
            this.cents = cents;
        }
    }

    /** A subclass of it. */
    static final class Coins extends Money {
        Coins(long cents) {
            super(cents);
        }
    }

    @Test
    void encode_registeredTypes_serveSubclassesToo() {
        Encoders encoders = Encoders.standard().register(Money.class, "money", m -> m.cents, Money::new);
        CanonicalEncoding encoding = CanonicalEncoding.of(encoders, KeyDigest.XXH3_128);
        assertThat(encoding.encode(new Money(1))).isEqualTo(encoding.encode(new Coins(1)));
        assertThat(encoding.encode(new Money(1))).isNotEqualTo(encoding.encode(new Money(2)));
        Encoders two = encoders.register(Coins.class, "coins", c -> c.cents, Coins::new);
        CanonicalEncoding apart = CanonicalEncoding.of(two, KeyDigest.XXH3_128);
        assertThat(apart.encode(new Money(1))).isNotEqualTo(apart.encode(new Coins(1)));
        assertThatThrownBy(() -> encoders.register(Coins.class, "money", c -> c.cents, Coins::new))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'money'");
    }

    @Test
    void refusal_declaredTypes_speaksOfThoseThatCannotWorkOnly() {
        for (Class<?> open : List.of(
                Object.class,
                Number.class,
                Comparable.class,
                List.class,
                HashMap.class,
                int.class,
                int[][].class,
                Class.class,
                Thread.State.class,
                Record.class)) {
            assertThat(ENCODING.refusal(open)).as(open.getName()).isEmpty();
        }
        for (Class<?> refused : List.of(Thread.class, StringBuilder.class, Money.class, Coins[][].class)) {
            assertThat(ENCODING.refusal(refused)).as(refused.getName()).isPresent();
        }
        assertThat(Encoders.standard()
                        .register(Coins.class, "c", c -> c.cents, Coins::new)
                        .refusal(Money.class))
                .isEmpty();
    }
}
