package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.testkit.Actor;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each value is kept in the form that suits it, and comes back as it was, in another program too. */
final class FormsTest {
    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        Functions.CALLS.set(0);
    }

    private Path cache() {
        return directory.resolve("cache");
    }

    /** Calls a function in two programs; returns what the second one finds. */
    private <A, R> R found(
            io.github.twatcache.function.Fn1<A, R, RuntimeException> function, A argument, String ending) {
        int calls;
        try (Opened first = new Opened(cache())) {
            first.cache("values").memoize(function).apply(argument);
            calls = Functions.CALLS.get();
            assertThat(first.files(ending))
                    .as("files with the ending " + ending)
                    .isNotEmpty();
        }
        try (Opened second = new Opened(cache())) {
            R found = second.cache("values").memoize(function).apply(argument);
            assertThat(Functions.CALLS)
                    .as("the second program computes nothing")
                    .hasValue(calls);
            return found;
        }
    }

    @Test
    void array_ofDoubles_isAnNpyFileBitForBit() {
        double[] found = found(Functions::row, 1_000, ".npy");
        double[] expected = Functions.row(1_000);
        assertThat(found).hasSize(1_000);
        for (int i = 0; i < found.length; i++) {
            assertThat(Double.doubleToRawLongBits(found[i])).isEqualTo(Double.doubleToRawLongBits(expected[i]));
        }
        double[] read = (double[]) Npy.read(Opened.files(cache(), ".npy").get(0));
        assertThat(read).as("by whoever reads such files").hasSize(1_000);
    }

    @Test
    void array_ofTwoDimensions_isAnNpyFile() {
        assertThat(found(Functions::grid, 7, ".npy")).isDeepEqualTo(Functions.grid(7));
    }

    @Test
    void array_jagged_isLeftToTheCodec() {
        assertThat(found(Functions::jagged, 3, ".bin")).isDeepEqualTo(Functions.jagged(3));
    }

    @Test
    void array_ofMoreEmptyRowsThanAreRead_isLeftToTheCodec() {
        assertThat(found(Functions::empty, 65_536, ".npy")).hasDimensions(65_536, 0);
        assertThat(found(Functions::empty, 65_537, ".bin")).hasDimensions(65_537, 0);
    }

    @Test
    void array_empty_comesBackEmpty() {
        assertThat(found(Functions::row, 0, ".npy")).isEmpty();
    }

    @Test
    void array_ofStrings_isAnNpyFile() {
        assertThat(found(Functions::words, 3, ".npy")).containsExactly("one", "zwölf", "万万万");
    }

    @Test
    void record_ofArrays_isAnNpzFile() {
        Functions.Field found = found(Functions::field, 5, ".npz");
        assertThat(found.values()).hasSize(5);
        assertThat(found.shape()).containsExactly(1, 5);
        assertThat(found.name()).isEqualTo("field 5");
    }

    @Test
    void record_withoutArrays_isLeftToTheCodec() {
        assertThat(found(Functions::report, 5, ".bin")).isEqualTo(new Functions.Report("r5", List.of(5, 6)));
    }

    @Test
    void text_isATextFile() throws Exception {
        String text = "zwölf\r\n\u0000 \uD83D\uDE00";
        assertThat(found(Functions::text, text, ".txt")).isEqualTo(text);
        assertThat(Files.readString(Opened.files(cache(), ".txt").get(0))).isEqualTo(text);
    }

    @Test
    void text_thatIsNoUnicode_isLeftToTheCodec() {
        String lone = "half a character: \uD83D";
        assertThat(found(Functions::text, lone, ".bin")).isEqualTo(lone);
    }

    @Test
    void mapped_array_isMappedAgain() {
        try (Opened first = new Opened(cache())) {
            first.cache("mapped").memoize(Functions::mapped).apply(10_000).close();
        }
        try (Opened second = new Opened(cache());
                MappedArray found =
                        second.cache("mapped").memoize(Functions::mapped).apply(10_000)) {
            assertThat(Functions.CALLS).hasValue(1);
            assertThat(found.getDouble(9_999)).isEqualTo(9_999 * 0.5);
            found.verify();
        }
    }

    /** Each who has joined a load closes a mapping of his own. */
    @Test
    void mapped_ofALoadThatAnotherHasJoined_isMappedForEach() {
        try (Opened opened = new Opened(cache())) {
            Cache<Integer, MappedArray> mapped = opened.cache("joined")
                    .types(Integer.class, MappedArray.class)
                    .build();
            CountDownLatch begun = new CountDownLatch(1);
            CountDownLatch open = new CountDownLatch(1);
            Actor<MappedArray> owner = Actor.start(() -> mapped.get(10, n -> {
                begun.countDown();
                Actor.await(open);
                return Functions.mapped(n);
            }));
            Actor.await(begun);
            Actor<MappedArray> joiner = Actor.start(() -> mapped.get(10, Functions::mapped));
            Actor.until("it has joined", () -> mapped.stats().waits() == 1);
            open.countDown();
            owner.result().close();
            try (MappedArray own = joiner.result()) {
                assertThat(own.getDouble(9)).isEqualTo(4.5);
            }
            assertThat(Functions.CALLS).hasValue(1);
        }
    }

    @Test
    void interruptedThread_storesAndFindsAllTheSame() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            Cached1<Integer, double[], RuntimeException> packed =
                    opened.cache("packed").set(Settings.COMPRESS, "zeros").memoize(Functions::row);
            Cached1<Integer, MappedArray, RuntimeException> mapped =
                    opened.cache("mapped").memoize(Functions::mapped);
            Cached1<String, String, RuntimeException> text =
                    opened.cache("text").memoize(Functions::text);
            Functions.mapped(3).close();
            Functions.CALLS.set(0);
            for (int i = 0; i < 3; i++) {
                Thread.currentThread().interrupt();
                try {
                    assertThat(row.apply(1_000)).hasSize(1_000);
                    assertThat(packed.apply(1_000)).hasSize(1_000);
                    assertThat(text.apply("t")).isEqualTo("t");
                    assertThat(row.isCached(1_000)).isTrue();
                    assertThat(packed.isCached(1_000)).isTrue();
                    assertThat(text.isCached("t")).isTrue();
                } finally {
                    assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
                }
            }
            assertThat(Functions.CALLS).hasValue(3);
            mapped.apply(10).close();
            Thread.currentThread().interrupt();
            try (MappedArray found = mapped.apply(10)) {
                assertThat(found.getDouble(9)).isEqualTo(4.5);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(Functions.CALLS).hasValue(4);
        }
    }

    @Test
    void compressed_array_isSmallerAndComesBack() {
        try (Opened first = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row = first.cache("packed")
                    .set(Settings.COMPRESS, "zeros")
                    .memoize((Integer n) -> {
                        Functions.CALLS.incrementAndGet();
                        return new double[n];
                    });
            row.apply(10_000);
            assertThat(row.apply(10_000)).hasSize(10_000).containsOnly(0.0);
            assertThat(Functions.CALLS).hasValue(1);
            assertThat(first.files(".npy.zeros"))
                    .singleElement()
                    .satisfies(file -> assertThat(Files.size(file)).isLessThan(1_000));
        }
    }

    @Test
    void compressed_withoutTheMemoryForIt_staysAsItIs() {
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("greedy").compress("greedy").memoize(Functions::row);
            assertThat(row.apply(10_000)).hasSize(10_000);
            assertThat(row.apply(10_000)).hasSize(10_000);
            assertThat(Functions.CALLS).hasValue(1);
            assertThat(opened.files(".npy")).hasSize(1);
        }
    }

    @Test
    void compressed_atALevel_isAsLongAsThatMakesIt() throws Exception {
        try (Opened opened = new Opened(cache())) {
            long[] lengths = new long[2];
            for (int level = 1; level <= 2; level++) {
                Cached1<Integer, double[], RuntimeException> zeros = opened.cache("level" + level)
                        .compress("zeros")
                        .compressLevel(level)
                        .version("1")
                        .memoize((Integer n) -> new double[n]);
                assertThat(zeros.apply(1_000)).hasSize(1_000);
                assertThat(zeros.apply(1_000)).hasSize(1_000).containsOnly(0.0);
                lengths[level - 1] = Files.size(zeros.shelve(1_000).file().orElseThrow());
                zeros.clear();
            }
            assertThat(lengths[0] - lengths[1]).isEqualTo(1_000);
        }
    }

    @Test
    void compressed_atALevelThatIsNone_isRefused() {
        try (Opened opened = new Opened(cache())) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() ->
                            opened.cache("a").compress("zeros").compressLevel(3).memoize(Functions::row))
                    .withMessageContainingAll("compress-level = 3", "zeros has levels from 1 to 2");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() ->
                            opened.cache("b").compress("zeros").compressLevel(0).memoize(Functions::row))
                    .withMessageContaining("compress-level");
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> opened.cache("c").compressLevel(1).memoize(Functions::row))
                    .withMessageContainingAll("compress-level", "compress");
        }
    }

    @Test
    void anything_isDescribedBesideIt() throws Exception {
        found(Functions::row, 10, ".npy");
        Path entry = Opened.files(cache(), "entry.json").get(0);
        assertThat(Files.readString(entry))
                .contains("\"type\": \"double[]\"", "\"codec\": \"npy-1\"", "\"created\": ", "\"nanoseconds\": ")
                .doesNotContain("arguments");
        Path function = Opened.files(cache(), "function.json").get(0);
        assertThat(Files.readString(function))
                .contains("io.github.twatcache.files.Functions.row", "double[] ", "(int)", "\"fingerprint\": ");
        assertThat(entry.getParent().getParent().getParent()).isEqualTo(function.getParent());
    }

    @Test
    void arguments_areStoredWhereAskedFor() throws Exception {
        try (Opened opened = new Opened(cache())) {
            opened.cache("told")
                    .with(FilesSettings.storeArguments())
                    .memoize((String a, double[] b, Integer c) -> a + c)
                    .apply("zwölf", new double[7], null);
            assertThat(Files.readString(opened.files("entry.json").get(0)))
                    .contains("\"arguments\": [\"zw\\u00f6lf\", {\"type\": \"double[]\", \"length\": 7}, null]");
        }
    }

    @Test
    void result_changesItsType_isComputedAnew() {
        Path where = cache();
        try (Opened first = new Opened(where)) {
            first.cache("typed").version("v1").memoize(Functions::row).apply(3);
        }
        try (Opened second = new Opened(where)) {
            assertThat(second.cache("typed")
                            .version("v1")
                            .memoize((Integer n) -> UUID.nameUUIDFromBytes(new byte[n]))
                            .apply(3))
                    .isEqualTo(UUID.nameUUIDFromBytes(new byte[3]));
        }
    }

    @Test
    void record_ofArrays_isReadWithoutItsFileOnTheHeap() {
        int large = 4_000_000;
        try (Opened opened = new Opened(cache())) {
            Cached1<Integer, Functions.Field, RuntimeException> field =
                    opened.cache("fields").memoize(Functions::field);
            field.apply(large);
            field.apply(large);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            assertThat(field.apply(large).values()).hasSize(large);
            long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertThat(Functions.CALLS)
                    .as("of the function, and of the one that it calls")
                    .hasValue(2);
            assertThat(allocated).as("the array, and not its file as well").isLessThan(large * 12L);
        }
    }
}
