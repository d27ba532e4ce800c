package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.stats.MissReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is malformed is moved aside and rebuilt from what can be read, with everybody else shut out. */
final class RebuildTest {
    private static final String NAME = "rebuilt";
    private static final int ENTRIES = 2_000;

    @TempDir
    Path directory;

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    private static Cache<Integer, String> cache(TwatCache twat) {
        return twat.disk(NAME)
                .statistics()
                .maximumSize(100_000)
                .types(Integer.class, String.class)
                .build();
    }

    private static String value(int key) {
        return "value " + key + " ".repeat(100);
    }

    private Raw raw() {
        return new Raw(directory, NAME);
    }

    private void fill() {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            for (int i = 0; i < ENTRIES; i++) {
                cache.put(i, value(i));
            }
        }
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(raw().folder.resolve("set-aside"))) {
            return files.sorted().toList();
        }
    }

    /** What is there is right; says how many are. */
    private static int judged(Cache<Integer, String> cache) {
        int found = 0;
        for (int i = 0; i < ENTRIES; i++) {
            String value = cache.getIfPresent(i);
            assertThat(value).isIn(null, value(i));
            found += value == null ? 0 : 1;
        }
        return found;
    }

    /** A leaf of the table of entries: it holds this one's value. */
    private static long leaf(byte[] all) {
        return Raw.page(all, value(1_000).stripTrailing().concat(" "));
    }

    @Test
    void leafSpoiled_thatPageIsLostAndNothingElse() throws Exception {
        fill();
        raw().spoil(leaf(raw().bytes()));
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            int found = judged(cache);
            assertThat(found).isBetween(ENTRIES - 40, ENTRIES - 1);
            assertThat(cache.stats().misses().get(MissReason.UNDECODABLE)).isPositive();
            assertThat(cache.size()).isEqualTo(found);
            assertThat(aside()).hasSize(1);
            assertThat(aside().get(0).resolve("twat.db")).exists();
            assertThat(Maintenance.of(cache).check()).isEmpty();
            cache.put(1_000, "again");
            assertThat(cache.getIfPresent(1_000)).isEqualTo("again");
        }
    }

    @Test
    void root_ofTheEntriesSpoiled_emptyAndUsable() throws Exception {
        fill();
        raw().spoil(raw().root("entry"));
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            assertThat(judged(cache)).isZero();
            assertThat(cache.get(5, key -> "computed")).isEqualTo("computed");
            assertThat(Maintenance.of(cache).check()).isEmpty();
            assertThat(cache.size()).isEqualTo(1);
        }
    }

    @Test
    void index_spoiled_nothingIsLost() throws Exception {
        fill();
        raw().spoil(raw().root("entry_find"));
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            assertThat(judged(cache)).isEqualTo(ENTRIES);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    @Test
    void firstPage_spoiled_theRestIsRead() throws Exception {
        fill();
        raw().spoil(1);
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            assertThat(judged(cache)).isEqualTo(ENTRIES);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    @Test
    void database_truncated_whatIsLeftIsRead() throws Exception {
        fill();
        byte[] bytes = raw().bytes();
        raw().write(java.util.Arrays.copyOf(bytes, bytes.length * 3 / 4));
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            judged(cache);
            Maintenance.of(cache).check(true);
            assertThat(judged(cache)).isBetween(ENTRIES / 2, ENTRIES - 1);
            assertThat(Maintenance.of(cache).check()).isEmpty();
            cache.put(5, "again");
            assertThat(cache.getIfPresent(5)).isEqualTo("again");
        }
    }

    @Test
    void anyRoot_spoiled_usableWhateverItIs() throws Exception {
        fill();
        Path template = directory.resolveSibling(directory.getFileName() + "-template");
        Raw.copy(directory, template);
        try {
            long roots = raw().number("SELECT count(*) FROM sqlite_schema WHERE rootpage > 0");
            for (int i = 0; i < roots; i++) {
                Raw.delete(directory);
                Raw.copy(template, directory);
                raw().spoil(raw().number("SELECT rootpage FROM sqlite_schema WHERE rootpage > 0 LIMIT 1 OFFSET " + i));
                try (TwatCache twat = open()) {
                    Cache<Integer, String> cache = cache(twat);
                    judged(cache);
                    Maintenance.of(cache).check(true);
                    cache.put(5, "again");
                    assertThat(cache.getIfPresent(5)).isEqualTo("again");
                    assertThat(Maintenance.of(cache).check()).isEmpty();
                }
                try (TwatCache twat = open()) {
                    assertThat(cache(twat).getIfPresent(5)).isEqualTo("again");
                }
            }
        } finally {
            Raw.delete(template);
        }
    }

    @Test
    void noDatabaseAtAll_movedAsideAndBegunAnew() throws Exception {
        for (String content : new String[] {"this is no database, " + "x".repeat(5_000), "short"}) {
            fill();
            raw().write(content.getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            try (TwatCache twat = open()) {
                Cache<Integer, String> cache = cache(twat);
                assertThat(cache.get(5, key -> "computed")).isEqualTo("computed");
                assertThat(cache.size()).isEqualTo(1);
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
            Raw.delete(raw().folder);
        }
    }

    @Test
    void diedWhileItMoved_nextOpeningGoesOn() throws Exception {
        fill();
        // As a process leaves it that dies after it has moved the old database, and before the new one is there.
        Path moving = raw().folder.resolve("set-aside").resolve("0000019000000000-x.moving");
        Files.createDirectories(moving);
        Files.move(raw().database, moving.resolve("twat.db"));
        Files.writeString(moving.resolve("fresh.db"), "half of it");
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            assertThat(judged(cache)).isEqualTo(ENTRIES);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
        assertThat(aside()).extracting(path -> path.getFileName().toString()).containsExactly("0000019000000000-x");
        // And as one leaves it that dies before it has moved anything.
        Files.createDirectories(raw().folder.resolve("set-aside").resolve("0000019000000001-y.moving"));
        try (TwatCache twat = open()) {
            assertThat(judged(cache(twat))).isEqualTo(ENTRIES);
        }
    }

    /** Two caches of one process on the same database, which one of them finds malformed. */
    @Test
    void otherCacheOfTheProcess_goesOnWithTheNewDatabase() throws Exception {
        fill();
        raw().spoil(raw().root("entry_find"));
        try (TwatCache one = open();
                TwatCache two = open()) {
            Cache<Integer, String> first = cache(one);
            Cache<Integer, String> second = cache(two);
            assertThat(first.getIfPresent(7)).isEqualTo(value(7));
            second.put(7, "new");
            assertThat(first.getIfPresent(7)).isEqualTo("new");
            first.put(8, "newer");
            assertThat(second.getIfPresent(8)).isEqualTo("newer");
        }
        assertThat(aside()).hasSize(1);
    }

    /** Another process has the database open, and its front warm, while it is moved aside here. */
    @Test
    void otherProcess_neitherAnswersFromNorWritesToTheOldOne() throws Exception {
        fill();
        try (Companion other = Companion.start(directory, NAME)) {
            assertThat(other.get(7)).isEqualTo(value(7));
            assertThat(other.get(7)).isEqualTo(value(7));
            other.put(8, "of the other");
            try (TwatCache twat = open()) {
                Cache<Integer, String> cache = cache(twat);
                raw().run("PRAGMA wal_checkpoint(TRUNCATE)");
                // A page of an index, in use by the other: past SQLite, as a failing disk does it.
                Companion.spoil(raw().database, raw().root("entry_place"));
                assertThat(Maintenance.of(cache).check(true)).isNotEmpty();
                assertThat(aside()).hasSize(1);
                cache.put(7, "after");
                assertThat(other.get(7)).isEqualTo("after");
                other.put(9, "written after");
                assertThat(cache.getIfPresent(9)).isEqualTo("written after");
                assertThat(cache.getIfPresent(8)).isEqualTo("of the other");
                assertThat(other.get(8)).isEqualTo("of the other");
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
        }
        assertThat(aside()).hasSize(1);
    }

    /** Another process writes all the while: whatever it had said to be done, before, between and after, is there. */
    @Test
    void otherProcess_writesMeanwhile_nothingIsLost() throws Exception {
        Raw killed = new Raw(directory, Scribe.NAME);
        Scriptorium writer = new Scriptorium(0, Scribe.Kind.NATIVE);
        writer.start(directory);
        try {
            for (int round = 1; round <= 5; round++) {
                writer.awaitDone(round * 500);
                // What still lies in the log, of which there may be 16 MiB, is read from there.
                killed.number("PRAGMA wal_checkpoint(TRUNCATE)");
                // An index that it does not use, so that it does not find the damage itself.
                Companion.spoil(killed.database, killed.root("tag_entry"));
                try (TwatCache twat = Scribe.open(directory)) {
                    assertThat(Maintenance.of(Scribe.Kind.NATIVE.cache(twat, directory))
                                    .check(true))
                            .isNotEmpty();
                }
            }
            writer.awaitDone(4_000);
        } finally {
            writer.kill();
        }
        try (TwatCache twat = Scribe.open(directory)) {
            assertThat(writer.judge(Scribe.Kind.NATIVE.cache(twat, directory))).isEqualTo(Scribe.KEYS);
            assertThat(Maintenance.of(Scribe.Kind.NATIVE.cache(twat, directory)).check())
                    .isEmpty();
        }
    }
}
