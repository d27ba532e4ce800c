package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.github.twatcache.Cached0;
import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.Cached3;
import io.github.twatcache.Cached4;
import io.github.twatcache.Cached5;
import io.github.twatcache.config.Mode;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.files.npy.Complex128;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.stats.CacheStats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that are arrays to those who call the function are handed out mapped to those who ask for that. */
final class MappedCallsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        Functions.CALLS.set(0);
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    private static List<Path> temporary() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("twat-cache-"))
                    .filter(file -> file.getFileName().toString().endsWith(".npy"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void miss_isComputedAndStored_andTheFileMapped() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            try (MappedArray mapped = MappedCalls.of(row).apply(1_000)) {
                assertThat(mapped.path()).contains(opened.files(".npy").get(0));
                assertThat(mapped.getDouble(999)).isEqualTo(333.0);
                mapped.verify();
            }
            assertThat(row.apply(1_000)).as("the same entry").hasSize(1_000);
            assertThat(Functions.CALLS).hasValue(1);
            assertThat(opened.files(".npy")).as("and the same file").hasSize(1);
        }
    }

    @Test
    void hit_mapsWhatThePlainCallHasStored_andCopiesNothing() {
        int large = 1_000_000;
        try (Opened first = new Opened(cache())) {
            first.cache("rows").memoize(Functions::row).apply(large);
        }
        try (Opened second = new Opened(cache())) {
            Fn1<Integer, MappedArray, RuntimeException> mapped =
                    MappedCalls.of(second.cache("rows").memoize(Functions::row));
            mapped.apply(large).close();
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            try (MappedArray found = mapped.apply(large)) {
                long allocated = threads.getCurrentThreadAllocatedBytes() - before;
                assertThat(found.size()).isEqualTo(large);
                assertThat(allocated).as("of eight million bytes").isLessThan(500_000);
            }
            assertThat(Functions.CALLS).hasValue(1);
        }
    }

    @Test
    void hits_areCounted_andKeepTheEntry() {
        try (Opened opened = Opened.timed(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(2).statistics().memoize(Functions::row);
            Fn1<Integer, MappedArray, RuntimeException> mapped = MappedCalls.of(row);
            mapped.apply(1).close();
            mapped.apply(2).close();
            mapped.apply(1).close();
            CacheStats stats = row.stats();
            assertThat(stats.hits()).isEqualTo(1);
            assertThat(stats.missCount()).isEqualTo(2);
            row.apply(3);
            assertThat(row.isCached(1)).as("used last").isTrue();
            assertThat(row.isCached(2)).as("used longest ago").isFalse();
        }
    }

    @Test
    void result_thatIsNotStored_isMappedFromATemporaryFile() {
        List<Path> before = temporary();
        try (Opened opened = new Opened(cache())) {
            List<Cached1<Integer, double[], RuntimeException>> unstored = List.of(
                    opened.cache("nowhere").with(FilesSettings.location(null)).memoize(Functions::row),
                    opened.cache("off").mode(Mode.OFF).memoize(Functions::row),
                    opened.cache("small").maximumBytes(1_000).memoize(Functions::row),
                    opened.twat.memory("heap").memoize(Functions::row));
            for (Cached1<Integer, double[], RuntimeException> row : unstored) {
                Functions.CALLS.set(0);
                try (MappedArray mapped = MappedCalls.of(row).apply(1_000)) {
                    assertThat(mapped.path()).as(row.name()).isEmpty();
                    assertThat(mapped.getDouble(999)).isEqualTo(333.0);
                    mapped.verify();
                    assertThat(Functions.CALLS).as(row.name()).hasValue(1);
                }
            }
        }
        assertThat(temporary()).as("nothing is left").isEqualTo(before);
    }

    @Test
    void result_thatIsCompressed_isMappedFromATemporaryFile() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> zeros = opened.cache("packed")
                    .set(Settings.COMPRESS, "zeros")
                    .statistics()
                    .memoize((Integer n) -> {
                        Functions.CALLS.incrementAndGet();
                        return new double[n];
                    });
            for (int i = 0; i < 3; i++) {
                try (MappedArray mapped = MappedCalls.of(zeros).apply(10_000)) {
                    assertThat(mapped.path()).isEmpty();
                    assertThat(mapped.size()).isEqualTo(10_000);
                }
            }
            assertThat(Functions.CALLS).hasValue(1);
            assertThat(zeros.stats().hits()).isEqualTo(2);
        }
    }

    @Test
    void result_thatIsNoArray_isRefusedByMeansOfWords() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[][], RuntimeException> jagged =
                    opened.cache("jagged").memoize(Functions::jagged);
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(() -> MappedCalls.of(jagged).apply(3))
                    .withMessageContainingAll("double[][]", ".npy", "call the memoized function itself");
            Cached1<Integer, double[], RuntimeException> none =
                    opened.cache("none").memoize((Integer n) -> (double[]) null);
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(() -> MappedCalls.of(none).apply(3))
                    .withMessageContaining("null");
        }
    }

    @Test
    void damaged_isComputedAnew_andMapped() throws Exception {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            row.apply(5);
            Path value = opened.files(".npy").get(0);
            byte[] content = Files.readAllBytes(value);
            content[1] ^= 1;
            Files.write(value, content);
            try (MappedArray mapped = MappedCalls.of(row).apply(5)) {
                assertThat(mapped.getDouble(4)).isEqualTo(4 / 3.0);
                assertThat(mapped.path()).contains(opened.files(".npy").get(0));
            }
            assertThat(Functions.CALLS).hasValue(2);
            Path now = opened.files(".npy").get(0);
            byte[] last = Files.readAllBytes(now);
            last[last.length - 1] ^= 1;
            Files.write(now, last);
            try (MappedArray mapped = MappedCalls.of(row).apply(5)) {
                assertThatExceptionOfType(SerializationException.class)
                        .as("its content is looked at by verify() alone")
                        .isThrownBy(mapped::verify);
            }
        }
    }

    @Test
    void exceptions_areThoseOfTheFunction() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], IOException> failing = opened.cache("failing")
                    .memoize((Integer n) -> {
                        if (n == 0) {
                            throw new IOException("none");
                        }
                        return new double[n];
                    });
            Fn1<Integer, MappedArray, IOException> mapped = MappedCalls.of(failing);
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> mapped.apply(0))
                    .withMessage("none");
        }
    }

    /** Sorts what it is given, in place. */
    private static double[] sorted(double[] numbers) {
        Functions.CALLS.incrementAndGet();
        Arrays.sort(numbers);
        return numbers.clone();
    }

    @Test
    void function_thatChangesItsArgument_isMappedForWhatItWasGiven() {
        try (Opened opened = new Opened(cache())) {
            Cached1<double[], double[], RuntimeException> sorted =
                    opened.cache("sorted").memoize(MappedCallsTest::sorted);
            sorted.put(new double[] {1, 2, 3}, new double[] {-1});
            try (MappedArray mapped = MappedCalls.of(sorted).apply(new double[] {3, 1, 2})) {
                assertThat(mapped.toArray()).isEqualTo(new double[] {1, 2, 3});
            }
            assertThat(Functions.CALLS).hasValue(1);
        }
    }

    @Test
    void interruptedThread_isAnsweredAllTheSame() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            Cached1<Integer, double[], RuntimeException> nowhere =
                    opened.cache("nowhere").with(FilesSettings.location(null)).memoize(Functions::row);
            for (Cached1<Integer, double[], RuntimeException> each : List.of(row, row, nowhere)) {
                Thread.currentThread().interrupt();
                try (MappedArray mapped = MappedCalls.of(each).apply(10)) {
                    assertThat(mapped.size()).isEqualTo(10);
                } finally {
                    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
                }
            }
        }
    }

    @Test
    void everyArity_isMapped() {
        try (Opened opened = new Opened(cache())) {
            Cached0<int[], RuntimeException> none = opened.cache("0").memoize(() -> new int[] {0});
            Cached2<Integer, Integer, int[], RuntimeException> two =
                    opened.cache("2").memoize((Integer a, Integer b) -> new int[] {a, b});
            Cached3<Integer, Integer, Integer, float[][], RuntimeException> three =
                    opened.cache("3").memoize((Integer a, Integer b, Integer c) -> new float[][] {{a, b, c}});
            Cached4<Integer, Integer, Integer, Integer, String[], RuntimeException> four = opened.cache("4")
                    .memoize((Integer a, Integer b, Integer c, Integer d) -> new String[] {"" + a + b + c + d});
            Cached5<Integer, Integer, Integer, Integer, Integer, Complex128, RuntimeException> five = opened.cache("5")
                    .memoize(
                            (Integer a, Integer b, Integer c, Integer d, Integer e) -> Complex128.of(a + b, c + d + e));
            for (int i = 0; i < 2; i++) {
                try (MappedArray mapped = MappedCalls.of(none).apply()) {
                    assertThat(mapped.toArray()).isEqualTo(new int[] {0});
                }
                try (MappedArray mapped = MappedCalls.of(two).apply(1, 2)) {
                    assertThat(mapped.toArray()).isEqualTo(new int[] {1, 2});
                }
                try (MappedArray mapped = MappedCalls.of(three).apply(1, 2, 3)) {
                    assertThat(mapped.toArray()).isEqualTo(new float[][] {{1, 2, 3}});
                }
                try (MappedArray mapped = MappedCalls.of(four).apply(1, 2, 3, 4)) {
                    assertThat(mapped.toArray()).isEqualTo(new String[] {"1234"});
                }
                try (MappedArray mapped = MappedCalls.of(five).apply(1, 2, 3, 4, 5)) {
                    assertThat(mapped.toArray()).isEqualTo(Complex128.of(3, 12));
                }
            }
            assertThat(opened.files(".npy")).hasSize(5);
        }
    }
}
