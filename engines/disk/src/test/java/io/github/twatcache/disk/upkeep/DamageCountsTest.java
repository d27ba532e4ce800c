package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Lookup;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Ordered;
import io.github.twatcache.TwatCache;
import io.github.twatcache.TypedBuilder;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.Format;
import io.github.twatcache.stats.CacheStats;
import io.github.twatcache.stats.MissReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whoever comes upon a damaged entry and sets it aside counts it as a removal: the counts add up, and walks and size agree. */
final class DamageCountsTest {
    private static final int ENTRIES = 20;

    /** How the cache is kept. */
    enum Kind {
        ONE_DATABASE,
        SHARDS,
        WITH_A_LISTENER,
        DISKCACHE
    }

    @TempDir
    Path directory;

    private TwatCache twat;
    private Cache<Long, String> cache;

    private void open(Kind kind) {
        twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open();
        var builder = twat.disk("damage").statistics();
        if (kind == Kind.DISKCACHE) {
            builder = builder.set(DiskSettings.FORMAT, Format.DISKCACHE);
        } else {
            builder = builder.set(DiskSettings.FRONT, false).set(DiskSettings.FILE_THRESHOLD, 100L);
        }
        if (kind == Kind.SHARDS) {
            builder = builder.set(DiskSettings.SHARDS, 3L);
        }
        TypedBuilder<Long, String> typed = builder.types(Long.class, String.class);
        cache = (kind == Kind.WITH_A_LISTENER ? typed.onRemoval((key, value, cause) -> {}) : typed).build();
        for (long i = 0; i < ENTRIES; i++) {
            cache.put(i, value(i));
        }
        assertAddsUp(ENTRIES);
    }

    @AfterEach
    void close() {
        twat.close();
    }

    /** Longer than the threshold of either format. */
    private static String value(long number) {
        return ("value " + number + ", ").repeat(5_000);
    }

    /** Flips a bit of each of so many value files, and deletes one more. */
    private void damage(int flipped) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(directory)) {
            files = all.filter(Files::isRegularFile)
                    .filter(DamageCountsTest::holdsAValue)
                    .sorted()
                    .toList();
        }
        assertThat(files).hasSize(ENTRIES);
        for (Path file : files.subList(0, flipped)) {
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length / 2] ^= 1;
            Files.write(file, bytes);
        }
        Files.delete(files.get(flipped));
    }

    private static boolean holdsAValue(Path file) {
        try {
            long size = Files.size(file);
            return size > 1_000
                    && size < 1_000_000
                    && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains("value ")
                    && !file.getFileName().toString().contains(".db");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void assertAddsUp(long size) {
        CacheStats stats = cache.stats();
        assertThat(cache.size()).as("%s", stats).isEqualTo(size);
        assertThat(stats.puts() - stats.removalCount()).as("%s", stats).isEqualTo(size);
    }

    private void assertAllSetAside(Kind kind, Consumer<Cache<Long, String>> comesUpon) throws IOException {
        open(kind);
        damage(4);
        comesUpon.accept(cache);
        assertAddsUp(ENTRIES - 5);
        assertThat(cache.entries().count()).isEqualTo(ENTRIES - 5);
        assertThat(cache.stats().removals().toString()).contains("DAMAGED=5");
        assertThat(cache.stats().toString()).contains("5 damaged");
    }

    @ParameterizedTest
    @EnumSource
    void lookups_setAsideAndCount(Kind kind) throws IOException {
        assertAllSetAside(kind, damaged -> {
            int missed = 0;
            for (long i = 0; i < ENTRIES; i++) {
                missed += damaged.getIfPresent(i) == null ? 1 : 0;
            }
            assertThat(missed).isEqualTo(5);
            assertThat(damaged.stats().misses()).containsEntry(MissReason.UNDECODABLE, 5L);
        });
    }

    private static List<Long> all() {
        return LongStream.range(0, ENTRIES).boxed().toList();
    }

    @ParameterizedTest
    @EnumSource
    void lookupsOfMany_setAsideAndCountAsSingleOnesDo(Kind kind) throws IOException {
        assertAllSetAside(kind, damaged -> {
            assertThat(damaged.getAllPresent(all())).hasSize(ENTRIES - 5);
            assertThat(damaged.stats().misses()).isEqualTo(Map.of(MissReason.UNDECODABLE, 5L));
        });
    }

    @ParameterizedTest
    @EnumSource
    void loadsOfMany_setAsideAndCountAsSingleOnesDo(Kind kind) throws IOException {
        open(kind);
        damage(4);
        assertThat(cache.getAll(all(), missing -> {
                    assertThat(missing).hasSize(5);
                    Map<Long, String> values = new HashMap<>();
                    missing.forEach(key -> values.put(key, value(key)));
                    return values;
                }))
                .hasSize(ENTRIES);
        assertThat(cache.stats().misses()).isEqualTo(Map.of(MissReason.UNDECODABLE, 5L));
        assertAddsUp(ENTRIES);
    }

    @ParameterizedTest
    @EnumSource
    void walks_setAsideAndCount(Kind kind) throws IOException {
        assertAllSetAside(kind, damaged -> {
            try (var entries = damaged.entries()) {
                assertThat(entries.peek(entry -> assertThat(entry.getValue()).isEqualTo(value(entry.getKey()))))
                        .hasSize(ENTRIES - 5);
            }
        });
    }

    @Test
    void walksInOrder_setAsideAndCount() throws IOException {
        assertAllSetAside(Kind.ONE_DATABASE, damaged -> {
            try (var entries = Ordered.of(damaged).byKeyDescending()) {
                assertThat(entries).hasSize(ENTRIES - 5);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(names = "DISKCACHE", mode = EnumSource.Mode.EXCLUDE)
    void check_setsAsideAndCounts(Kind kind) throws IOException {
        assertAllSetAside(
                kind, damaged -> assertThat(Maintenance.of(damaged).check(true)).hasSize(5));
    }

    /** The second look-up, too: nobody has removed it. */
    @Test
    void missAfterTheDamageIsSetAside_isStillUndecodable() throws IOException {
        open(Kind.ONE_DATABASE);
        cache.remove(0L);
        cache.put(0L, value(0));
        damage(ENTRIES - 1);
        for (int look = 0; look < 2; look++) {
            assertThat(cache.getIfPresent(0L)).isNull();
            assertThat(cache.peek(0L)).isEqualTo(new Lookup.Absent<>(MissReason.UNDECODABLE));
        }
        assertThat(cache.stats().misses()).isEqualTo(java.util.Map.of(MissReason.UNDECODABLE, 2L));
    }

    /** A key of which a bit is another belongs to nobody; no look-up comes upon it, but a walk does. */
    @Test
    void damagedKeys_areSetAsideByWalks() throws Exception {
        open(Kind.ONE_DATABASE);
        new Raw(directory, "damage")
                .run("UPDATE entry SET key = CAST(substr(key, 1, length(key) - 1) || 'x' AS BLOB) WHERE id IN"
                        + " (SELECT id FROM entry ORDER BY id LIMIT 3)");
        assertThat(cache.entries().count()).isEqualTo(ENTRIES - 3);
        assertAddsUp(ENTRIES - 3);
    }

    /** Makes the keys of the first entries longer or shorter, so that nobody knows how long they were. */
    private void changeKeys(String name, int entries) throws Exception {
        new Raw(directory, name)
                .run("UPDATE entry SET key = CAST(CASE id % 2 WHEN 0 THEN substr(key, 1, 2) ELSE key || '"
                        + "x".repeat(500) + "' END AS BLOB) WHERE id IN (SELECT id FROM entry ORDER BY id LIMIT "
                        + entries + ")");
    }

    @Test
    void damagedKeysOfAnotherLength_setAside_leaveTheAccountRight() throws Exception {
        open(Kind.ONE_DATABASE);
        changeKeys("damage", 3);
        assertThat(cache.entries().count()).isEqualTo(ENTRIES - 3);
        assertThat(Maintenance.of(cache).check()).isEmpty();
    }

    /** Nobody has come upon them. */
    @Test
    void damagedKeysOfAnotherLength_evicted_leaveTheAccountRight() throws Exception {
        open(Kind.ONE_DATABASE);
        Cache<Long, String> full = twat.disk("full")
                .policy(Policy.FIFO)
                .maximumSize(ENTRIES)
                .types(Long.class, String.class)
                .build();
        for (long i = 0; i < ENTRIES; i++) {
            full.put(i, "v");
        }
        changeKeys("full", 3);
        for (long i = 0; i < 3; i++) {
            full.put(ENTRIES + i, "v");
        }
        assertThat(Maintenance.of(full).check()).isEmpty();
        assertThat(full.size()).isEqualTo(ENTRIES);
    }
}
