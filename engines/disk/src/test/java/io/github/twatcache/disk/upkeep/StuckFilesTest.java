package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Queues;
import io.github.twatcache.SharedDeque;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.stats.RemovalCause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Value files that cannot be deleted: what was committed stands, and every opening tries again. */
final class StuckFilesTest {
    private static final String NAME = "stuck";

    @TempDir
    Path directory;

    private TwatCache twat() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    private static CacheBuilder settings(TwatCache twat) {
        return twat.disk(NAME)
                .statistics()
                .policy(Policy.LRU)
                .set(DiskSettings.FRONT, false)
                .set(DiskSettings.FILE_THRESHOLD, 1_000L);
    }

    private static Cache<String, String> cache(TwatCache twat, int size) {
        return settings(twat)
                .maximumSize(size)
                .types(String.class, String.class)
                .build();
    }

    private static String large(String word) {
        return (word + " ").repeat(10_000);
    }

    /** Puts a folder that holds something in the place of a file: nobody deletes that as a file, whoever he is. */
    private static void stick(Path file) throws IOException {
        Files.deleteIfExists(file);
        Files.createDirectories(file);
        Files.createFile(file.resolve("inside"));
    }

    private static void loosen(Path file) throws IOException {
        Files.delete(file.resolve("inside"));
    }

    /** Sticks the only value file there is. */
    private Path stuck() throws IOException {
        List<Path> files = new Raw(directory, NAME).files();
        assertThat(files).hasSize(1);
        stick(files.get(0));
        return files.get(0);
    }

    private void assertOpensAndIsDeletedInTheEnd(Path stuck, String key, String value) throws IOException {
        for (int opening = 0; opening < 2; opening++) {
            try (TwatCache twat = twat()) {
                assertThat(cache(twat, 10).getIfPresent(key)).isEqualTo(value);
            }
            assertThat(stuck).exists();
        }
        loosen(stuck);
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = cache(twat, 10);
            assertThat(stuck).doesNotExist();
            assertThat(cache.getIfPresent(key)).isEqualTo(value);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    @Test
    void put_overAValueWhoseFileStays_stored() throws Exception {
        Path stuck;
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = cache(twat, 10);
            cache.put("k", large("old"));
            stuck = stuck();
            cache.put("k", large("new"));
            assertThat(cache.getIfPresent("k")).isEqualTo(large("new"));
        }
        assertOpensAndIsDeletedInTheEnd(stuck, "k", large("new"));
    }

    @Test
    void put_victimsFileStays_stored() throws Exception {
        Path stuck;
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = cache(twat, 1);
            cache.put("victim", large("old"));
            stuck = stuck();
            cache.put("k", large("new"));
            assertThat(cache.getIfPresent("k")).isEqualTo(large("new"));
            assertThat(cache.size()).isEqualTo(1);
        }
        assertOpensAndIsDeletedInTheEnd(stuck, "k", large("new"));
    }

    @Test
    void putAllAndLoad_filesStay_stored() throws Exception {
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = cache(twat, 1);
            cache.put("a", large("old"));
            Path first = stuck();
            cache.putAll(Map.of("a", large("new")));
            assertThat(cache.getIfPresent("a")).isEqualTo(large("new"));
            loosen(first);
            Files.delete(first);
            Path second = stuck();
            assertThat(cache.get("b", key -> large("loaded"))).isEqualTo(large("loaded"));
            assertThat(second).exists();
            assertThat(cache.getIfPresent("b")).isEqualTo(large("loaded"));
            assertThat(cache.stats().unstoredCount()).isZero();
        }
    }

    @Test
    void push_itemThatMakesRoomHasAFileThatStays_stored() throws Exception {
        try (TwatCache twat = twat()) {
            SharedDeque<String> queue = Queues.of(cache(twat, 10)).queue("jobs", 1);
            queue.addLast(large("old"));
            stuck();
            queue.addLast(large("new"));
            assertThat(queue.pollFirst()).isEqualTo(large("new"));
            assertThat(queue.pollFirst()).isNull();
        }
    }

    /** A listener is to be told of a value that nobody can read: the entry leaves all the same. */
    @Test
    void put_victimCannotBeReadForTheListener_stored() throws Exception {
        List<RemovalCause> told = new ArrayList<>();
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = settings(twat)
                    .maximumSize(1)
                    .types(String.class, String.class)
                    .onRemoval((key, value, cause) -> told.add(cause))
                    .build();
            cache.put("victim", large("old"));
            stuck();
            cache.put("k", large("new"));
            assertThat(cache.getIfPresent("k")).isEqualTo(large("new"));
            assertThat(cache.stats().removalCount()).isEqualTo(1);
            assertThat(told).isEmpty();
        }
    }

    /** What a killed process was writing, and what stands under its number now. */
    @Test
    void open_draftOfADeadProcessStays_opensAndTriesAgain() throws Exception {
        try (TwatCache twat = twat()) {
            cache(twat, 10).put("k", large("value"));
        }
        Raw raw = new Raw(directory, NAME);
        raw.run("INSERT INTO draft VALUES (1000, 64, 'dead')");
        Path stuck = raw.folder.resolve("values").resolve("e8").resolve("00000000000003e8");
        stick(stuck);
        assertOpensAndIsDeletedInTheEnd(stuck, "k", large("value"));
        assertThat(raw.number("SELECT count(*) FROM draft")).isZero();
        assertThat(raw.number("SELECT count(*) FROM gone")).isZero();
    }

    /** As many as are tried when the cache is opened, and some behind them. */
    @Test
    void open_manyFilesStay_thoseBehindThemAreDeletedBesideTheWrites() throws Exception {
        try (TwatCache twat = twat()) {
            cache(twat, 10).put("k", "value");
        }
        Raw raw = new Raw(directory, NAME);
        int stuck = 1_000;
        int all = 1_050;
        raw.run("WITH RECURSIVE n(i) AS (SELECT 1000 UNION ALL SELECT i + 1 FROM n WHERE i < " + (1_000 + all - 1)
                + ") INSERT INTO gone SELECT i FROM n");
        List<Path> behind = new ArrayList<>();
        for (int number = 1_000; number < 1_000 + all; number++) {
            Path file = raw.folder.resolve(String.format("values/%02x/%016x", number & 0xFF, number));
            if (number < 1_000 + stuck) {
                stick(file);
            } else {
                Files.createDirectories(file.getParent());
                behind.add(Files.createFile(file));
            }
        }
        try (TwatCache twat = twat()) {
            Cache<String, String> cache = cache(twat, 10);
            for (int i = 0; i < 5; i++) {
                cache.put("k" + i, "value");
            }
            assertThat(behind).noneMatch(Files::exists);
        }
        assertThat(raw.number("SELECT count(*) FROM gone")).isEqualTo(stuck);
    }

    /** An item that is damaged, and whose file cannot be moved aside: the next one is taken, and not lost. */
    @Test
    void pull_fileOfADamagedItemCannotBeSetAside_theNextIsTaken() throws Exception {
        try (TwatCache twat = twat()) {
            SharedDeque<String> queue = Queues.of(cache(twat, 10)).queue("jobs");
            queue.addLast(large("damaged"));
            queue.addLast("next");
        }
        Raw raw = new Raw(directory, NAME);
        Files.write(raw.files().get(0), new byte[10]);
        Files.createFile(raw.folder.resolve("set-aside"));
        try (TwatCache twat = twat()) {
            SharedDeque<String> queue = Queues.of(cache(twat, 10)).queue("jobs");
            assertThat(queue.pollFirst()).isEqualTo("next");
            assertThat(queue.pollFirst()).isNull();
        }
    }
}
