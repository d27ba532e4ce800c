package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.github.twatcache.Cache;
import io.github.twatcache.Cached1;
import io.github.twatcache.stats.MissReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever happens to a file, a look-up finds the true value or nothing, and the function mends it. */
final class DamagedFilesTest {
    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        Functions.CALLS.set(0);
    }

    /** Something done to a file that was right. */
    private interface Harm {
        void to(Path file, byte[] content) throws Exception;
    }

    /** Does harm to a file; a call must return what is right, and must have noticed. */
    private void harm(
            Cached1<Integer, double[], RuntimeException> row, Opened opened, String ending, boolean noticed, Harm harm)
            throws Exception {
        row.invalidate(4);
        row.apply(4);
        Path file = opened.files(ending).get(0);
        int before = Functions.CALLS.get();
        harm.to(file, Files.readAllBytes(file));
        assertThat(row.apply(4)).containsExactly(Functions.row(4));
        int calls = Functions.CALLS.get() - before - 1;
        assertThat(calls).isBetween(noticed ? 1 : 0, 1);
        before = Functions.CALLS.get();
        assertThat(row.apply(4)).hasSize(4);
        assertThat(Functions.CALLS).as("it is mended").hasValue(before);
    }

    @Test
    void eachByteFlipped_missOrTrueValue() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            row.apply(4);
            for (String ending : new String[] {"entry.json", ".npy"}) {
                long length = Files.size(opened.files(ending).get(0));
                for (int at = 0; at < length; at++) {
                    int position = at;
                    harm(row, opened, ending, true, (file, content) -> {
                        content[position % content.length] ^= (byte) (1 << position % 8);
                        Files.write(file, content);
                    });
                }
            }
            assertThat(row.stats().misses().get(MissReason.UNDECODABLE)).isGreaterThan(300);
        }
    }

    private static List<Path> aside(Opened opened) throws Exception {
        Path folder = aside(opened.files("function.json").get(0));
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    @Test
    void whatIsDamaged_isSetAside_andCounted() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            byte[][] damaged = new byte[1][];
            harm(row, opened, ".npy", true, (file, content) -> {
                content[content.length - 1] ^= 1;
                damaged[0] = content;
                Files.write(file, content);
            });
            assertThat(aside(opened))
                    .hasSize(2)
                    .anySatisfy(file -> assertThat(file.toString()).endsWith("-entry.json"))
                    .anySatisfy(file -> assertThat(Files.readAllBytes(file)).isEqualTo(damaged[0]));
            assertThat(row.size()).isEqualTo(1);
            assertThat(opened.twat.diskUsage().bytes()).isEqualTo(bytes(directory.resolve("cache/caches")));
            for (int i = 0; i < 120; i++) {
                harm(row, opened, ".npy", true, (file, content) -> {
                    content[0] ^= 1;
                    Files.write(file, content);
                });
            }
            assertThat(aside(opened)).as("the last ones").hasSize(100);
            row.clear();
            assertThat(Files.exists(aside(opened.files("function.json").get(0))))
                    .isFalse();
            assertThat(opened.twat.diskUsage().bytes()).isEqualTo(bytes(directory.resolve("cache/caches")));
        }
    }

    private static Path aside(Path function) {
        return function.resolveSibling("set-aside");
    }

    private static long bytes(Path below) throws Exception {
        try (Stream<Path> files = Files.walk(below)) {
            long sum = 0;
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sum += Files.size(file);
            }
            return sum;
        }
    }

    @Test
    void cutOffEmptyLongerForeignGone_computedAnew() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            for (String ending : new String[] {"entry.json", ".npy"}) {
                harm(row, opened, ending, true, (file, content) -> Files.write(file, new byte[0]));
                harm(
                        row,
                        opened,
                        ending,
                        true,
                        (file, content) -> Files.write(file, Arrays.copyOf(content, content.length / 2)));
                harm(
                        row,
                        opened,
                        ending,
                        true,
                        (file, content) -> Files.write(file, Arrays.copyOf(content, content.length + 1)));
                harm(row, opened, ending, true, (file, content) -> Files.writeString(file, "{\"format\": 1}"));
                harm(row, opened, ending, true, (file, content) -> Files.delete(file));
            }
        }
    }

    @Test
    void notVerified_changedElementPasses_lengthAndHeaderDoNot() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").set(FilesSettings.VERIFY, false).memoize(Functions::row);
            row.apply(4);
            Path file = opened.files(".npy").get(0);
            byte[] content = Files.readAllBytes(file);
            content[content.length - 1] ^= 1;
            Files.write(file, content);
            assertThat(row.apply(4)).hasSize(4).isNotEqualTo(Functions.row(4));
            assertThat(Functions.CALLS).as("nobody has looked").hasValue(2);
            harm(row, opened, ".npy", true, (npy, bytes) -> Files.write(npy, Arrays.copyOf(bytes, bytes.length - 8)));
            harm(row, opened, ".npy", true, (npy, bytes) -> {
                bytes[0] ^= 1;
                Files.write(npy, bytes);
            });
        }
    }

    /** Puts what is stored under one key into the folder of the other: whole, and of another key. */
    private static void copyOver(List<Path> entries, int from, int to) throws Exception {
        try (Stream<Path> files = Files.list(entries.get(from))) {
            for (Path file : files.toList()) {
                Files.copy(file, entries.get(to).resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static List<Path> folders(Opened opened) {
        return opened.files("entry.json").stream().map(Path::getParent).toList();
    }

    @ParameterizedTest
    @EnumSource(Leasing.class)
    void entry_ofAnotherKey_isNotFound_andIsReplaced(Leasing leasing) throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").set(FilesSettings.LEASES, leasing).memoize(Functions::row);
            for (int to = 0; to < 2; to++) {
                row.apply(4);
                row.apply(5);
                copyOver(folders(opened), 1 - to, to);
                Functions.CALLS.set(0);
                assertThat(row.apply(4)).hasSize(4);
                assertThat(row.apply(5)).hasSize(5);
                assertThat(Functions.CALLS).as("one was not found").hasValue(1);
                assertThat(row.apply(4)).hasSize(4);
                assertThat(row.apply(5)).hasSize(5);
                assertThat(Functions.CALLS).as("and was replaced").hasValue(1);
                assertThat(row.size()).isEqualTo(2);
            }
        }
    }

    @Test
    void entry_ofAnotherKey_isWrittenOverByTheMapView() throws Exception {
        try (Opened opened = new Opened(directory.resolve("cache"))) {
            Cache<String, String> data =
                    opened.cache("data").types(String.class, String.class).build();
            List<Consumer<Map<String, String>>> changes = List.of(
                    map -> map.put("a", "new"),
                    map -> map.putIfAbsent("a", "new"),
                    map -> map.computeIfAbsent("a", key -> "new"),
                    map -> map.compute("a", (key, before) -> "new"),
                    map -> map.merge("a", "new", (before, value) -> "merged"));
            for (Consumer<Map<String, String>> change : changes) {
                data.clear();
                data.put("a", "old");
                List<Path> a = folders(opened);
                data.put("b", "other");
                List<Path> both = folders(opened);
                int to = both.indexOf(a.get(0));
                copyOver(both, 1 - to, to);
                assertThat(data.entries().map(Map.Entry::getKey))
                        .as("each key once")
                        .containsExactly("b");
                assertTimeoutPreemptively(Duration.ofSeconds(60), () -> change.accept(data.asMap()));
                assertThat(data.getIfPresent("a")).isEqualTo("new");
                assertThat(data.getIfPresent("b")).isEqualTo("other");
            }
        }
    }
}
