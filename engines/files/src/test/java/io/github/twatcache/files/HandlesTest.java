package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.Shelf;
import io.github.twatcache.Shelved;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.StoredResult;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.NotSerializableException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can do with stored results beyond calling the function. */
final class HandlesTest {
    @TempDir
    Path directory;

    @BeforeEach
    void countAnew() {
        Functions.CALLS.set(0);
    }

    private Opened open() {
        return new Opened(directory.resolve("cache"));
    }

    private Opened timed() {
        return Opened.timed(directory.resolve("cache"));
    }

    static byte[] written(Object object) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @SuppressWarnings("unchecked") // it was one
    private static <R> Shelved<R> read(byte[] bytes) throws Exception {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
            return (Shelved<R>) in.readObject();
        }
    }

    @Test
    void shelve_computesOnceAndLoadsWithNoCacheOpen() throws Exception {
        byte[] shelved;
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            Shelved<double[]> first = row.shelve(100);
            assertThat(row.shelve(100)).isEqualTo(first);
            assertThat(Functions.CALLS).hasValue(1);
            shelved = written(first);
            assertThat(shelved.length).as("a reference is small").isLessThan(2_000);
        }
        Shelved<double[]> there = read(shelved);
        assertThat(there.get()).hasSize(100);
        assertThat(there.file())
                .get()
                .satisfies(file -> assertThat(file.toString()).endsWith(".npy"));
        assertThat(Functions.CALLS).hasValue(1);
    }

    @Test
    void shelve_everyForm_comesBack() throws Exception {
        try (Opened opened = open()) {
            Shelved<Functions.Report> report =
                    opened.cache("a").memoize(Functions::report).shelve(3);
            Shelved<Functions.Field> field =
                    opened.cache("b").memoize(Functions::field).shelve(3);
            Shelved<String> text = opened.cache("c").memoize(Functions::text).shelve("t");
            Shelved<String> nothing =
                    opened.cache("d").memoize((Integer n) -> (String) null).shelve(3);
            assertThat(HandlesTest.<Functions.Report>read(written(report)).get())
                    .isEqualTo(Functions.report(3));
            assertThat(HandlesTest.<Functions.Field>read(written(field)).get().name())
                    .isEqualTo("field 3");
            assertThat(HandlesTest.<String>read(written(text)).get()).isEqualTo("t");
            assertThat(HandlesTest.<String>read(written(nothing)).get()).isNull();
        }
    }

    @Test
    void shelve_goneOrReplaced_saysSo() {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            Shelved<double[]> old = row.shelve(5);
            row.refresh(5);
            assertThatExceptionOfType(ValueException.class).isThrownBy(old::get).withMessageContaining("gone");
            Shelved<double[]> now = row.shelve(5);
            assertThat(now.get()).hasSize(5);
            row.invalidate(5);
            assertThatExceptionOfType(ValueException.class).isThrownBy(now::get);
            assertThat(now.file()).isEmpty();
        }
    }

    /** Sorts what it is given, in place. */
    private static int[] sorted(int[] numbers) {
        Functions.CALLS.incrementAndGet();
        Arrays.sort(numbers);
        return numbers.clone();
    }

    @Test
    void shelve_functionThatChangesItsArgument_refersToTheResultOfWhatItWasGiven() {
        try (Opened opened = open()) {
            Cached1<int[], int[], RuntimeException> sorted =
                    opened.cache("sorted").memoize(HandlesTest::sorted);
            sorted.put(new int[] {1, 2, 3}, new int[] {-1});
            assertThat(sorted.shelve(new int[] {3, 1, 2}).get()).containsExactly(1, 2, 3);
            assertThat(sorted.shelve(new int[] {1, 2, 3}).get()).containsExactly(-1);
            assertThat(Functions.CALLS).hasValue(1);
            Cached2<int[], Integer, int[], RuntimeException> two =
                    opened.cache("two").memoize((int[] numbers, Integer factor) -> sorted(numbers));
            two.put(new int[] {1, 2, 3}, 1, new int[] {-1});
            assertThat(two.shelve(new int[] {3, 1, 2}, 1).get()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void shelve_valueGoneOrCutOff_isComputedAnew() throws Exception {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            row.shelve(5);
            Files.delete(opened.files(".npy").get(0));
            assertThat(row.shelve(5).get()).hasSize(5);
            Path value = opened.files(".npy").get(0);
            Files.write(value, Arrays.copyOf(Files.readAllBytes(value), 100));
            assertThat(row.shelve(5).get()).hasSize(5);
            assertThat(Functions.CALLS).hasValue(3);
        }
    }

    @Test
    void shelve_valueChanged_isSetAsideByWhoReadsIt_andComputedAnew() throws Exception {
        byte[] shelved;
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(10).memoize(Functions::row);
            shelved = written(row.shelve(5));
            Path value = opened.files(".npy").get(0);
            byte[] content = Files.readAllBytes(value);
            content[content.length - 1] ^= 1;
            Files.write(value, content);
            Shelved<double[]> there = read(shelved);
            assertThatExceptionOfType(ValueException.class)
                    .isThrownBy(there::get)
                    .withMessageContaining("damaged");
            assertThat(opened.files("entry.json")).as("set aside").isEmpty();
            assertThat(row.isCached(5)).isFalse();
            assertThat(row.size()).as("and known to those who have it open").isZero();
            assertThat(row.shelve(5).get()).hasSize(5);
            assertThat(Functions.CALLS).hasValue(2);
        }
    }

    @Test
    void shelve_found_countsAndKeepsTheEntry() {
        try (Opened opened = timed()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(2).statistics().memoize(Functions::row);
            row.shelve(1);
            row.shelve(2);
            row.shelve(1);
            assertThat(row.stats().hits()).isEqualTo(1);
            assertThat(row.stats().missCount()).isEqualTo(2);
            row.apply(3);
            assertThat(row.isCached(1)).as("used last").isTrue();
            assertThat(row.isCached(2)).as("used longest ago").isFalse();
        }
    }

    @Test
    void shelve_onTheHeap_holdsTheResult() {
        try (Opened opened = open()) {
            Shelved<double[]> held =
                    opened.twat.memory("rows").memoize(Functions::row).shelve(5);
            assertThat(held.get()).hasSize(5);
            assertThat(held.file()).isEmpty();
            assertThatExceptionOfType(NotSerializableException.class).isThrownBy(() -> written(held));
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Shelf.of(opened.twat.memory("rows").memoize(Functions::row)))
                    .withMessageContaining("files");
        }
    }

    @Test
    void results_tellSizeAgeCostAndWhatWasSaved() throws Exception {
        try (Opened opened = timed()) {
            Cached1<Integer, Integer, RuntimeException> slow =
                    opened.cache("slow").memoize(Functions::slow);
            slow.apply(30);
            slow.apply(30);
            slow.apply(30);
            slow.apply(1);
        }
        try (Opened opened = timed()) {
            Cached1<Integer, Integer, RuntimeException> slow =
                    opened.cache("slow").memoize(Functions::slow);
            Shelf shelf = Shelf.of(slow);
            assertThat(shelf.results()).hasSize(2);
            StoredResult first = shelf.results().get(0);
            assertThat(first.cost()).isEqualTo(Duration.ofMillis(30));
            assertThat(first.hits()).isEqualTo(2);
            assertThat(first.saved()).isEqualTo(first.cost().multipliedBy(2));
            assertThat(first.bytes()).isGreaterThan(Files.size(first.file()));
            assertThat(first.type()).isEqualTo("java.lang.Integer");
            assertThat(first.age()).isEqualTo(Duration.ofMillis(1));
            assertThat(shelf.saved()).isEqualTo(first.saved());
            assertThat(Functions.CALLS).hasValue(2);
        }
    }

    @Test
    void validateWith_refused_isComputedAnewAndReplaced() {
        AtomicBoolean valid = new AtomicBoolean(true);
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row = opened.cache("rows")
                    .with(FilesSettings.validateWith(
                            result -> valid.get() && result.age().toDays() < 7))
                    .memoize(Functions::row);
            row.apply(3);
            row.apply(3);
            assertThat(Functions.CALLS).hasValue(1);
            valid.set(false);
            assertThat(row.isCached(3)).isFalse();
            assertThat(row.peek(3).present()).isFalse();
            row.apply(3);
            assertThat(Functions.CALLS).hasValue(2);
            valid.set(true);
            row.apply(3);
            assertThat(Functions.CALLS).as("the new one took its place").hasValue(2);
            assertThat(row.size()).isEqualTo(1);
            valid.set(false);
            assertThat(row.isCached(3)).isFalse();
            valid.set(true);
            assertThat(row.isCached(3)).as("as the next call will find it").isTrue();
            row.apply(3);
            assertThat(Functions.CALLS).hasValue(2);
        }
    }

    @Test
    void mapped_interruptedWhileItIsOpened_isFoundAllTheSame() throws Exception {
        try (Opened opened = open()) {
            Cached1<Integer, MappedArray, RuntimeException> mapped =
                    opened.cache("mapped").memoize(Functions::mapped);
            mapped.apply(4);
            Thread reader = Thread.currentThread();
            AtomicBoolean reading = new AtomicBoolean(true);
            AtomicInteger interrupts = new AtomicInteger();
            Thread disturbing = new Thread(() -> {
                while (reading.get()) {
                    reader.interrupt();
                    interrupts.incrementAndGet();
                }
            });
            disturbing.start();
            try {
                for (int i = 0; i < 2_000 || interrupts.get() < 100_000; i++) {
                    assertThat(mapped.apply(4).size()).isEqualTo(4);
                }
            } finally {
                reading.set(false);
                while (disturbing.isAlive()) {
                    Thread.interrupted();
                    Thread.onSpinWait();
                }
                Thread.interrupted();
            }
            assertThat(Functions.CALLS).hasValue(1);
        }
    }

    @Test
    void location_none_sameHandlesAndNothingStored() throws Exception {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row = opened.cache("rows")
                    .with(FilesSettings.location(null))
                    .statistics()
                    .memoize(Functions::row);
            assertThat(row.apply(3)).hasSize(3);
            assertThat(row.apply(3)).hasSize(3);
            assertThat(Functions.CALLS).hasValue(2);
            assertThat(row.isCached(3)).isFalse();
            assertThat(row.shelve(3).get()).hasSize(3);
            assertThat(row.refresh(3)).hasSize(3);
            assertThat(row.invalidate(3)).isFalse();
            assertThat(Shelf.of(row).results()).isEmpty();
            row.clear();
            assertThat(row.size()).isZero();
            CacheStats stats = row.stats();
            assertThat(stats.puts()).isPositive().isEqualTo(stats.removals().get(RemovalCause.SIZE));
        }
        assertThat(directory.resolve("cache").resolve("caches")).doesNotExist();
    }

    @Test
    void location_anotherDirectory_isWhereTheResultsAre() {
        Path other = directory.resolve("other");
        for (int program = 0; program < 2; program++) {
            try (Opened opened = open()) {
                opened.cache("rows")
                        .with(FilesSettings.location(other))
                        .memoize(Functions::row)
                        .apply(3);
            }
        }
        assertThat(Functions.CALLS).hasValue(1);
        assertThat(Opened.files(other, ".npy")).hasSize(1);
    }

    @Test
    void location_anotherDirectory_isHeldToTheInstancesQuota() {
        Path other = directory.resolve("other");
        try (Opened opened = Opened.bounded(directory.resolve("cache"), 50_000)) {
            Cached1<Integer, byte[], RuntimeException> bytes =
                    opened.cache("bytes").with(FilesSettings.location(other)).memoize(Functions::bytes);
            for (int i = 0; i < 20; i++) {
                bytes.apply(9_000 + i);
            }
            assertThat(Opened.files(other, ".bin").size()
                            + Opened.files(other, ".npy").size())
                    .isBetween(4, 5);
        }
    }

    @Test
    void clear_alsoForgetsWhatOtherVersionsHaveComputed() {
        apply("1", 0);
        apply("2", 0);
        try (Opened opened = timed()) {
            opened.cache("rows").version("2").memoize(Functions::row).clear();
            assertThat(opened.files(".npy")).isEmpty();
        }
        assertThat(apply("1", 0)).isEqualTo(1);
        assertThat(apply("2", 0)).isEqualTo(1);
    }

    private int apply(String version, long keep) {
        try (Opened opened = timed()) {
            Cached1<Integer, double[], RuntimeException> row = (keep == 0
                            ? opened.cache("rows")
                            : opened.cache("rows").with(FilesSettings.keepVersions(keep)))
                    .version(version)
                    .statistics()
                    .memoize(Functions::row);
            int before = Functions.CALLS.get();
            row.apply(3);
            if (Functions.CALLS.get() > before && !version.equals("1")) {
                assertThat(row.stats().misses()).containsKey(MissReason.VERSION);
            }
            return Functions.CALLS.get() - before;
        }
    }

    @Test
    void versions_stayUntilPruned() {
        for (String version : new String[] {"1", "2", "3"}) {
            assertThat(apply(version, 0)).isEqualTo(1);
            Functions.TIME.advance(1);
        }
        for (String version : new String[] {"1", "2", "3"}) {
            assertThat(apply(version, 0)).as("version " + version).isZero();
            Functions.TIME.advance(1);
        }
        assertThat(apply("4", 2)).isEqualTo(1);
        assertThat(apply("3", 0)).isZero();
        assertThat(apply("4", 0)).isZero();
        assertThat(apply("1", 0)).as("pruned").isEqualTo(1);
        try (Opened opened = timed()) {
            assertThat(Shelf.of(opened.cache("rows").version("4").memoize(Functions::row))
                            .clearOtherVersions())
                    .isEqualTo(2);
        }
        assertThat(Opened.files(directory.resolve("cache"), "function.json")).hasSize(1);
    }

    @Test
    void location_aDirectoryThatIsCalledNowhere_isOne() throws Exception {
        Path nowhere = Path.of("nowhere");
        assertThat(nowhere).doesNotExist();
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").with(FilesSettings.location(nowhere)).memoize(Functions::row);
            row.apply(3);
            row.apply(3);
            assertThat(Functions.CALLS).hasValue(1);
        } finally {
            delete(nowhere);
        }
    }

    private static void delete(Path folder) throws Exception {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    @Test
    void isCached_readsNoValue_andSeesThatItsFileIsThere() throws Exception {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            assertThat(row.isCached(3)).isFalse();
            row.apply(3);
            assertThat(row.isCached(3)).isTrue();
            Path value = opened.files(".npy").get(0);
            byte[] content = Files.readAllBytes(value);
            content[content.length - 1] ^= 1;
            Files.write(value, content);
            assertThat(row.isCached(3)).as("nobody has looked at the value").isTrue();
            assertThat(value).as("and it stays where it is").exists();
            Files.write(value, Arrays.copyOf(content, content.length - 1));
            assertThat(row.isCached(3)).as("shorter than it was").isFalse();
            Files.delete(value);
            assertThat(row.isCached(3)).as("gone").isFalse();
            row.apply(3);
            assertThat(row.isCached(3)).isTrue();
            assertThat(Functions.CALLS).hasValue(2);
        }
    }

    /** A class that is neither a record nor of the JDK. */
    private static final class Money {
        private final int cents;

        Money(int cents) {
            this.cents = cents;
        }
    }

    @Test
    void shelve_withWhatTheCacheWasTaught_comesBack() {
        Encoders taught =
                Encoders.standard().register(Money.class, "money", money -> money.cents, cents -> new Money(cents));
        try (TwatCache twat = TwatCache.builder()
                .encoders(taught)
                .compressor(new Zeros())
                .engine(new FilesEngine())
                .configuration(Sources.none())
                .directory(directory.resolve("cache"))
                .open()) {
            Shelved<Money> money =
                    twat.files("money").memoize((Integer n) -> new Money(n)).shelve(3);
            assertThat(money.file()).isPresent();
            assertThat(money.get().cents).isEqualTo(3);
            Shelved<double[]> packed = twat.files("packed")
                    .compress("zeros")
                    .memoize((Integer n) -> new double[n])
                    .shelve(10_000);
            assertThat(packed.file()).isPresent();
            assertThat(packed.get()).hasSize(10_000);
        }
    }
}
