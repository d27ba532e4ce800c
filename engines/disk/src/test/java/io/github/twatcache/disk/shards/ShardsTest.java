package io.github.twatcache.disk.shards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.Counters;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Ordered;
import io.github.twatcache.Queues;
import io.github.twatcache.Transactions;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.spi.MaintenanceStore.Fault;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.testkit.Seed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cache over four databases: what is where, what the number of shards is, and what holds over all of them. */
final class ShardsTest {
    @TempDir
    Path directory;

    private static CacheBuilder four(CacheBuilder builder) {
        return builder.set(DiskSettings.SHARDS, 4L);
    }

    /** As somebody opens a cache who does not know of its shards. */
    private static CacheBuilder plain(CacheBuilder builder) {
        return builder;
    }

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
    }

    private static Cache<Integer, String> cache(TwatCache twat, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("data"))
                .types(Integer.class, String.class)
                .build();
    }

    private Path folder() {
        return directory.resolve("caches/data");
    }

    private Path database(int shard) {
        return (shard == 0 ? folder() : folder().resolve("shards-4").resolve("" + shard)).resolve("twat.db");
    }

    /** Asks a database that nobody has open, past the cache. */
    private static long number(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() ? row.getLong(1) : -1;
        }
    }

    private static void run(Path database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void filled(int entries) {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, ShardsTest::four);
            for (int i = 0; i < entries; i++) {
                cache.put(i, "value " + i);
            }
        }
    }

    private void assertAllThere(UnaryOperator<CacheBuilder> settings, int entries) {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, settings);
            assertThat(cache.size()).isEqualTo(entries);
            for (int i = 0; i < entries; i++) {
                assertThat(cache.getIfPresent(i)).isEqualTo("value " + i);
            }
        }
    }

    @Test
    void put_manyKeys_eachInOneOfFourDatabases() throws Exception {
        filled(1_000);
        long all = 0;
        for (int shard = 0; shard < 4; shard++) {
            long rows = number(database(shard), "SELECT count(*) FROM entry");
            assertThat(rows).as("entries of shard %s", shard).isBetween(180L, 320L);
            // The format says which: the upper 31 bits of "find", times 4.
            assertThat(number(database(shard), "SELECT count(*) FROM entry WHERE (find >> 62 & 3) <> " + shard))
                    .isZero();
            all += rows;
        }
        assertThat(all).isEqualTo(1_000);
        assertAllThere(ShardsTest::plain, 1_000);
    }

    @Test
    void settings_anotherNumberOfShardsThanGiven_saysTheStoredOneAndWhereItStands() {
        filled(5);
        String source = "the database " + database(0);
        try (TwatCache twat = open()) {
            Cache<Integer, String> data = cache(twat, builder -> builder.set(DiskSettings.SHARDS, 8L));
            assertThat(twat.settings("data").get("shards")).hasValue(new EffectiveSettings.Line("shards", "4", source));
            assertThat(data.explain().settings().get("shards").value()).isEqualTo(4L);
            assertThat(twat.settings("data").notes())
                    .containsExactly("shards = 4 (from " + source + ") counts, not 8 (from code)");
        }
        try (TwatCache twat = open()) {
            cache(twat, ShardsTest::plain);
            assertThat(twat.settings("data").get("shards")).hasValue(new EffectiveSettings.Line("shards", "4", source));
        }
        try (TwatCache twat = open()) {
            cache(twat, ShardsTest::four);
            assertThat(twat.settings("data").get("shards")).hasValue(new EffectiveSettings.Line("shards", "4", "code"));
            assertThat(twat.settings("data").notes()).isEmpty();
        }
        try (TwatCache twat = open()) {
            cache(twat, builder -> builder.set(DiskSettings.READ_ONLY, true).set(DiskSettings.SHARDS, 2L));
            assertThat(twat.settings("data").get("shards").orElseThrow().value())
                    .isEqualTo("4");
        }
    }

    @Test
    void settings_otherLimitsThanTheStoredOnes_areThoseOfTheWhole() {
        try (TwatCache twat = open()) {
            cache(twat, builder -> four(builder).maximumSize(402));
        }
        try (TwatCache twat = open()) {
            cache(twat, builder -> builder.maximumSize(1_000));
            assertThat(twat.settings("data").notes())
                    .contains(
                            "maximum-size = 402 (from the database " + database(0) + ") counts, not 1000 (from code)");
        }
        try (TwatCache twat = open()) {
            cache(twat, builder -> builder.set(DiskSettings.READ_ONLY, true));
            assertThat(twat.settings("data").get("maximum-size"))
                    .hasValue(new EffectiveSettings.Line("maximum-size", "402", "the database " + database(0)));
        }
    }

    @Test
    void build_anotherNumber_theStoredOneCounts() throws Exception {
        filled(50);
        assertAllThere(builder -> builder.set(DiskSettings.SHARDS, 8L), 50);
        assertAllThere(builder -> builder.set(DiskSettings.SHARDS, 1L), 50);
        try (var folders = Files.list(folder())) {
            assertThat(folders.map(Path::getFileName).map(Path::toString).filter(name -> name.startsWith("shards")))
                    .containsExactly("shards-4");
        }
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> cache(
                            twat,
                            builder -> builder.set(DiskSettings.SHARDS, 8L).set(DiskSettings.OVERRIDE_SETTINGS, true)))
                    .withMessageContaining("shards = 8")
                    .withMessageContaining("has 4")
                    .withMessageContaining("another name");
        }
        assertAllThere(builder -> builder.set(DiskSettings.OVERRIDE_SETTINGS, true), 50);
    }

    @Test
    void build_plainCacheOpenedWithShards_staysPlain() {
        try (TwatCache twat = open()) {
            cache(twat, ShardsTest::plain).put(0, "value 0");
        }
        assertAllThere(ShardsTest::four, 1);
        assertThat(folder().resolve("shards-4")).doesNotExist();
    }

    @Test
    void build_theNumberIsLostInARebuilding_theFolderTells() throws Exception {
        filled(50);
        run(database(0), "DELETE FROM meta WHERE name = 'shards'");
        run(database(2), "DELETE FROM meta WHERE name = 'shards'");
        assertAllThere(ShardsTest::plain, 50);
    }

    @Test
    void maximumSize_perShard_neverMoreInAllAndNoRoomUnused() throws Exception {
        SplittableRandom random = Seed.random();
        for (Policy policy : new Policy[] {Policy.LRU, Policy.LFU, Policy.FIFO, Policy.RR}) {
            try (TwatCache twat = open()) {
                Cache<Integer, String> cache = four(twat.disk(
                                "bounded-" + policy.name().toLowerCase(java.util.Locale.ROOT)))
                        .maximumSize(102)
                        .policy(policy)
                        .types(Integer.class, String.class)
                        .build();
                for (int i = 0; i < 1_000; i++) {
                    int key = random.nextInt(5_000);
                    cache.put(key, "v");
                    assertThat(cache.getIfPresent(key))
                            .as("the value just stored")
                            .isEqualTo("v");
                    assertThat(cache.size()).isLessThanOrEqualTo(102);
                }
                assertThat(cache.size()).as("26, 26, 25 and 25").isEqualTo(102);
            }
        }
    }

    @Test
    void maximumBytes_perShard_tooLargeForOneIsNotStored() {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, builder -> four(builder).maximumBytes(40_000));
            cache.put(1, "x".repeat(3_000));
            assertThat(cache.getIfPresent(1)).isNotNull();
            cache.put(2, "x".repeat(8_000));
            assertThat(cache.getIfPresent(2)).isNotNull();
            assertThatExceptionOfType(ValueException.class)
                    .as("more than a quarter")
                    .isThrownBy(() -> cache.put(3, "x".repeat(10_000)))
                    .withMessageContaining("maximum-bytes = 40kB")
                    .withMessageContaining("shard");
            assertThat(cache.getIfPresent(3)).isNull();
        }
    }

    @Test
    void maximumSize_lessThanShards_refusedAndNothingIsLeftOpen() {
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> cache(twat, builder -> four(builder).maximumSize(3)))
                    .withMessageContaining("maximum-size = 3")
                    .withMessageContaining("4 shards");
            cache(twat, builder -> four(builder).maximumSize(4)).put(1, "v");
        }
    }

    @Test
    void ordered_overAllShards_oneOrderBothWays() {
        List<Integer> keys = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            keys.add(i);
        }
        Collections.shuffle(keys, new java.util.Random(Seed.value()));
        for (int part = 0; part < 3; part++) {
            try (TwatCache twat = open()) {
                Cache<Integer, String> cache = cache(twat, ShardsTest::four);
                keys.subList(100 * part, 100 * part + 100).forEach(key -> cache.put(key, "v"));
                cache.put(keys.get(0), "an update leaves it in its place");
            }
        }
        try (TwatCache twat = open()) {
            Ordered<Integer, String> ordered = Ordered.of(cache(twat, ShardsTest::four));
            List<Integer> sorted = keys.stream().sorted().toList();
            List<Integer> backwards = new ArrayList<>(keys);
            Collections.reverse(backwards);
            assertThat(walked(ordered.byInsertion())).isEqualTo(keys);
            assertThat(walked(ordered.byInsertionDescending())).isEqualTo(backwards);
            assertThat(walked(ordered.byKey())).isEqualTo(sorted);
        }
    }

    @Test
    void transactions_overShards_refusedNamingWhatToDo() {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, ShardsTest::four);
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Transactions.of(cache))
                    .withMessageContaining("4 shards")
                    .withMessageContaining("one shard");
        }
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> cache(twat, builder -> builder.requires(Trait.TRANSACTIONS)))
                    .withMessageContaining("TRANSACTIONS")
                    .withMessageContaining("4 shards");
        }
    }

    @Test
    void tagsClearQueuesCounters_overAllShards_asInOne() {
        try (TwatCache twat = open();
                TwatCache other = open()) {
            Cache<String, Long> cache = four(twat.disk("mixed"))
                    .tags()
                    .types(String.class, Long.class)
                    .tags((key, value) -> List.of(value % 2 == 0 ? "even" : "odd"))
                    .build();
            Cache<String, Long> there = four(other.disk("mixed"))
                    .tags()
                    .types(String.class, Long.class)
                    .tags((key, value) -> List.of(value % 2 == 0 ? "even" : "odd"))
                    .build();
            for (long i = 0; i < 100; i++) {
                cache.put("k" + i, i);
            }
            assertThat(there.getIfPresent("k7")).isEqualTo(7L);
            assertThat(cache.invalidateTag("odd")).isEqualTo(50);
            assertThat(there.getIfPresent("k7")).isNull();
            assertThat(there.size()).isEqualTo(50);
            for (int i = 0; i < 20; i++) {
                Counters.of(cache).increment("c" + i);
                assertThat(Counters.of(there).increment("c" + i)).isEqualTo(2);
            }
            for (int queue = 0; queue < 8; queue++) {
                Queues.of(cache).queue("q" + queue).addLast((long) queue);
                assertThat(Queues.of(there).queue("q" + queue).pollFirst()).isEqualTo(queue);
            }
            there.clear();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void readOnly_allShardsAreRead() {
        filled(100);
        assertAllThere(builder -> builder.set(DiskSettings.READ_ONLY, true), 100);
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> Queues.of(cache(twat, builder -> builder.set(DiskSettings.READ_ONLY, true))))
                    .withMessageContaining("read-only");
        }
    }

    @Test
    void readOnly_aShardIsMissing_refused() throws IOException {
        filled(100);
        Files.delete(database(3));
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> cache(
                            twat,
                            builder -> builder.set(DiskSettings.READ_ONLY, true)
                                    .onUnavailable(io.github.twatcache.config.OnUnavailable.FAIL)))
                    .withMessageContaining("shards-4");
        }
    }

    @Test
    void check_damagedRow_namesItsShardAndMends() throws Exception {
        filled(100);
        run(database(2), "UPDATE entry SET sum = sum + 1 WHERE id = (SELECT min(id) FROM entry)");
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, ShardsTest::four);
            List<Fault> faults = Maintenance.of(cache).check(true);
            assertThat(faults).hasSize(1);
            assertThat(faults.get(0).where()).startsWith("shard 2: ");
            assertThat(faults.get(0).mended()).isTrue();
            assertThat(Maintenance.of(cache).check()).isEmpty();
            assertThat(cache.size()).isEqualTo(99);
        }
    }

    @Test
    void open_oneDatabaseMalformed_rebuiltAndTheOthersAsTheyWere() throws Exception {
        filled(400);
        byte[] bytes = Files.readAllBytes(database(1));
        java.util.Arrays.fill(bytes, 0, 100, (byte) 0x55);
        Files.write(database(1), bytes);
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat, ShardsTest::four);
            assertThat(cache.size()).isGreaterThan(300);
            for (int i = 0; i < 400; i++) {
                String found = cache.getIfPresent(i);
                assertThat(found).isIn(null, "value " + i);
                cache.put(i, "value " + i);
            }
            assertThat(walked(Ordered.of(cache).byInsertion())).hasSize(400);
        }
        assertAllThere(ShardsTest::plain, 400);
    }

    private static List<Integer> walked(
            java.util.stream.Stream<? extends java.util.Map.Entry<Integer, String>> entries) {
        try (entries) {
            return entries.<Integer>map(java.util.Map.Entry::getKey).toList();
        }
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("caches"))) {
            return files.map(
                            file -> directory.resolve("caches").relativize(file).toString())
                    .filter(name -> !name.isEmpty())
                    .sorted()
                    .toList();
        }
    }

    /** What lies where the second, third or fourth database should be made, or the folder of all three. */
    @ParameterizedTest
    @ValueSource(strings = {"shards-4/1", "shards-4/2", "shards-4/3", "shards-4/3/twat.db-wal/x", "shards-4"})
    void open_thatFailsAtALaterShard_leavesNothing(String inTheWay) throws IOException {
        Path obstacle = folder().resolve(inTheWay);
        Files.createDirectories(obstacle.getParent());
        Files.createFile(obstacle);
        try (TwatCache twat = open()) {
            List<String> before = left();
            for (int i = 0; i < 2; i++) {
                assertThatExceptionOfType(EngineUnavailableException.class)
                        .isThrownBy(() -> cache(twat, ShardsTest::four));
                assertThat(left()).containsExactlyElementsOf(before);
            }
            Files.delete(obstacle);
            if (inTheWay.endsWith("x")) {
                Files.delete(obstacle.getParent());
            }
            cache(twat, ShardsTest::four).put(1, "value 1");
        }
        try (TwatCache twat = open()) {
            assertThat(cache(twat, ShardsTest::plain).getIfPresent(1)).isEqualTo("value 1");
        }
    }

    @Test
    void open_thatFailsAtALaterShard_leavesThoseThatWereThere() throws IOException {
        filled(100);
        Path last = database(3).getParent();
        Files.move(last, directory.resolve("aside"));
        Files.createFile(last);
        List<String> before = left();
        try (TwatCache twat = open()) {
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> cache(twat, ShardsTest::plain));
        }
        assertThat(left()).containsExactlyElementsOf(before);
        Files.delete(last);
        Files.move(directory.resolve("aside"), last);
        assertAllThere(ShardsTest::plain, 100);
    }
}
