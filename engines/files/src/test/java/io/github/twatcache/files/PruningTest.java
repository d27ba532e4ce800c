package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cached1;
import io.github.twatcache.Shelf;
import io.github.twatcache.spi.StoredResult;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who leaves a full cache, by what was used in this program and in those before it. */
final class PruningTest {
    @TempDir
    Path directory;

    private Opened open() {
        return new Opened(directory.resolve("cache"));
    }

    @Test
    void leastRecentlyUsed_byTheRecordOfEarlierPrograms_leaves() {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(3).memoize(Functions::row);
            row.apply(1);
            row.apply(2);
            row.apply(3);
            row.apply(1);
        }
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(3).memoize(Functions::row);
            row.apply(4);
            assertThat(row.isCached(1)).as("used last").isTrue();
            assertThat(row.isCached(2)).as("used longest ago").isFalse();
            assertThat(row.isCached(3)).isTrue();
        }
    }

    @Test
    void leastCostPerByte_dearAndSmallStay() {
        try (Opened opened = Opened.timed(directory.resolve("cache"))) {
            Cached1<Integer, byte[], RuntimeException> costly = opened.cache("costly")
                    .set(FilesSettings.VICTIMS, Victims.LEAST_COST_PER_BYTE)
                    .maximumSize(2)
                    .memoize((Integer n) -> {
                        Functions.slow(n < 10 ? 60 : 1);
                        return new byte[n < 10 ? 10 : 100_000];
                    });
            costly.apply(1);
            costly.apply(20);
            costly.apply(20);
            costly.apply(30);
            assertThat(costly.isCached(1))
                    .as("dear and small, though used longest ago")
                    .isTrue();
            assertThat(costly.isCached(20)).isFalse();
            assertThat(costly.isCached(30))
                    .as("the one just stored never leaves")
                    .isTrue();
        }
    }

    @Test
    void maximumBytes_isWhatTheFilesHave() {
        try (Opened opened = open()) {
            Cached1<Integer, byte[], RuntimeException> bytes =
                    opened.cache("bytes").maximumBytes(100_000).memoize(Functions::bytes);
            for (int i = 0; i < 30; i++) {
                bytes.apply(9_000 + i);
                assertThat(Shelf.of(bytes).results().stream()
                                .mapToLong(StoredResult::bytes)
                                .sum())
                        .isBetween(9_000L, 100_000L);
            }
            assertThat(bytes.size()).isBetween(8L, 11L);
        }
    }

    @Test
    void evictionCutOff_leavesNothingThatIsServed_andIsSwept() throws IOException {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(20).memoize(Functions::row);
            for (int i = 0; i < 10; i++) {
                row.apply(i);
            }
            // entry.json goes first: this is what a process leaves that is killed behind it.
            for (Path entry : opened.files("entry.json").subList(0, 9)) {
                Files.delete(entry);
            }
            assertThat(IntStream.range(0, 10).filter(row::isCached)).hasSize(1);
        }
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(20).memoize(Functions::row);
            assertThat(IntStream.range(0, 10).filter(row::isCached)).hasSize(1);
            assertThat(row.size()).isEqualTo(1);
            assertThat(opened.files("entry.json")).hasSize(1);
            assertThat(opened.files(".npy")).as("what was left is gone").hasSize(1);
        }
    }

    @Test
    void lowerLimit_givenLater_isKeptWithTheNextWrite() {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").memoize(Functions::row);
            for (int i = 0; i < 300; i++) {
                row.apply(i);
            }
        }
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(20).memoize(Functions::row);
            row.apply(1_000);
            assertThat(opened.files("entry.json")).hasSize(20);
            assertThat(row.isCached(299)).isTrue();
            assertThat(row.isCached(1_000)).isTrue();
            assertThat(row.isCached(0)).isFalse();
        }
    }

    @Test
    void leastRecentlyUsed_afterAnotherWalk_byUsesThatNoFileSaysYet() throws IOException {
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(2).memoize(Functions::row);
            row.apply(1);
            row.apply(2);
            row.apply(1);
            assertThat(row.size()).as("the index takes the uses").isEqualTo(2);
            // Without the journal nobody can tell what was changed: the index is made anew.
            for (Path journal : opened.files("changes")) {
                Files.delete(journal);
            }
            row.apply(3);
            assertThat(row.isCached(1)).as("used last").isTrue();
            assertThat(row.isCached(2)).as("used longest ago").isFalse();
        }
    }

    private static Cached1<Integer, byte[], RuntimeException> version(Opened opened, String version) {
        return opened.cache("bytes").version(version).memoize(Functions::bytes);
    }

    @Test
    void quota_oldVersions_giveWayFirst_theOneUsedLongestAgoBeforeOthers() {
        Path where = directory.resolve("cache");
        for (String old : new String[] {"1", "2"}) {
            try (Opened opened = Opened.timed(where)) {
                IntStream.range(9_000, 9_010).forEach(version(opened, old)::apply);
            }
            Functions.TIME.advance(1);
        }
        try (Opened opened = Opened.bounded(where, 210_000)) {
            Cached1<Integer, byte[], RuntimeException> bytes = version(opened, "3");
            IntStream.range(9_000, 9_006).forEach(bytes::apply);
            assertThat(IntStream.range(9_000, 9_010).filter(bytes::isCached)).hasSize(6);
            assertThat(opened.twat.diskUsage().bytes()).isLessThanOrEqualTo(210_000);
        }
        try (Opened opened = Opened.timed(where)) {
            assertThat(IntStream.range(9_000, 9_010).filter(version(opened, "2")::isCached))
                    .hasSize(10);
        }
        try (Opened opened = Opened.timed(where)) {
            assertThat(IntStream.range(9_000, 9_010).filter(version(opened, "1")::isCached))
                    .as("no more leave than must")
                    .hasSizeBetween(3, 8);
        }
    }

    /** One function for each seed, of one cache. */
    private static Cached1<Integer, byte[], RuntimeException> seeded(Opened opened, int seed) {
        return opened.cache("bytes").memoize((Integer n) -> new byte[n + seed - seed]);
    }

    @Test
    void quota_otherFunctionsOfTheCache_thatNobodyHasOpen_giveWayFirst() {
        Path where = directory.resolve("cache");
        try (Opened opened = Opened.timed(where)) {
            IntStream.range(9_000, 9_010).forEach(seeded(opened, 1)::apply);
        }
        Functions.TIME.advance(Duration.ofSeconds(1));
        try (Opened opened = Opened.bounded(where, 150_000)) {
            Cached1<Integer, byte[], RuntimeException> other = seeded(opened, 2);
            Cached1<Integer, byte[], RuntimeException> bytes = seeded(opened, 3);
            IntStream.range(9_000, 9_003).forEach(other::apply);
            IntStream.range(9_000, 9_010).forEach(bytes::apply);
            assertThat(IntStream.range(9_000, 9_010).filter(bytes::isCached)).hasSize(10);
            assertThat(IntStream.range(9_000, 9_003).filter(other::isCached))
                    .as("it is open")
                    .hasSize(3);
            assertThat(opened.twat.diskUsage().bytes()).isLessThanOrEqualTo(150_000);
        }
        try (Opened opened = Opened.timed(where)) {
            assertThat(IntStream.range(9_000, 9_010).filter(seeded(opened, 1)::isCached))
                    .as("no more leave than must")
                    .hasSizeBetween(1, 6);
        }
    }

    @Test
    void quota_cacheThatNobodyHasOpen_givesEntriesWrittenLongestAgo() throws IOException {
        Path where = directory.resolve("cache");
        try (Opened opened = Opened.timed(where)) {
            IntStream.range(9_000, 9_010).forEach(opened.cache("closed").memoize(Functions::bytes)::apply);
            FileTime before = FileTime.fromMillis(1_000_000_000_000L);
            for (Path entry : opened.files("entry.json").subList(0, 5)) {
                Files.setLastModifiedTime(entry, before);
            }
        }
        try (Opened another = Opened.timed(where)) {
            // Another process, as far as the quota is concerned: it has none, and an index of what is stored.
            Cached1<Integer, byte[], RuntimeException> closed =
                    another.cache("closed").maximumSize(1_000).memoize(Functions::bytes);
            assertThat(closed.size()).isEqualTo(10);
        }
        try (Opened opened = Opened.bounded(where, 110_000)) {
            Cached1<Integer, byte[], RuntimeException> bytes =
                    opened.cache("bytes").memoize(Functions::bytes);
            IntStream.range(9_000, 9_005).forEach(bytes::apply);
            assertThat(IntStream.range(9_000, 9_005).filter(bytes::isCached)).hasSize(5);
            assertThat(opened.twat.diskUsage().bytes()).isLessThanOrEqualTo(110_000);
            assertThat(opened.twat.diskUsage().bytes()).isEqualTo(bytesBelow(where.resolve("caches")));
        }
        try (Opened opened = Opened.timed(where)) {
            Cached1<Integer, byte[], RuntimeException> closed =
                    opened.cache("closed").maximumSize(1_000).memoize(Functions::bytes);
            assertThat(IntStream.range(9_000, 9_010).filter(closed::isCached))
                    .as("no more leave than must")
                    .hasSizeBetween(5, 7);
            assertThat(closed.size()).isBetween(5L, 7L);
            long young = 0;
            for (Path entry : opened.files("entry.json")) {
                boolean its = entry.startsWith(where.resolve("caches/closed"));
                young += its && Files.getLastModifiedTime(entry).toMillis() > 1_000_000_000_000L ? 1 : 0;
            }
            assertThat(young).as("those written last stay").isEqualTo(5);
        }
    }

    private static long bytesBelow(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(Path::toFile)
                    .filter(File::isFile)
                    .mapToLong(File::length)
                    .sum();
        }
    }

    @Test
    void replacementCutOff_valueThatNobodyNames_isSwept() throws IOException {
        try (Opened opened = open()) {
            opened.cache("rows").memoize(Functions::row).apply(1);
            Path value = opened.files(".npy").get(0);
            // This is what a process leaves that is killed after it has given its value a name.
            Files.copy(value, value.resolveSibling("value-" + "0".repeat(32) + ".npy"));
        }
        try (Opened opened = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    opened.cache("rows").maximumSize(20).memoize(Functions::row);
            assertThat(row.size()).isEqualTo(1);
            assertThat(opened.files(".npy")).as("what was left is gone").hasSize(1);
            Functions.CALLS.set(0);
            assertThat(row.apply(1)).hasSize(1);
            assertThat(Functions.CALLS).as("the entry is whole").hasValue(0);
        }
    }

    @Test
    void leastRecentlyUsed_byWhatAnotherProgramHasUsedMeanwhile_leaves() {
        try (Opened one = open()) {
            Cached1<Integer, double[], RuntimeException> row =
                    one.cache("rows").maximumSize(3).memoize(Functions::row);
            IntStream.rangeClosed(1, 3).forEach(row::apply);
            try (Opened other = open()) {
                other.cache("rows").maximumSize(3).memoize(Functions::row).apply(1);
            }
            row.apply(4);
            assertThat(row.isCached(1)).as("used last, elsewhere").isTrue();
            assertThat(row.isCached(2)).as("used longest ago").isFalse();
        }
    }
}
