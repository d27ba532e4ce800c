package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.PathException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where nothing can be written, what is there is found, and what is computed is returned. */
final class FailureTest {
    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        Functions.CALLS.set(0);
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
    }

    private static void unmount(Path mounted) throws IOException, InterruptedException {
        assertThat(run("umount", mounted.toString()) || run("umount", "-l", mounted.toString()))
                .isTrue();
    }

    private static long files(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).count();
        }
    }

    @Test
    void full_valueReturnedAndNothingLeftBehind() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m,mode=0700", "tmpfs", small.toString()))
                .as("a tmpfs can be mounted here")
                .isTrue();
        try (Opened opened = new Opened(small.resolve("cache"))) {
            Cached1<Integer, byte[], RuntimeException> bytes =
                    opened.cache("bytes").memoize(Functions::bytes);
            bytes.apply(10_000);
            long before = files(small);
            for (int i = 0; i < 12; i++) {
                assertThat(bytes.apply(2_000_000)).hasSize(2_000_000);
            }
            assertThat(Functions.CALLS).hasValue(13);
            assertThat(bytes.stats().unstored().get(Unstored.ENGINE_FAILED)).isEqualTo(12);
            assertThat(bytes.stats().engineFailures()).isEqualTo(12);
            assertThat(files(small)).isEqualTo(before);
            assertThat(bytes.apply(10_000)).as("hits are served").hasSize(10_000);
            assertThat(Functions.CALLS).hasValue(13);
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> bytes.put(7, new byte[2_000_000]))
                    .withMessageContaining("space")
                    .withCauseInstanceOf(PathException.class);
            assertThat(bytes.apply(20_000)).hasSize(20_000);
            assertThat(bytes.isCached(20_000)).as("what fits is stored").isTrue();
            assertThat(bytes.invalidate(10_000)).isTrue();
        } finally {
            unmount(small);
        }
    }

    /** A file where the cache's folder was: nothing can be written. */
    @Test
    void unwritable_isAFailureOfTheEngine() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            row.apply(3);
            Path folder = opened.files(".npy").get(0);
            while (!folder.getFileName().toString().startsWith("rows")) {
                folder = folder.getParent();
            }
            assertThat(run("rm", "-rf", folder.toString())).isTrue();
            Files.createFile(folder);
            assertThat(row.apply(3)).hasSize(3);
            assertThat(row.stats().engineFailures()).isPositive();
            assertThat(row.stats().unstored()).isEqualTo(Map.of(Unstored.ENGINE_FAILED, 1L));
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> row.put(3, new double[] {1}))
                    .withMessageContainingAll("engine 'files' of cache 'rows' failed at PUT", folder.toString())
                    .withCauseInstanceOf(PathException.class);
            Files.delete(folder);
            assertThat(row.apply(3)).hasSize(3);
            assertThat(row.isCached(3)).isTrue();
        }
    }

    @Test
    void readOnly_hitsServedMissesComputedAndReturned() throws Exception {
        Path cache = directory.resolve("cache");
        try (Opened opened = new Opened(cache)) {
            opened.cache("rows").memoize(Functions::row).apply(3);
        }
        Path mounted = Files.createDirectories(directory.resolve("mounted"));
        assumeThat(run("mount", "--bind", cache.toString(), mounted.toString())
                        && run("mount", "-o", "remount,bind,ro", mounted.toString()))
                .as("a file system can be mounted read-only here")
                .isTrue();
        try (Opened opened = new Opened(mounted)) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            for (int i = 0; i < 10; i++) {
                assertThat(row.apply(3)).hasSize(3);
                assertThat(row.apply(4)).hasSize(4);
            }
            assertThat(Functions.CALLS).hasValue(11);
            assertThat(row.explain().engine()).isEqualTo("files");
            assertThat(row.size()).isEqualTo(1);
            assertThat(row.shelve(3).get()).hasSize(3);
            assertThat(row.invalidate(5)).isFalse();
            assertThat(row.stats().unstored()).isEqualTo(Map.of(Unstored.SWITCHED_OFF, 10L));
            for (int i = 0; i < 10; i++) {
                assertThatExceptionOfType(ReadOnlyException.class).isThrownBy(() -> row.invalidate(3));
                assertThatExceptionOfType(ReadOnlyException.class).isThrownBy(row::clear);
            }
            assertThat(row.apply(3)).as("refusals do not stop hits").hasSize(3);
            assertThat(Functions.CALLS).hasValue(11);
            assertThat(row.stats().engineFailures()).isZero();
        } finally {
            unmount(mounted);
        }
    }

    /** A cache directory with one result, mounted where it can be read only. */
    private Path readOnly() throws IOException, InterruptedException {
        Path cache = directory.resolve("cache");
        Path mounted = Files.createDirectories(directory.resolve("mounted"));
        assumeThat(run("mount", "--bind", cache.toString(), mounted.toString())
                        && run("mount", "-o", "remount,bind,ro", mounted.toString()))
                .as("a file system can be mounted read-only here")
                .isTrue();
        return mounted;
    }

    @Test
    void readOnly_nothingOfTheCacheThere_isComputedAndReturned() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            opened.cache("rows").memoize(Functions::row).apply(3);
        }
        Path mounted = readOnly();
        try (Opened opened = new Opened(mounted)) {
            Cached1<Integer, String, RuntimeException> text =
                    opened.cache("others").memoize((Integer n) -> "number " + n);
            assertThat(text.apply(3)).isEqualTo("number 3");
            assertThat(text.size()).isZero();
        } finally {
            unmount(mounted);
        }
    }

    @Test
    void readOnly_ofAnotherUserOrOpenToOthers_isRefused() throws Exception {
        Path cache = directory.resolve("cache");
        try (Opened opened = new Opened(cache)) {
            opened.cache("rows").memoize(Functions::row).apply(3);
        }
        assumeThat(run("chown", "-R", "65534:65534", cache.toString()))
                .as("a directory can be given away here")
                .isTrue();
        requireRefused("belongs to user");
        assertThat(run("chown", "-R", "0:0", cache.toString()) && run("chmod", "g+w", cache.toString()))
                .isTrue();
        requireRefused("other users may write to it");
    }

    private void requireRefused(String why) throws Exception {
        Path mounted = readOnly();
        try (Opened opened = new Opened(mounted)) {
            CacheBuilder rows = opened.cache("rows");
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> rows.memoize(Functions::row))
                    .withStackTraceContaining(why);
        } finally {
            unmount(mounted);
        }
    }

    @Test
    void full_whenItIsOpened_isNoReadOnlyStoreForEver() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=1m,nr_inodes=60,mode=0700", "tmpfs", small.toString()))
                .as("a tmpfs can be mounted here")
                .isTrue();
        try {
            Path cache = small.resolve("cache");
            try (Opened opened = new Opened(cache)) {
                opened.cache("rows").memoize(Functions::row).apply(3);
            }
            int made = fill(small);
            try (Opened opened = new Opened(cache)) {
                CacheBuilder rows = opened.cache("rows");
                assertThatExceptionOfType(EngineUnavailableException.class)
                        .isThrownBy(() -> rows.memoize(Functions::row))
                        .withStackTraceContaining("space");
                for (int i = 0; i < made; i++) {
                    Files.delete(small.resolve("ballast" + i));
                }
                Cached1<Integer, double[], RuntimeException> row =
                        opened.cache("rows").memoize(Functions::row);
                row.apply(4);
                assertThat(row.isCached(4)).isTrue();
            }
        } finally {
            unmount(small);
        }
    }

    /** Makes files as long as any can be made, and says how many. */
    private static int fill(Path folder) {
        for (int i = 0; ; i++) {
            try {
                Files.createFile(folder.resolve("ballast" + i));
            } catch (IOException full) {
                return i;
            }
        }
    }

    @Test
    void directory_onAnotherFileSystemThanTemporaryFiles_isLikeAnyOther() throws Exception {
        Path memory = Path.of("/dev/shm");
        assumeThat(Files.isWritable(memory)
                        && !Files.getFileStore(memory)
                                .equals(Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))))
                .as("there is another file system at hand")
                .isTrue();
        Path other = Files.createTempDirectory(memory, "twat-cache-test");
        try {
            for (int program = 0; program < 2; program++) {
                try (Opened opened = new Opened(other.resolve("cache"))) {
                    assertThat(opened.cache("rows").memoize(Functions::row).apply(4))
                            .containsExactly(Functions.row(4));
                    assertThat(opened.cache("mapped")
                                    .memoize(Functions::mapped)
                                    .apply(4)
                                    .size())
                            .isEqualTo(4);
                }
            }
            assertThat(Functions.CALLS).as("each once, and twice by this test").hasValue(4);
        } finally {
            assertThat(run("rm", "-rf", other.toString())).isTrue();
        }
    }

    @Test
    void directory_deletedInUse_isMadeAnew() throws Exception {
        Path cache = directory.resolve("cache");
        try (Opened opened = new Opened(cache)) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(10).memoize(Functions::row);
            row.apply(3);
            assertThat(row.size()).isEqualTo(1);
            assertThat(run("rm", "-rf", cache.toString())).isTrue();
            assertThat(row.apply(3)).hasSize(3);
            assertThat(row.apply(3)).hasSize(3);
            assertThat(Functions.CALLS).hasValue(2);
            assertThat(row.size()).isEqualTo(1);
        }
    }

    @Test
    void names_longAndOfEveryScript_work() {
        String[] names = {"a".repeat(200), "Größe 万物 Ωмега עברית 😀", "conf.ig~x", "x y  z"};
        for (String name : names) {
            try (Opened opened = new Opened(directory.resolve("cache"))) {
                Cached1<String, String, RuntimeException> text =
                        opened.cache(name).memoize(Functions::text);
                for (String argument : new String[] {"万".repeat(300), "../../etc", "\u0000", "😀", ""}) {
                    assertThat(text.apply(argument)).isEqualTo(argument);
                    assertThat(text.isCached(argument)).isTrue();
                }
            }
        }
        assertThat(Functions.CALLS).hasValue(names.length * 5);
    }

    @ParameterizedTest
    @EnumSource(Leasing.class)
    void value_thatCannotBeRead_isReplacedByTheNextResult(Leasing leasing) throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, Functions.Report, RuntimeException> report =
                    opened.cache("reports").set(FilesSettings.LEASES, leasing).memoize(Functions::report);
            report.apply(3);
            Path value = opened.files(".bin").get(0);
            Files.delete(value);
            // Opens, and cannot be read, whoever tries.
            Files.createDirectory(value);
            assertThat(report.apply(3)).isEqualTo(Functions.report(3));
            Functions.CALLS.set(0);
            assertThat(report.apply(3)).isEqualTo(Functions.report(3));
            assertThat(Functions.CALLS).as("of the one call of the test").hasValue(1);
        }
    }

    @Test
    void key_longerThanAnEntryMayBe_isRefusedWhenItIsStored() {
        String key = "k".repeat(13_000_000);
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cache<String, String> cache = opened.cache("data")
                    .statistics()
                    .types(String.class, String.class)
                    .build();
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(() -> cache.put(key, "v"))
                    .withMessageContainingAll("'data'", "16777216 are the most");
            assertThat(cache.get(key, missing -> "computed")).isEqualTo("computed");
            assertThat(cache.stats().unstored()).containsEntry(Unstored.UNSUITABLE, 1L);
            assertThat(cache.size()).isZero();
            assertThat(opened.files(".txt")).isEmpty();
        }
    }
}
