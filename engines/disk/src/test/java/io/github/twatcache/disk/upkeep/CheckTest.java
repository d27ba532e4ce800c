package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Queues;
import io.github.twatcache.Recipes;
import io.github.twatcache.Transactions;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.shared.SharedLock;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each fault of a folder is told by its name, and mended when that is asked for; nothing else is touched. */
final class CheckTest {
    private static final String NAME = "check";
    private static final String LARGE = "a large value ".repeat(100);

    @TempDir
    Path directory;

    private Raw raw() {
        return new Raw(directory, NAME);
    }

    /** Does something with the cache, in a process of its own as it were. */
    private <R> R open(Function<Cache<String, String>, R> use) {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            return use.apply(twat.disk(NAME)
                    .set(DiskSettings.FILE_THRESHOLD, 1_000L)
                    .types(String.class, String.class)
                    .build());
        }
    }

    private static List<String> names(List<Fault> faults) {
        return faults.stream().map(Fault::name).sorted().distinct().toList();
    }

    /** Each fault by itself: told by its name, mended, and gone. */
    private void faulty(String name, String... statements) throws Exception {
        Raw.delete(directory);
        Files.createDirectories(directory);
        open(cache -> {
            cache.put("small", "s");
            cache.put("large", LARGE);
            return true;
        });
        raw().run(statements);
        told(name);
    }

    private void told(String name) {
        List<Fault> found = open(cache -> Maintenance.of(cache).check());
        assertThat(names(found)).as(name).contains(name);
        assertThat(found).as(name).noneMatch(Fault::mended);
        assertThat(found.toString()).doesNotContain("small").doesNotContain("large value");
        List<Fault> mended = open(cache -> Maintenance.of(cache).check(true));
        // One may come of another, and go with it.
        assertThat(names(found)).as(name).containsAll(names(mended));
        assertThat(names(mended)).as(name).contains(name);
        assertThat(mended).as(name).allMatch(Fault::mended);
        open(cache -> {
            assertThat(Maintenance.of(cache).check()).as(name).isEmpty();
            assertThat(cache.get("small", key -> "s")).isEqualTo("s");
            assertThat(cache.get("large", key -> LARGE)).isEqualTo(LARGE);
            assertThat(cache.size()).isEqualTo(2);
            return true;
        });
    }

    @Test
    void check_faultsOfRows_eachByName() throws Exception {
        String small = " WHERE file IS NULL";
        String large = " WHERE file IS NOT NULL";
        faulty("row-checksum", "UPDATE entry SET value = x'00'" + small);
        faulty("row-checksum", "UPDATE entry SET key = x'00'" + small);
        faulty("row-checksum", "UPDATE entry SET mode = mode + 1" + small);
        faulty("row-checksum", "UPDATE entry SET fresh = 9000000000000000000" + small);
        faulty("row-checksum", "UPDATE entry SET value = NULL" + small);
        faulty("row-length", "UPDATE entry SET length = length + 1" + small);
        faulty("unknown-mode", "UPDATE mode SET id = id + 77");
        faulty("missing-file", "UPDATE entry SET file = 1" + large);
        faulty("stray-entry", "UPDATE entry SET life = 12345" + small);
        faulty("wrong-count", "UPDATE space SET entries = entries + 1");
        faulty("wrong-count", "UPDATE space SET bytes = bytes - 1");
        faulty("stray-tag", "INSERT INTO tag VALUES (1, 't', 12345)");
        faulty("unnoted-tags", "INSERT INTO tag SELECT life, 't', id FROM entry" + small);
        faulty("serial-behind", "UPDATE serial SET next = 1");
        faulty(
                "malformed-database",
                "PRAGMA writable_schema = ON",
                "DELETE FROM sqlite_schema WHERE name = 'entry_find'");
    }

    @Test
    void check_faultsOfFiles_eachByName() throws Exception {
        for (String name : new String[] {
            "missing-file",
            "file-length",
            "file-checksum",
            "orphan-file",
            "orphan-drawn",
            "foreign-file",
            "foreign-stripes"
        }) {
            Raw.delete(directory);
            Files.createDirectories(directory);
            open(cache -> {
                cache.put("small", "s");
                cache.put("large", LARGE);
                return true;
            });
            Path file = raw().files().get(0);
            byte[] bytes = Files.readAllBytes(file);
            switch (name) {
                case "missing-file" -> Files.delete(file);
                case "file-length" -> Files.write(file, new byte[10]);
                case "file-checksum" -> {
                    bytes[0]++;
                    Files.write(file, bytes);
                }
                case "orphan-file" ->
                    Files.write(
                            Files.createDirectories(file.getParent().resolveSibling("ff"))
                                    .resolve("00000000000012ff"),
                            bytes);
                case "orphan-drawn" ->
                    Files.write(
                            Files.createDirectories(file.getParent().resolveSibling("ab"))
                                    .resolve("40000000000012ab"),
                            bytes);
                case "foreign-file" -> Files.write(file.resolveSibling("notes.txt"), bytes);
                default -> {
                    foreignStripes();
                    continue;
                }
            }
            told(name.equals("orphan-drawn") ? "orphan-file" : name);
        }
    }

    @Test
    void check_fileOfARunningTransaction_noFault() {
        open(cache -> {
            Transactions.of(cache).run(() -> {
                cache.put("within", LARGE);
                // Whoever is outside sees the file, and no row that names it.
                assertThat(CompletableFuture.supplyAsync(
                                        () -> Maintenance.of(cache).check())
                                .join())
                        .isEmpty();
            });
            assertThat(Maintenance.of(cache).check(true)).isEmpty();
            return true;
        });
    }

    @Test
    void check_numbersOfQueuesAndFilesDrawnByChance_knownToTheSequence() throws Exception {
        open(cache -> {
            Transactions.of(cache).run(() -> cache.put("large", LARGE));
            return Queues.of(cache).queue("jobs").size();
        });
        long next = raw().number("SELECT next FROM serial");
        open(cache -> {
            Queues.of(cache).queue("jobs").addLast("a job");
            assertThat(Maintenance.of(cache).check(true)).isEmpty();
            return true;
        });
        assertThat(raw().number("SELECT next FROM serial"))
                .as("a few more, not those above 2^62")
                .isBetween(next, next + 10_000);
        raw().run(
                        "UPDATE serial SET next = (SELECT max(life) + 1 FROM space)",
                        "DELETE FROM entry",
                        "DELETE FROM draft");
        open(cache -> {
            assertThat(names(Maintenance.of(cache).check(true))).contains("serial-behind");
            Queues.of(cache).queue("jobs").addLast("another");
            assertThat(Queues.of(cache).queue("jobs").size()).isEqualTo(2);
            return true;
        });
    }

    @Test
    void check_damagedCell_toldAndLeftAlone() throws Exception {
        open(cache -> {
            SharedLock lock = Recipes.of(cache).lock("printer");
            assertThat(lock.tryLock()).isTrue();
            lock.unlock();
            return true;
        });
        raw().run("UPDATE cell SET version = version + 1");
        for (int times = 0; times < 2; times++) {
            List<Fault> faults = open(cache -> Maintenance.of(cache).check(true));
            assertThat(names(faults)).containsExactly("cell-checksum");
            assertThat(faults).noneMatch(Fault::mended);
            assertThat(faults.toString()).doesNotContain("printer");
        }
    }

    @Test
    void check_faultsOfQueues_eachByName() throws Exception {
        String small = " WHERE file IS NULL";
        queue("item-checksum", 1, "UPDATE item SET value = x'00'" + small);
        queue("item-checksum", 1, "UPDATE item SET fresh = 9000000000000000000" + small);
        queue("item-checksum", 1, "UPDATE item SET value = NULL" + small);
        queue("unknown-mode", 0, "UPDATE mode SET id = id + 77");
        queue("missing-file", 2, "UPDATE item SET file = 1 WHERE file IS NOT NULL");
        queue("file-length", 2, "UPDATE item SET length = 1 WHERE file IS NOT NULL");
        queue("wrong-count", 3, "UPDATE queue SET items = items + 1");
        queue(
                "stray-item",
                2,
                "UPDATE item SET queue = 12345" + small + " AND number = (SELECT min(number) FROM item)");
        queue("stray-queue", 0, "UPDATE queue SET space = 12345");
    }

    /** Made while it is open, since opening takes away what nobody has any more. */
    @Test
    void check_leaseOfNoGeneration_told() {
        open(cache -> {
            cache.put("small", "s");
            try {
                raw().run("INSERT INTO lease VALUES (12345, x'00', 'somebody', 1, 1, 1)");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            assertThat(names(Maintenance.of(cache).check())).containsExactly("stray-lease");
            assertThat(Maintenance.of(cache).check(true)).allMatch(Fault::mended);
            assertThat(Maintenance.of(cache).check()).isEmpty();
            return true;
        });
    }

    @Test
    void check_changedFileOfAnItem_setAsideWithIt() throws Exception {
        begunQueue();
        Path file = raw().files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[0]++;
        Files.write(file, bytes);
        toldOfQueue("file-checksum", 2);
        assertThat(raw().files()).isEmpty();
        assertThat(raw().number("SELECT count(*) FROM damaged")).isEqualTo(1);
    }

    @Test
    void pull_damagedFileOfAnItem_leavesNoOrphan() throws Exception {
        begunQueue();
        Path file = raw().files().get(0);
        Files.write(file, new byte[10]);
        open(cache -> {
            assertThat(Queues.of(cache).queue("jobs").pollLast()).isEqualTo("second");
            assertThat(Maintenance.of(cache).check()).isEmpty();
            return true;
        });
    }

    private void begunQueue() throws Exception {
        Raw.delete(directory);
        Files.createDirectories(directory);
        open(cache -> {
            var jobs = Queues.of(cache).queue("jobs");
            jobs.addLast("first");
            jobs.addLast("second");
            jobs.addLast(LARGE);
            return true;
        });
    }

    /** Each fault by itself: told by its name, mended, and gone, with what it could not spare. */
    private void queue(String name, long left, String... statements) throws Exception {
        begunQueue();
        raw().run(statements);
        toldOfQueue(name, left);
    }

    private void toldOfQueue(String name, long left) {
        List<Fault> found = open(cache -> Maintenance.of(cache).check());
        assertThat(names(found)).as(name).contains(name);
        assertThat(found).as(name).noneMatch(Fault::mended);
        assertThat(found.toString())
                .doesNotContain("first")
                .doesNotContain("large value")
                .doesNotContain("jobs");
        List<Fault> mended = open(cache -> Maintenance.of(cache).check(true));
        assertThat(names(mended)).as(name).contains(name);
        assertThat(mended).as(name).allMatch(Fault::mended);
        open(cache -> {
            assertThat(Maintenance.of(cache).check()).as(name).isEmpty();
            var jobs = Queues.of(cache).queue("jobs");
            assertThat(jobs.size()).as(name).isEqualTo(left);
            for (long taken = 0; taken < left; taken++) {
                assertThat(jobs.pollFirst()).as(name).isNotNull();
            }
            return true;
        });
    }

    /** Changed while it is open, since opening mends it. */
    private void foreignStripes() {
        open(cache -> {
            assertThat(cache.getIfPresent("small")).isEqualTo("s");
            try {
                Path stripes = raw().folder.resolve("twat.stripes");
                byte[] bytes = Files.readAllBytes(stripes);
                bytes[8]++;
                Files.delete(stripes);
                Files.write(stripes, bytes);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            assertThat(names(Maintenance.of(cache).check())).containsExactly("foreign-stripes");
            assertThat(Maintenance.of(cache).check()).isEmpty();
            assertThat(cache.getIfPresent("small")).isEqualTo("s");
            return true;
        });
    }
}
