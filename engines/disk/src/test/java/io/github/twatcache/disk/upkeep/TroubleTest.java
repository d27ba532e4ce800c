package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Cached1;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.OnUnavailable;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.stats.Unstored;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, directories that go, locks that are held: nothing that was acknowledged is lost, nothing is stale. */
final class TroubleTest {
    private static final String NAME = "trouble";

    @TempDir
    Path directory;

    private static TwatCache open(Path where) {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(where)
                .open();
    }

    private static CacheBuilder cache(TwatCache twat) {
        return twat.disk(NAME)
                .statistics()
                .maximumSize(100_000)
                .breaker(1_000_000, Duration.ofMinutes(1))
                .set(DiskSettings.FILE_THRESHOLD, 10_000L);
    }

    private static Cache<Integer, String> built(TwatCache twat) {
        return cache(twat).types(Integer.class, String.class).build();
    }

    /** Asks until something is noticed, which it is within a tenth of a second; a minute says that it is not. */
    private static void untilMissed(Cache<Integer, String> cache, int key) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (cache.getIfPresent(key) != null) {
            assertThat(System.nanoTime() - end).isNegative();
        }
    }

    @Test
    void directory_deletedInUse_missedRemadeAndTheFrontIsBack() throws Exception {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = built(twat);
            cache.put(1, "old");
            assertThat(cache.getIfPresent(1)).isEqualTo("old");
            assertThat(cache.getIfPresent(1)).isEqualTo("old");
            Raw.delete(directory);
            untilMissed(cache, 1);
            assertThat(cache.get(1, key -> "new")).isEqualTo("new");
            assertThat(cache.size()).isEqualTo(1);
            assertThat(cache.getIfPresent(1)).isEqualTo("new");
            assertThat(Maintenance.of(cache).check()).isEmpty();
            // Only the heap knows the answer now.
            new Raw(directory, NAME).run("UPDATE entry SET key = x'00'");
            assertThat(cache.getIfPresent(1)).isEqualTo("new");
        }
    }

    @Test
    void directory_deletedInUse_writesGoToTheNewOne() throws Exception {
        try (TwatCache twat = open(directory);
                Companion other = Companion.start(directory, NAME)) {
            Cache<Integer, String> cache = built(twat);
            other.put(1, "old");
            assertThat(cache.getIfPresent(1)).isEqualTo("old");
            Raw.delete(directory);
            untilMissed(cache, 1);
            cache.put(2, "here");
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (other.get(1) != null) {
                assertThat(System.nanoTime() - end).isNegative();
            }
            assertThat(other.get(2)).isEqualTo("here");
            other.put(1, "there");
            assertThat(cache.getIfPresent(1)).isEqualTo("there");
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    @Test
    void directory_replacedByACopy_whatThatHoldsIsFound() throws Exception {
        Path copy = directory.resolveSibling(directory.getFileName() + "-copy");
        try {
            try (TwatCache twat = open(directory)) {
                built(twat).put(1, "of the copy");
            }
            Raw.copy(directory, copy);
            try (TwatCache twat = open(directory)) {
                Cache<Integer, String> cache = built(twat);
                cache.put(1, "newer");
                cache.put(2, "newest");
                Raw.delete(directory);
                Raw.copy(copy, directory);
                untilMissed(cache, 2);
                assertThat(cache.getIfPresent(1)).isEqualTo("of the copy");
                cache.put(3, "more");
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
        } finally {
            Raw.delete(copy);
        }
    }

    @Test
    void database_lockedByAnother_readsGoOnWritesFailAndNothingIsLost() throws Exception {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = cache(twat)
                    .set(DiskSettings.LOCK_TIMEOUT, Duration.ofMillis(50))
                    .types(Integer.class, String.class)
                    .build();
            cache.put(1, "kept");
            try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + new Raw(directory, NAME).database);
                    Statement statement = foreign.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> cache.put(1, "other"))
                        .withMessageContaining("lock-timeout");
                assertThat(cache.getIfPresent(1)).isEqualTo("kept");
                assertThat(cache.get(2, key -> "computed")).isEqualTo("computed");
                assertThat(cache.stats().unstored().get(Unstored.ENGINE_FAILED)).isEqualTo(1L);
                statement.execute("ROLLBACK");
            }
            cache.put(2, "stored");
            assertThat(cache.getIfPresent(2)).isEqualTo("stored");
            assertThat(cache.getIfPresent(1)).isEqualTo("kept");
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }

    /** Runs a program; says whether it went well. */
    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    @Test
    void disk_full_nothingAcknowledgedIsLostAndRoomHelps() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", small.toString()))
                .as("a tmpfs can be mounted here")
                .isTrue();
        try {
            Path where = small.resolve("cache");
            Path filler = small.resolve("filler");
            Files.write(filler, new byte[1 << 20]);
            Map<Integer, String> acknowledged = new HashMap<>();
            try (TwatCache twat = open(where)) {
                Cache<Integer, String> cache = built(twat);
                int failures = 0;
                for (int i = 0; failures < 20; i++) {
                    String value = i + "-".repeat(i % 10 == 0 ? 50_000 : 2_000);
                    try {
                        cache.put(i, value);
                        acknowledged.put(i, value);
                    } catch (EngineException full) {
                        assertThat(full).hasMessageContaining("space");
                        failures++;
                    }
                }
                assertThat(acknowledged).hasSizeGreaterThan(100);
                assertThat(cache.get(-1, key -> "c".repeat(3_000_000))).hasSize(3_000_000);
                assertThat(cache.stats().unstored().get(Unstored.ENGINE_FAILED)).isEqualTo(1L);
                acknowledged.forEach(
                        (key, value) -> assertThat(cache.getIfPresent(key)).isEqualTo(value));
                assertThat(cache.size()).isEqualTo(acknowledged.size());
                Files.delete(filler);
                cache.put(-2, "there is room");
                acknowledged.put(-2, "there is room");
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
            try (TwatCache twat = open(where)) {
                Cache<Integer, String> cache = built(twat);
                acknowledged.forEach(
                        (key, value) -> assertThat(cache.getIfPresent(key)).isEqualTo(value));
                assertThat(Maintenance.of(cache).check()).isEmpty();
            }
        } finally {
            assertThat(run("umount", small.toString()) || run("umount", "-l", small.toString()))
                    .isTrue();
        }
    }

    /** Writes until nothing more fits. */
    private static void fill(Path filler) throws IOException {
        try (OutputStream out = Files.newOutputStream(filler)) {
            byte[] page = new byte[4096];
            while (true) {
                out.write(page);
            }
        } catch (IOException full) {
            assertThat(Files.size(filler)).isPositive();
        }
    }

    @Test
    void disk_fullWhileALoadRuns_nobodyHereWaitsForItsLeaseAfterwards() throws Exception {
        for (long shards : new long[] {1, 2}) {
            Path small = Files.createDirectories(directory.resolve("leases" + shards));
            assumeThat(run("mount", "-t", "tmpfs", "-o", "size=6m,mode=0700", "tmpfs", small.toString()))
                    .as("a tmpfs can be mounted here")
                    .isTrue();
            Path where = small.resolve("cache");
            Path filler = small.resolve("filler");
            AtomicBoolean fills = new AtomicBoolean(true);
            try (TwatCache twat = open(where)) {
                Cached1<Integer, String, IOException> function = cache(twat)
                        .set(DiskSettings.SHARDS, shards)
                        .loadTimeout(Duration.ofSeconds(1))
                        .memoize((Integer n) -> {
                            if (fills.get()) {
                                fill(filler);
                            }
                            return "-".repeat(n);
                        });
                for (int i = 0; i < 4; i++) {
                    assertThat(function.apply(5_000)).hasSize(5_000);
                }
                assertThat(function.stats().unstored().get(Unstored.ENGINE_FAILED))
                        .isEqualTo(4L);
                assertThat(function.stats().waits())
                        .as("one thread of one process has nobody to wait for")
                        .isZero();
                fills.set(false);
                Files.delete(filler);
                assertThat(function.apply(6_000)).hasSize(6_000);
                if (shards == 1) {
                    assertThat(new Raw(where, NAME).number("SELECT count(*) FROM lease"))
                            .as("others need not wait either, as soon as there is room for saying so")
                            .isZero();
                }
                assertThat(function.apply(5_000)).hasSize(5_000);
                assertThat(function.apply(5_000)).hasSize(5_000);
                assertThat(function.stats().hits()).isEqualTo(1);
                assertThat(function.stats().waits()).isZero();
            } finally {
                assertThat(run("umount", small.toString()) || run("umount", "-l", small.toString()))
                        .isTrue();
            }
        }
    }

    private static CacheBuilder reading(TwatCache twat) {
        return cache(twat).set(DiskSettings.READ_ONLY, true);
    }

    private static void judgeReading(Path where) {
        try (TwatCache twat = open(where)) {
            Cache<Integer, String> cache =
                    reading(twat).types(Integer.class, String.class).build();
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            assertThat(cache.getIfPresent(2)).isEqualTo("x".repeat(50_000));
            assertThat(cache.getIfPresent(3)).isNull();
            assertThat(cache.size()).isEqualTo(2);
            try (var entries = cache.entries()) {
                assertThat(entries.map(Map.Entry::getKey)).containsExactlyInAnyOrder(1, 2);
            }
            for (int i = 3; i < 30; i++) {
                assertThat(cache.get(i, key -> "computed")).isEqualTo("computed");
            }
            assertThat(cache.getIfPresent(3)).isNull();
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            assertThatExceptionOfType(ReadOnlyException.class)
                    .isThrownBy(() -> cache.put(1, "other"))
                    .withMessageContaining("read-only");
            assertThatExceptionOfType(ReadOnlyException.class).isThrownBy(() -> cache.remove(1));
            assertThatExceptionOfType(ReadOnlyException.class).isThrownBy(cache::clear);
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            // Another instance of this process reads the same database.
            try (TwatCache second = open(where)) {
                assertThat(reading(second)
                                .types(Integer.class, String.class)
                                .build()
                                .getIfPresent(1))
                        .isEqualTo("one");
            }
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
        }
    }

    private void fillTwo() {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = built(twat);
            cache.put(1, "one");
            cache.put(2, "x".repeat(50_000));
        }
    }

    @Test
    void readOnly_whatIsThereIsFoundAndNothingIsChanged() throws Exception {
        fillTwo();
        byte[] before = new Raw(directory, NAME).bytes();
        judgeReading(directory);
        assertThat(new Raw(directory, NAME).bytes()).isEqualTo(before);
    }

    @Test
    void readOnly_anotherProcessWrites_isSeen() throws Exception {
        fillTwo();
        try (Companion other = Companion.start(directory, NAME);
                TwatCache twat = open(directory)) {
            Cache<Integer, String> cache =
                    reading(twat).types(Integer.class, String.class).build();
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            other.put(1, "newer");
            assertThat(cache.getIfPresent(1)).isEqualTo("newer");
        }
    }

    @Test
    void readOnly_nothingThere_refusedAndNothingMade() {
        try (TwatCache twat = open(directory.resolve("none"))) {
            assertThatExceptionOfType(EngineException.class)
                    .isThrownBy(() -> reading(twat)
                            .onUnavailable(OnUnavailable.FAIL)
                            .types(Integer.class, String.class)
                            .build())
                    .withMessageContaining("read-only");
        }
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void disk_readOnly_isReadWithTheSettingAndRefusedWithout() throws Exception {
        fillTwo();
        Path mounted = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-mounted"));
        assumeThat(run("mount", "--bind", directory.toString(), mounted.toString())
                        && run("mount", "-o", "remount,bind,ro", mounted.toString()))
                .as("a file system can be mounted read-only here")
                .isTrue();
        try {
            judgeReading(mounted);
            try (TwatCache twat = open(mounted)) {
                assertThatExceptionOfType(EngineException.class)
                        .isThrownBy(() -> cache(twat)
                                .onUnavailable(OnUnavailable.FAIL)
                                .types(Integer.class, String.class)
                                .build())
                        .withMessageContaining("read-only");
            }
        } finally {
            assertThat(run("umount", mounted.toString()) || run("umount", "-l", mounted.toString()))
                    .isTrue();
            Files.delete(mounted);
        }
    }
}
