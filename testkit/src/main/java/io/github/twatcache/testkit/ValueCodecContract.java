package io.github.twatcache.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.TypeOf;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.CanonicalEncoding;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.key.KeyDigest;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Contract 4.9 of a format of stored values: what is read is what was written or a refusal, classes that nobody named are
 * refused at write, and a class that has changed since is refused when it is read.
 *
 * <pre>{@code
 * class MyFormatTest extends ValueCodecContract {
 *     @Override
 *     protected ValueFormat format() {
 *         return new MyFormat();
 *     }
 * }
 * }</pre>
 */
public abstract class ValueCodecContract {
    private static final AtomicInteger FOREIGN_CODE = new AtomicInteger();
    private static final CanonicalEncoding CONTENT = CanonicalEncoding.of(Encoders.standard(), KeyDigest.NONE);
    private static final int DAMAGED = 3_000;

    /** Makes a contract; JUnit calls it for each test. */
    protected ValueCodecContract() {}

    /**
     * The format under test.
     *
     * @return the format
     */
    protected abstract ValueFormat format();

    private ValueCodec codec(Type type, Class<?>... allowed) {
        return format().codec(ValueType.of(type, Set.of(allowed)));
    }

    // ---------------------------------------------------------------- what is written is read

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "not its name";
            }
        }
    }

    sealed interface Shape permits Circle, Square, Nothing {}

    record Circle(double radius) implements Shape {}

    record Square(int side, Colour colour) implements Shape {}

    enum Nothing implements Shape {
        NOTHING
    }

    record Numbers(
            boolean flag,
            byte small,
            short two,
            char unit,
            int four,
            long eight,
            float single,
            double twice,
            Integer boxed,
            BigDecimal exact,
            BigInteger whole) {}

    record Times(
            Instant instant,
            Duration duration,
            LocalDate date,
            LocalTime time,
            LocalDateTime both,
            OffsetDateTime offset,
            ZonedDateTime zoned) {}

    @SuppressWarnings("ArrayRecordComponent") // arrays in values are what is tested
    record Arrays3(
            byte[] bytes,
            int[] ints,
            long[] longs,
            double[] doubles,
            boolean[] flags,
            double[][] rows,
            String[] texts,
            Shape[] shapes) {}

    @SuppressWarnings({"OptionalUsedAsFieldOrParameterType", "unused"}) // a value that holds one is what is tested
    record Holders(
            List<String> texts,
            Set<Integer> numbers,
            Map<String, List<Long>> index,
            Optional<Shape> perhaps,
            Optional<String> not,
            OptionalInt oneInt,
            OptionalLong oneLong,
            OptionalDouble oneDouble,
            List<Shape> shapes,
            Map<Colour, UUID> byColour,
            @Nullable String nothing) {}

    static Stream<Object> values() {
        Map<String, List<Long>> index = new LinkedHashMap<>();
        index.put("b", List.of(1L, Long.MIN_VALUE));
        index.put("a", List.of());
        return Stream.of(
                "",
                "text \u00e9 \u4f60 \ud83d\ude00 \" \\ \n \u0000",
                "lone \ud800 surrogate",
                42,
                Long.MIN_VALUE,
                -0.0,
                Double.NaN,
                Double.NEGATIVE_INFINITY,
                Float.MIN_VALUE,
                'x',
                true,
                (byte) -1,
                new BigDecimal("1.00"),
                new BigDecimal("1E+30"),
                new BigDecimal("-123456789012345678901234567890.123456789"),
                new BigDecimal(BigInteger.TEN.pow(3_000), 17),
                BigInteger.TWO.pow(5_000).negate(),
                UUID.fromString("00000000-0000-0001-8000-000000000002"),
                Instant.MIN,
                Instant.ofEpochSecond(1, 999_999_999),
                LocalDate.MAX,
                Duration.ofSeconds(-1, 1),
                ZonedDateTime.of(2026, 10, 25, 2, 30, 0, 7, ZoneId.of("Europe/Berlin"))
                        .withLaterOffsetAtOverlap(),
                ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.ofHours(-3)),
                OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 1, ZoneOffset.ofTotalSeconds(3_661)),
                Colour.GREEN,
                new byte[] {0, -1, 127},
                new int[0],
                new double[] {1, Double.NaN, -0.0, Double.POSITIVE_INFINITY},
                new double[][] {{1}, {}, {2, 3}},
                new String[] {"a", null},
                new Numbers(
                        true,
                        Byte.MIN_VALUE,
                        Short.MAX_VALUE,
                        '\u00df',
                        Integer.MIN_VALUE,
                        Long.MAX_VALUE,
                        Float.NaN,
                        Double.MIN_VALUE,
                        7,
                        new BigDecimal("0.10"),
                        BigInteger.ONE),
                new Times(
                        Instant.ofEpochSecond(1, 1),
                        Duration.ofNanos(Long.MAX_VALUE),
                        LocalDate.of(-44, 3, 15),
                        LocalTime.of(1, 2, 3, 4),
                        LocalDateTime.of(2026, 2, 28, 0, 0),
                        OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC),
                        ZonedDateTime.of(2026, 6, 1, 12, 0, 0, 1, ZoneId.of("America/New_York"))),
                new Arrays3(
                        new byte[] {1},
                        new int[] {Integer.MIN_VALUE},
                        new long[] {Long.MIN_VALUE},
                        new double[] {Double.NaN},
                        new boolean[] {true, false},
                        new double[][] {{1, 2}, {3}},
                        new String[] {"x", null},
                        new Shape[] {new Circle(1), Nothing.NOTHING}),
                new Holders(
                        new ArrayList<>(Arrays.asList("a", null, "b")),
                        Set.of(3, 1, 2),
                        index,
                        Optional.of(new Square(2, Colour.GREEN)),
                        Optional.empty(),
                        OptionalInt.of(1),
                        OptionalLong.empty(),
                        OptionalDouble.of(-0.0),
                        List.of(new Circle(0.5), new Square(1, Colour.RED), Nothing.NOTHING),
                        Map.of(Colour.GREEN, new UUID(1, 2)),
                        null),
                new Circle(Double.NaN));
    }

    @ParameterizedTest
    @MethodSource("values")
    void value_written_isReadWithItsContent(Object value) {
        Class<?> type = value instanceof Enum<?> constant ? constant.getDeclaringClass() : value.getClass();
        ValueCodec codec = codec(type);
        Object back = codec.decode(codec.encode(value));
        assertThat(back).isInstanceOf(type);
        assertThat(CONTENT.encode(back)).isEqualTo(CONTENT.encode(value));
        // By another codec of the same format, as another process would.
        assertThat(CONTENT.encode(codec(type).decode(codec.encode(value)))).isEqualTo(CONTENT.encode(value));
    }

    @Test
    void value_null_isRead() {
        ValueCodec codec = codec(String.class);
        assertThat(codec.decode(codec.encode(Nil.NIL))).isSameAs(Nil.NIL);
    }

    @Test
    void value_ofSealedType_keepsItsClass() {
        ValueCodec codec = codec(Shape.class);
        for (Shape shape : List.of(new Circle(1), new Square(1, Colour.RED), Nothing.NOTHING)) {
            assertThat(codec.decode(codec.encode(shape))).isEqualTo(shape);
        }
    }

    @Test
    void value_withTypeArguments_isReadWithThem() {
        ValueCodec codec = codec(new TypeOf<Map<String, List<Optional<Shape>>>>() {}.type());
        Map<String, List<Optional<Shape>>> value =
                Map.of("a", List.of(Optional.of(new Circle(1)), Optional.empty()), "", List.of());
        assertThat(codec.decode(codec.encode(value))).isEqualTo(value);
    }

    @Test
    void value_byManyThreads_isReadByEach() throws Exception {
        ValueCodec codec = codec(Circle.class);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Boolean>> tasks = IntStream.range(0, 400)
                    .mapToObj(n ->
                            (Callable<Boolean>) () -> new Circle(n).equals(codec.decode(codec.encode(new Circle(n)))))
                    .toList();
            for (Future<Boolean> read : threads.invokeAll(tasks)) {
                assertThat(read.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void id_ofFormat_isTheSameForEachCodec() {
        assertThat(codec(String.class).id())
                .isNotBlank()
                .isEqualTo(codec(Circle.class).id());
    }

    // ---------------------------------------------------------------- no one else's code runs

    /** A class that its own code writes and reads, and that nobody has named. */
    static final class Foreign implements Serializable {
        private static final long serialVersionUID = 1;

        private final int number;

        Foreign(int number) {
            this.number = number;
        }

        private void writeObject(ObjectOutputStream out) throws IOException {
            FOREIGN_CODE.incrementAndGet();
            out.defaultWriteObject();
        }

        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            FOREIGN_CODE.incrementAndGet();
            in.defaultReadObject();
        }

        private Object readResolve() {
            FOREIGN_CODE.incrementAndGet();
            return this;
        }

        @Override
        public String toString() {
            return "foreign " + number;
        }
    }

    interface Task extends Serializable, Runnable {}

    @Test
    void value_ofClassThatNobodyNamed_isRefusedAtWrite() {
        for (Object foreign : List.of(
                new Foreign(1),
                List.of(new Foreign(1)),
                new Object[] {new Foreign(1)},
                Map.of("k", new Foreign(1)),
                (Task) () -> FOREIGN_CODE.incrementAndGet(),
                List.of((Task) () -> FOREIGN_CODE.incrementAndGet()),
                new Thread("never started"),
                new ProcessBuilder("true"))) {
            refusedAtWrite(Object.class, foreign);
        }
        refusedAtWrite(Foreign.class, new Foreign(1));
        assertThat(FOREIGN_CODE).hasValue(0);
    }

    /** Either the type is refused when the codec is made, or the value when it is written; never when it is read. */
    private void refusedAtWrite(Type declared, Object value) {
        ValueCodec codec;
        try {
            codec = codec(declared);
        } catch (ConfigurationException refused) {
            assertThat(refused).hasMessageContaining(declared.getTypeName());
            return;
        }
        assertThatExceptionOfType(SerializationException.class)
                .as("%s as %s", value.getClass(), declared)
                .isThrownBy(() -> codec.encode(value));
    }

    // ---------------------------------------------------------------- a class that has changed

    private static final String HEAD = "import java.util.*; ";

    private static String report(String components, String arguments) {
        return HEAD + "record Report(" + components + ") { static Report sample() { return new Report(" + arguments
                + "); } }";
    }

    static Stream<List<String>> changes() {
        String was = report("int a, int b", "1, 2");
        String colours = " enum Colour { RED, GREEN }";
        String shapes = " sealed interface Shape permits Circle, Square {} record Circle(int r) implements Shape {}"
                + " record Square(int r) implements Shape {}";
        return Stream.of(
                List.of("added", was, report("int a, int b, int c", "1, 2, 3")),
                List.of("added reference", was, report("int a, int b, String c", "1, 2, null")),
                List.of("removed", was, report("int a", "1")),
                List.of("reordered", was, report("int b, int a", "1, 2")),
                List.of("renamed", was, report("int a, int c", "1, 2")),
                List.of("primitive type", was, report("int a, long b", "1, 2")),
                List.of("boxed", was, report("int a, Integer b", "1, 2")),
                List.of("same width", report("long a", "1"), report("double a", "1")),
                List.of("reference type", report("String a", "\"1\""), report("UUID a", "new UUID(1, 2)")),
                List.of(
                        "type argument",
                        report("List<String> a", "List.of(\"1\")"),
                        report("List<Integer> a", "List.of(1)")),
                List.of(
                        "key type",
                        report("Map<String, String> a", "Map.of(\"1\", \"\")"),
                        report("Map<Integer, String> a", "Map.of(1, \"\")")),
                List.of(
                        "component of a component",
                        report("In a", "new In(1)") + " record In(int x) {}",
                        report("In a", "new In((short) 1)") + " record In(short x) {}"),
                List.of(
                        "constant gone",
                        report("Colour a", "Colour.GREEN") + colours,
                        report("Colour a", "Colour.RED") + " enum Colour { RED }"),
                List.of(
                        "subtype gone",
                        report("Shape a", "new Square(1)") + shapes,
                        report("Shape a", "new Circle(1)")
                                + " sealed interface Shape permits Circle {} record Circle(int r) implements Shape {}"),
                List.of("record no more", was, HEAD + "enum Report { ONE; static Report sample() { return ONE; } }"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void value_ofClassThatHasChanged_isRefusedWhenRead(List<String> change) {
        Schemas before = Schemas.compile(change.get(1));
        Schemas after = Schemas.compile(change.get(2));
        byte[] bytes = within(before, () -> {
            ValueCodec codec = codecOf(before);
            byte[] written = codec.encode(before.sample("Report"));
            assertThat(codecOf(Schemas.compile(change.get(1))).decode(written))
                    .as("unchanged, in another program")
                    .hasToString(before.sample("Report").toString());
            return written;
        });
        within(after, () -> {
            ValueCodec codec = codecOf(after);
            assertThatExceptionOfType(SerializationException.class)
                    .as(change.get(0))
                    .isThrownBy(() -> codec.decode(bytes));
            return codec.decode(codec.encode(after.sample("Report")));
        });
    }

    /** Whether what is written under one order of constants is read as the same constant under another, or refused. */
    @Test
    void constants_inAnotherOrder_areNeverAnotherConstant() {
        Schemas before = Schemas.compile(report("Colour a", "Colour.GREEN") + " enum Colour { RED, GREEN }");
        Schemas after = Schemas.compile(report("Colour a", "Colour.GREEN") + " enum Colour { GREEN, RED }");
        byte[] bytes = within(before, () -> codecOf(before).encode(before.sample("Report")));
        within(after, () -> {
            try {
                Object read = codecOf(after).decode(bytes);
                assertThat(read).hasToString("Report[a=GREEN]");
            } catch (SerializationException refused) {
                assertThat(refused).hasMessageContaining("compute it anew");
            }
            return bytes;
        });
    }

    private ValueCodec codecOf(Schemas program) {
        return codec(program.type("Report"));
    }

    private static <T> T within(ClassLoader loader, Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader mine = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(mine);
        }
    }

    // ---------------------------------------------------------------- damage

    @Test
    void bytes_atRandom_areRefusedOrAValue() {
        SplittableRandom random = Seed.random();
        ValueCodec codec = codec(Holders.class);
        for (int i = 0; i < DAMAGED; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            readOrRefused(codec, bytes);
        }
    }

    @Test
    void bytes_damaged_areRefusedOrAValue() {
        SplittableRandom random = Seed.random();
        List<Object> samples = values().filter(Record.class::isInstance).toList();
        for (Object sample : samples) {
            ValueCodec codec = codec(sample.getClass());
            byte[] whole = codec.encode(sample);
            for (int i = 0; i < DAMAGED / samples.size(); i++) {
                byte[] bytes = whole.clone();
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
                }
                readOrRefused(codec, bytes);
            }
            for (int length = 0; length < whole.length; length++) {
                readOrRefused(codec, Arrays.copyOf(whole, length));
            }
        }
    }

    private static void readOrRefused(ValueCodec codec, byte[] bytes) {
        try {
            assertThat(codec.decode(bytes)).isNotNull();
        } catch (SerializationException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }
}
