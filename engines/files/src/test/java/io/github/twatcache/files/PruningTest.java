package io.github.twatcache.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cached1;
import io.github.twatcache.Shelf;
import io.github.twatcache.spi.StoredResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
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
