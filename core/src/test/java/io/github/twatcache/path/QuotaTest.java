package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class QuotaTest {
    @TempDir
    Path root;

    private DirectorySettings settings(long bytes, QuotaPolicy policy) {
        return DirectorySettings.standard().at(root).bounded(new Quota(bytes, policy));
    }

    @Test
    void write_overTheQuota_makesTheLargestGiveRoom() {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.LARGEST));
                FileTenant large = new FileTenant(directory, "large");
                FileTenant small = new FileTenant(directory, "small")) {
            for (int i = 0; i < 6; i++) {
                large.put("l" + i, 100);
            }
            for (int i = 0; i < 4; i++) {
                small.put("s" + i, 100);
            }
            assertThat(directory.usage().bytes()).isEqualTo(1000);
            assertThat(small.put("s4", 150)).isTrue();
            assertThat(large.folder.usage()).isEqualTo(new DiskUsage.Share(400, 4));
            assertThat(large.folder.resolve("l0")).doesNotExist();
            assertThat(large.folder.resolve("l2")).exists();
            assertThat(directory.usage().bytes()).isEqualTo(950);
        }
    }

    @Test
    void write_overTheQuota_policiesChooseOthers() {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.WRITER));
                FileTenant large = new FileTenant(directory, "large");
                FileTenant small = new FileTenant(directory, "small")) {
            large.put("a", 600);
            large.put("b", 200);
            small.put("c", 100);
            assertThat(small.put("d", 200)).isTrue();
            assertThat(directory.usage().caches().get("large").bytes()).isEqualTo(800);
            assertThat(small.folder.resolve("c")).doesNotExist();
            assertThat(small.put("e", 300)).as("it has only 200 to give").isFalse();
        }
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.REFUSE));
                FileTenant small = new FileTenant(directory, "small")) {
            long before = directory.usage().bytes();
            assertThat(small.put("f", 999)).isFalse();
            assertThat(directory.usage().bytes()).isEqualTo(before);
        }
    }

    @Test
    void write_policyIdle_takesFromTheCacheWrittenLongestAgo() throws IOException {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.IDLE));
                FileTenant idle = new FileTenant(directory, "idle");
                FileTenant busy = new FileTenant(directory, "busy")) {
            idle.put("a", 100);
            busy.put("b", 800);
            // The clock has one millisecond: a moment in which both were written decides nothing.
            directory.room().locked("age", ledger -> {
                Slot slot = ledger.page().orElseThrow().slot("idle").orElseThrow();
                ledger.rename(slot.holding(slot.bytes(), slot.files(), slot.written() - 60_000));
                return 1;
            });
            assertThat(busy.put("c", 150)).isTrue();
            assertThat(idle.folder.usage()).isEqualTo(new DiskUsage.Share(0, 0));
            assertThat(busy.folder.usage()).isEqualTo(new DiskUsage.Share(950, 2));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = QuotaPolicy.class,
            names = {"LARGEST", "IDLE", "WRITER"})
    void write_largerThanTheQuota_isRefusedAndNothingIsEvicted(QuotaPolicy policy) {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, policy));
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 900);
            assertThat(users.put("b", 1001)).isFalse();
            assertThat(users.folder.resolve("a")).exists();
            assertThat(users.put("c", 1000)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(1000);
        }
    }

    @Test
    void write_overTheQuota_cachesThatNobodyHasOpenGiveTheirOldestFiles() {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.LARGEST))) {
            try (FileTenant closed = new FileTenant(directory, "Closed")) {
                for (int i = 0; i < 9; i++) {
                    closed.put("f" + i, 100);
                }
            }
            try (CacheFolder database = directory.folder("database")) {
                assertThat(database.report(50, 1)).isTrue();
            }
            try (FileTenant users = new FileTenant(directory, "users")) {
                assertThat(users.put("a", 500)).isTrue();
                assertThat(directory.usage().bytes()).isEqualTo(950);
                assertThat(directory.usage().caches().get("Closed")).isEqualTo(new DiskUsage.Share(400, 4));
                assertThat(directory.usage().caches().get("database").bytes())
                        .as("nobody else deletes of a database")
                        .isEqualTo(50);
            }
        }
    }

    @Test
    void write_overTheQuota_cachesThatNobodyHasOpenGiveTheirOldestFolders() throws IOException {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.LARGEST))) {
            try (CacheFolder closed = directory.folder("closed")) {
                closed.settle(Layout.FOLDER_PER_ENTRY, bytes -> {});
                for (int i = 0; i < 9; i++) {
                    String entry = "f/v/ab/e" + i + "/";
                    closed.write(entry + "value", out -> out.write(new byte[80]));
                    closed.write(entry + "entry.json", out -> out.write(new byte[10]));
                    Files.setLastModifiedTime(
                            closed.resolve(entry + "entry.json"), FileTime.fromMillis(1_000_000_000_000L - i * 60_000));
                }
                closed.write("f/v/changes", out -> out.write(new byte[20]));
                closed.write("f/v/function.json", out -> out.write(new byte[20]));
            }
            try (FileTenant users = new FileTenant(directory, "users")) {
                assertThat(users.put("a", 500)).isTrue();
                assertThat(directory.usage().caches().get("closed")).isEqualTo(new DiskUsage.Share(5 * 90 + 20, 11));
                Path cache = directory.folder("closed").path();
                assertThat(cache.resolve("f/v/changes"))
                        .as("who follows it looks anew")
                        .doesNotExist();
                assertThat(cache.resolve("f/v/ab").toFile().list())
                        .as("those written last stay")
                        .containsExactlyInAnyOrder("e0", "e1", "e2", "e3", "e4");
            }
        }
    }

    @Test
    void report_overTheQuota_makesRoomOrSaysThatThereIsNone() {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.LARGEST));
                FileTenant files = new FileTenant(directory, "files");
                CacheFolder database = directory.folder("database")) {
            List<Long> asked = new ArrayList<>();
            database.settle(Layout.OPAQUE, asked::add);
            files.put("a", 300);
            files.put("b", 300);
            assertThat(database.report(600, 2)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(900);
            assertThat(asked).isEmpty();
            assertThat(database.report(1300, 2)).as("it gives nothing").isFalse();
            assertThat(asked).isNotEmpty();
            assertThat(files.folder.usage().bytes()).isZero();
        }
    }

    @Test
    void write_overTheQuota_asksOnWhereOneTenantFailsOrHasNothing() {
        try (CacheDirectory directory = CacheDirectory.open(settings(1000, QuotaPolicy.LARGEST));
                CacheFolder broken = directory.folder("broken");
                CacheFolder empty = directory.folder("shared");
                FileTenant shared = new FileTenant(directory, "shared")) {
            broken.settle(Layout.OPAQUE, bytes -> {
                throw new IllegalStateException("no");
            });
            empty.settle(Layout.FILE_PER_ENTRY, bytes -> {});
            broken.report(600, 1);
            shared.put("a", 300);
            assertThat(shared.put("b", 200)).isTrue();
            assertThat(directory.usage().bytes()).isEqualTo(800);
        }
    }

    @Test
    void listener_at80Percent_isToldOnceUntilItHasFallenBelow70() {
        List<Long> told = new ArrayList<>();
        DirectorySettings settings =
                settings(1000, QuotaPolicy.LARGEST).telling((usage, quota) -> told.add(usage.bytes()));
        try (CacheDirectory directory = CacheDirectory.open(settings);
                FileTenant users = new FileTenant(directory, "users")) {
            users.put("a", 700);
            users.put("b", 99);
            assertThat(told).isEmpty();
            users.put("c", 1);
            users.put("d", 100);
            assertThat(told).containsExactly(800L);
            users.folder.delete("d");
            users.folder.delete("b");
            users.put("d", 150);
            assertThat(told).as("it had not fallen below 70 %").containsExactly(800L);
            users.folder.delete("a");
            users.put("a", 700);
            assertThat(told).containsExactly(800L, 851L);
        }
    }

    @Test
    void listener_thatThrows_harmsNobody() {
        DirectorySettings settings = settings(1000, QuotaPolicy.LARGEST).telling((usage, quota) -> {
            throw new IllegalStateException("no");
        });
        try (CacheDirectory directory = CacheDirectory.open(settings);
                FileTenant users = new FileTenant(directory, "users")) {
            assertThat(users.put("a", 900)).isTrue();
            assertThat(users.put("b", 50)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = QuotaPolicy.class,
            names = {"LARGEST", "IDLE", "WRITER"})
    void usage_underRunningWriters_neverExceedsTheQuotaAndIsExactAtTheEnd(QuotaPolicy policy) throws Exception {
        long quota = 20_000;
        int threads = 6;
        AtomicBoolean running = new AtomicBoolean(true);
        ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
        try (CacheDirectory directory = CacheDirectory.open(settings(quota, policy))) {
            Future<Long> greatest = pool.submit(() -> {
                long seen = 0;
                while (running.get()) {
                    seen = Math.max(seen, directory.usage().bytes());
                }
                return seen;
            });
            List<Callable<Integer>> writers = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                int seed = t;
                writers.add(() -> {
                    Random random = new Random(seed);
                    int stored = 0;
                    try (FileTenant tenant = new FileTenant(directory, "cache" + seed % 3)) {
                        for (int i = 0; i < 150; i++) {
                            stored += tenant.put("k" + random.nextInt(50), 100 + random.nextInt(900)) ? 1 : 0;
                        }
                    }
                    return stored;
                });
            }
            for (Future<Integer> writer : pool.invokeAll(writers)) {
                assertThat(writer.get()).isPositive();
            }
            running.set(false);
            assertThat(greatest.get()).isLessThanOrEqualTo(quota).isGreaterThan(quota / 2);
            DiskUsage usage = directory.usage();
            assertThat(new DiskUsage.Share(usage.bytes(), usage.files()))
                    .isEqualTo(Recount.walked(directory.path().resolve("caches")));
        } finally {
            pool.shutdownNow();
        }
    }
}
