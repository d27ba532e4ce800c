package io.github.twatcache.key;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.PriorityQueue;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The named values whose encodings are pinned; run as a program it prints their digests. */
final class KeyVectors {
    private KeyVectors() {}

    sealed interface Shape permits Circle, Square {}

    record Circle(double radius) implements Shape {}

    // What records that hold arrays are told apart by is the question.
    @SuppressWarnings("ArrayRecordComponent")
    record Square(@Nullable Object side, int[] corners) implements Shape {}

    enum Suit {
        HEARTS,
        SPADES {
            @Override
            public String toString() {
                return "a body of its own";
            }
        }
    }

    /** In the form of a key. */
    static Map<String, @Nullable Object> keys() {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        scalars(keys);
        times(keys);
        named(keys);
        arrays(keys);
        holders(keys);
        return keys;
    }

    private static void scalars(Map<String, @Nullable Object> keys) {
        keys.put("null", null);
        keys.put("false", false);
        keys.put("true", true);
        keys.put("byte", (byte) -1);
        keys.put("short", (short) 1);
        keys.put("char", '1');
        keys.put("int", 1);
        keys.put("int-min", Integer.MIN_VALUE);
        keys.put("long", 1L);
        keys.put("float", 1.0f);
        keys.put("float-nan", Float.intBitsToFloat(0x7fc01234));
        keys.put("double", 1.0);
        keys.put("double-minus-zero", -0.0);
        keys.put("double-nan", Double.longBitsToDouble(0xfff8000000000123L));
        keys.put("string", "1");
        keys.put("string-empty", "");
        keys.put("string-latin", "\u00e9\u00ff");
        keys.put("string-wide", "\u0130\u0131\u20ac");
        keys.put("string-lone-surrogate", "a\ud800");
        keys.put("string-200", "x".repeat(200));
        keys.put("string-bulk", "x".repeat(2049));
        keys.put("big-integer", new BigInteger("-129"));
        keys.put("big-decimal", new BigDecimal("1.00"));
        keys.put("bit-set", BitSet.valueOf(new long[] {5, 1}));
        keys.put("optional-int", OptionalInt.of(7));
        keys.put("optional-long", OptionalLong.empty());
        keys.put("optional-double", OptionalDouble.of(0.5));
    }

    private static void times(Map<String, @Nullable Object> keys) {
        LocalDateTime moment = LocalDateTime.of(2024, 2, 29, 23, 59, 58, 1);
        keys.put("instant", Instant.ofEpochSecond(-1, 999_999_999));
        keys.put("duration", Duration.ofMillis(-1));
        keys.put("period", Period.of(1, -2, 3));
        keys.put("local-date", LocalDate.of(-1, 12, 31));
        keys.put("local-time", LocalTime.of(1, 2, 3, 4));
        keys.put("local-date-time", moment);
        keys.put("offset-time", OffsetTime.of(1, 2, 3, 4, ZoneOffset.ofHours(-5)));
        keys.put("offset-date-time", OffsetDateTime.of(moment, ZoneOffset.ofHoursMinutes(5, 30)));
        keys.put("zoned-date-time", ZonedDateTime.of(moment, ZoneId.of("Europe/Berlin")));
        keys.put("year", Year.of(2024));
        keys.put("year-month", YearMonth.of(2024, 2));
        keys.put("month-day", MonthDay.of(2, 29));
        keys.put("zone-offset", ZoneOffset.UTC);
        keys.put("zone-region", ZoneId.of("UTC"));
        keys.put("day-of-week", DayOfWeek.MONDAY);
    }

    private static void named(Map<String, @Nullable Object> keys) {
        keys.put("uuid", new UUID(1, 2));
        keys.put("uri", URI.create("http://a/b?c#d"));
        keys.put("path", Path.of("a"));
        keys.put("locale", Locale.forLanguageTag("zh-Hant-TW-u-nu-hanidec"));
        keys.put("currency", Currency.getInstance("EUR"));
        keys.put("charset", StandardCharsets.UTF_8);
        keys.put("pattern", Pattern.compile("a+", Pattern.CASE_INSENSITIVE));
        keys.put("class", String[].class);
        keys.put("class-primitive", int.class);
    }

    private static void arrays(Map<String, @Nullable Object> keys) {
        keys.put("booleans", new boolean[] {true, false});
        keys.put("bytes", new byte[] {1, -1});
        keys.put("shorts", new short[] {1, -1});
        keys.put("chars", new char[] {'a', '\u20ac'});
        keys.put("ints", new int[] {1, -1});
        keys.put("longs", new long[] {1, -1});
        keys.put("floats", new float[] {-0.0f, Float.intBitsToFloat(0x7fc01234)});
        keys.put("doubles", new double[] {0.0, Double.longBitsToDouble(0x7ff8000000000123L)});
        keys.put("doubles-bulk", new double[513]);
        keys.put("ints-bulk", IntStream.range(0, 5000).toArray());
        keys.put("bytes-bulk", new byte[5000]);
        keys.put("strings", new String[] {"a", null});
        keys.put("ragged", new int[][] {{1}, {}, null});
        keys.put("empty-2d", new int[0][]);
        keys.put("objects", new Object[] {1, new Object[] {"a"}});
    }

    private static void holders(Map<String, @Nullable Object> keys) {
        keys.put("enum", Suit.HEARTS);
        keys.put("enum-with-body", Suit.SPADES);
        keys.put("record", new Circle(1));
        keys.put("record-nested", new Square(new Circle(2), new int[] {3}));
        keys.put("list", Arrays.asList(1, null, "a"));
        keys.put("split-1", List.of("a b", "c"));
        keys.put("split-2", List.of("a", "b c"));
        keys.put("set", Set.of(1, 2L, "b", "a", true));
        keys.put("map", Map.of("b", List.of(), "a", 1, 2, "x"));
        keys.put("queue", new ArrayDeque<>(List.of(2, 1)));
        keys.put("priority-queue", new PriorityQueue<>(List.of(2, 1)));
        keys.put("collection", new LinkedHashMap<>(Map.of(1, 2)).values());
        keys.put("entry", Map.entry("k", 1));
        keys.put("optional", Optional.of("x"));
        keys.put("optional-empty", Optional.empty());
    }

    /** In the form of a value: those that the form of a key has not already shown. */
    // A LinkedList must come back as one.
    @SuppressWarnings("JdkObsolete")
    static Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        TreeMap<String, Integer> tree = new TreeMap<>(Comparator.reverseOrder());
        tree.put("a", 1);
        Properties properties = new Properties();
        properties.setProperty("a", "b");
        values.put("v-array-list", Arrays.asList(3, 1));
        values.put("v-unmodifiable-list", List.of(3, 1));
        values.put("v-linked-list", new LinkedList<>(List.of(1)));
        values.put("v-tree-set", new TreeSet<>(Set.of(2, 1)));
        values.put("v-tree-map-reverse", tree);
        values.put("v-enum-set", EnumSet.of(Suit.SPADES));
        values.put("v-enum-map", new EnumMap<>(Map.of(Suit.HEARTS, 1)));
        values.put("v-properties", properties);
        values.put("v-entry", Map.entry(1, 2));
        values.put("v-priority-queue", new PriorityQueue<>(List.of(2, 1)));
        values.put("v-blocking-queue", new LinkedBlockingQueue<>(List.of(1)));
        values.put(
                "v-classes-by-number", new Object[] {Suit.HEARTS, Suit.SPADES, String.class, Suit[].class, Suit.class});
        values.put(
                "v-shapes-by-number",
                List.of(new Circle(1), new Square(new Circle(2), new int[0]), new Square(1, new int[0])));
        return values;
    }

    /**
     * Prints a line for each value: its name and the digest of its encoding.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        keys().forEach((name, value) -> out.println(
                name + " " + CanonicalEncoding.standard().digest(value).hex()));
    }
}
