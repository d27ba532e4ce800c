package io.github.twatcache.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.Nil;
import java.io.File;
import java.math.BigDecimal;
import java.net.URL;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Stack;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

// Old classes of the JDK must come back as what they were.
@SuppressWarnings({"JdkObsolete", "JavaUtilDate"})
final class CanonicalCodecTest {
    private static final CanonicalCodec CODEC = new CanonicalCodec();

    private static Object back(Object value) {
        return CODEC.decode(CODEC.encode(value));
    }

    @Test
    void decode_fromTheBeginningOfAnArray_keepsNothingOfIt() {
        KeyVectors.keys().forEach((name, value) -> {
            byte[] written = CODEC.encode(Nil.mask(value));
            byte[] lent = Arrays.copyOf(written, written.length + 100);
            Object read = CODEC.decode(new byte[0], lent, written.length);
            Arrays.fill(lent, (byte) 0x55);
            assertThat(CODEC.encode(read)).as(name).isEqualTo(written);
            assertThatThrownBy(() -> CODEC.decode(new byte[0], Arrays.copyOf(written, 1_000_000), written.length - 1))
                    .as(name)
                    .isInstanceOf(SerializationException.class);
        });
    }

    @Test
    void decode_everyVector_hasTheContentThatWasWritten() {
        KeyVectors.keys().forEach((name, value) -> {
            byte[] key = CanonicalEncoding.standard().encode(value);
            Object read = Nil.unmask(back(Nil.mask(value)));
            assertThat(CanonicalEncoding.standard().encode(read)).as(name).isEqualTo(key);
            if (value != null
                    && value.getClass().getModule() == Object.class.getModule()
                    && !(value instanceof Collection)
                    && !(value instanceof Map)
                    && !(value instanceof Map.Entry)) {
                assertThat(read).as(name).hasSameClassAs(value);
            }
        });
        KeyVectors.values()
                .forEach((name, value) ->
                        assertThat(CODEC.encode(back(value))).as(name).isEqualTo(CODEC.encode(value)));
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Numbers(double one, float small, Double[] more) {}

    @Test
    void decode_aNanOfItsOwn_hasTheSameBits() {
        double odd = Double.longBitsToDouble(0x7ff8000000000123L);
        float small = Float.intBitsToFloat(0x7fc00123);
        assertThat(bits((Double) back(odd))).isEqualTo(bits(odd));
        assertThat(Float.floatToRawIntBits((Float) back(small))).isEqualTo(0x7fc00123);
        assertThat(bits(((OptionalDouble) back(OptionalDouble.of(odd))).orElseThrow()))
                .isEqualTo(bits(odd));
        assertThat(bits((Double) ((List<?>) back(List.of(odd))).get(0))).isEqualTo(bits(odd));
        Numbers numbers = (Numbers) back(new Numbers(odd, small, new Double[] {odd}));
        assertThat(bits(numbers.one())).isEqualTo(bits(odd));
        assertThat(Float.floatToRawIntBits(numbers.small())).isEqualTo(0x7fc00123);
        assertThat(bits(numbers.more()[0])).isEqualTo(bits(odd));
        assertThat(CanonicalEncoding.standard().encode(odd))
                .as("in a key one NaN stands for all")
                .isEqualTo(CanonicalEncoding.standard().encode(Double.NaN));
    }

    private static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }

    @Test
    void decode_keysThatWereWrittenWhole_giveTheContent() {
        CanonicalKeyCodec<Object> keys = new CanonicalKeyCodec<>(Encoders.standard());
        KeyVectors.keys().forEach((name, value) -> {
            byte[] bytes = keys.encoded(Nil.mask(value));
            assertThat(keys.encoded(keys.decode(bytes))).as(name).isEqualTo(bytes);
        });
    }

    @Test
    void decode_null_isItsStandIn() {
        assertThat(back(Nil.NIL)).isSameAs(Nil.NIL);
        assertThat(back(Arrays.asList(null, 1))).isEqualTo(Arrays.asList(null, 1));
    }

    @Test
    void decode_collections_haveTheirClassAgain() {
        Stack<Integer> stack = new Stack<>();
        stack.push(1);
        Map<Object, Object> map = new LinkedHashMap<>(Map.of("a", 1));
        for (Object value : List.of(
                new ArrayList<>(List.of(1)),
                new LinkedList<>(List.of(1)),
                new Vector<>(List.of(1)),
                stack,
                new LinkedHashSet<>(List.of(2, 1)),
                new TreeSet<>(Comparator.reverseOrder()),
                EnumSet.of(TimeUnit.DAYS),
                EnumSet.noneOf(TimeUnit.class),
                new EnumMap<>(Map.of(TimeUnit.DAYS, 1)),
                ConcurrentHashMap.newKeySet(),
                map,
                new TreeMap<>(map),
                new ConcurrentHashMap<>(map),
                new ConcurrentSkipListMap<>(map))) {
            assertThat(back(value)).hasSameClassAs(value).isEqualTo(value);
        }
        LinkedBlockingQueue<Integer> bounded = new LinkedBlockingQueue<>(3);
        bounded.add(1);
        LinkedBlockingQueue<?> read = (LinkedBlockingQueue<?>) back(bounded);
        assertThat(read.toArray()).containsExactly(1);
        assertThat(read.remainingCapacity()).isEqualTo(2);
    }

    @Test
    void decode_linkedMapsAndSets_keepTheirOrder() {
        Map<String, Integer> map = new LinkedHashMap<>();
        for (String key : List.of("z", "a", "m", "b")) {
            map.put(key, 1);
        }
        assertThat(((Map<?, ?>) back(map)).keySet().toArray()).containsExactly("z", "a", "m", "b");
        assertThat(((Collection<?>) back(new ArrayList<>(map.keySet()))).toArray())
                .containsExactly("z", "a", "m", "b");
        assertThat(((Collection<?>) back(map.keySet())).toArray()).containsExactly("z", "a", "m", "b");
    }

    @Test
    void decode_unmodifiableCollections_areUnmodifiableAgain() {
        for (Object value :
                List.of(List.of(1), Collections.emptyList(), Collections.unmodifiableList(new ArrayList<>()))) {
            assertThatThrownBy(() -> ((List<?>) back(value)).add(null))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
        Object sorted = back(Collections.unmodifiableNavigableSet(new TreeSet<>(List.of(2, 1))));
        assertThat(sorted).isInstanceOf(NavigableSet.class).isEqualTo(new TreeSet<>(List.of(1, 2)));
        assertThatThrownBy(() -> ((Map<?, ?>) back(Map.of(1, 2))).remove(1))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void decode_oddValues_areTheSame() throws Exception {
        for (Object value : List.of(
                new Locale("ja", "JP", "JP"),
                new Locale("no", "NO", "NY"),
                Locale.ROOT,
                new File("a b"),
                Charset.forName("ISO-8859-1"),
                new BigDecimal("1E+400"),
                new Date(-1),
                Thread.State.NEW,
                "\udc00\ud800")) {
            assertThat(back(value)).isEqualTo(value);
        }
        assertThat(back(new URL("https://a/b"))).hasToString("https://a/b");
        assertThat(((Pattern) back(Pattern.compile("a", Pattern.DOTALL))).flags())
                .isEqualTo(Pattern.DOTALL);
    }

    /** A record whose constructor refuses. */
    record Even(int number) {
        Even {
            if (number % 2 != 0) {
                throw new IllegalArgumentException();
            }
        }
    }

    @Test
    void decode_recordThatRefusesItsComponents_isAMiss() {
        byte[] bytes = CODEC.encode(new Even(2));
        bytes[bytes.length - 4] = 3;
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("Even");
    }

    /** Generic, and holds itself. */
    record Node<T>(T item, Node<T> next) {}

    @Test
    void decode_localGenericAndNestedRecords_areEqual() {
        record Local(Node<String> first, List<Integer> rest) {}
        Local local = new Local(new Node<>("a", new Node<>("b", null)), List.of(1));
        assertThat(back(local)).isEqualTo(local);
        assertThat(back(new Local(null, null))).isEqualTo(new Local(null, null));
    }

    @Test
    void decode_recordOfAnotherShape_isRefusedRatherThanMisread() {
        byte[] bytes = CODEC.encode(new Even(2));
        String hex = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        byte[] renamed = hex.replace("number", "nummer").getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> CODEC.decode(renamed))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("components of the record");
    }

    /** Tells when it is initialised. */
    static final class Armed {
        static {
            System.setProperty("twat.test.armed", "fired");
        }

        private Armed() {}
    }

    @Test
    void decode_namesOfOtherClasses_neverInitialiseThem() {
        byte[] bytes = CODEC.encode(Armed.class);
        assertThat(CODEC.decode(bytes)).isEqualTo(Armed.class);
        for (int tag : new int[] {Tag.ENUM, Tag.RECORD}) {
            byte[] forged = Arrays.copyOf(bytes, bytes.length + 3);
            forged[2] = (byte) tag;
            assertThatThrownBy(() -> CODEC.decode(forged))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("is not a");
        }
        assertThat(System.getProperty("twat.test.armed")).isNull();
    }

    @Test
    void encode_whatCouldNotBeReadBack_isRefused() {
        Object own = new ArrayList<Integer>() {};
        for (Object refused : List.of(
                own,
                new TreeSet<>(Comparator.comparing(Object::toString)),
                new EnumMap<>(TimeUnit.class),
                new java.util.WeakHashMap<>(),
                new Thread(),
                new Exception())) {
            assertThatThrownBy(() -> CODEC.encode(refused))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("a value cannot be encoded: ");
        }
    }

    @Test
    void decode_registeredType_comesBack() {
        Encoders encoders = Encoders.standard()
                .register(CanonicalEncodingTest.Money.class, "money", m -> m.cents, CanonicalEncodingTest.Money::new);
        CanonicalCodec codec = new CanonicalCodec(encoders);
        byte[] bytes = codec.encode(List.of(new CanonicalEncodingTest.Money(7)));
        assertThat(((List<?>) codec.decode(bytes)).get(0))
                .isInstanceOfSatisfying(
                        CanonicalEncodingTest.Money.class,
                        m -> assertThat(m.cents).isEqualTo(7));
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("encoder");
    }

    @Test
    void decode_digests_areRefusedWithTheirReason() {
        byte[] bytes = CanonicalEncoding.standard().encode(new byte[5000]);
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("digest");
    }

    @Test
    void decode_withALoaderThatLacksTheClass_isRefused() {
        byte[] bytes = CODEC.encode(new Even(2));
        CanonicalCodec bare = new CanonicalCodec(Encoders.standard(), ClassLoader.getPlatformClassLoader());
        assertThatThrownBy(() -> bare.decode(bytes))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot be found");
        assertThat(Objects.requireNonNull(bare.decode(CODEC.encode(1)))).isEqualTo(1);
    }
}
