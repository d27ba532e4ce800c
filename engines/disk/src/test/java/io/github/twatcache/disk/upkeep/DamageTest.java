package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Keep;
import io.github.twatcache.Maintenance;
import io.github.twatcache.Ordered;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever bytes on disk become, a look-up finds what was put, or nothing; and the cache goes on. */
final class DamageTest {
    private static final String NAME = "damage";

    @TempDir
    Path directory;

    private Raw raw() {
        return new Raw(directory, NAME);
    }

    /** Does something with the cache, in a process of its own as it were. */
    private <R> R open(Function<Cache<String, String>, R> use) {
        return open(directory, use);
    }

    private static <R> R open(Path where, Function<Cache<String, String>, R> use) {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(where)
                .open()) {
            return use.apply(twat.disk(NAME)
                    .statistics()
                    .perEntryExpiry()
                    .set(DiskSettings.FILE_THRESHOLD, 100L)
                    .types(String.class, String.class)
                    .build());
        }
    }

    private static final String KEY = "a key of some length";
    private static final String VALUE = "the value that was put";
    private static final String LARGE = "a large value ".repeat(20);

    private void fill() {
        open(cache -> {
            cache.put("before", "1");
            cache.put(KEY, VALUE, Keep.lasting(Duration.ofDays(400)));
            cache.put("after", "2");
            return true;
        });
    }

    /** What is found, what is recomputed where nothing is, and whether that is kept. */
    private static void judge(Cache<String, String> cache, String what) {
        assertThat(cache.get(KEY, key -> "computed")).as(what).isIn(VALUE, "computed");
        if (cache.getIfPresent(KEY) == null) {
            // The database was built anew under the load, whose lease went with the old one: its value came too late.
            assertThat(cache.stats().unstored()).as(what).containsEntry(Unstored.LATE, 1L);
            assertThat(cache.get(KEY, key -> "computed")).as(what).isEqualTo("computed");
        }
        assertThat(cache.getIfPresent(KEY)).as(what).isIn(VALUE, "computed");
        try (var entries = cache.entries()) {
            entries.forEach(entry -> assertThat(entry.getKey()).as(what).isIn("before", KEY, "after"));
        }
    }

    @Test
    void row_eachByteFlipped_missOrTrueValue() throws Exception {
        fill();
        raw().run("PRAGMA wal_checkpoint(TRUNCATE)");
        byte[] sound = raw().bytes();
        int value = Raw.find(sound, VALUE.getBytes(StandardCharsets.US_ASCII));
        int key = Raw.find(sound, KEY.getBytes(StandardCharsets.US_ASCII));
        // The cell begins with its length and its number, then the record's header, and ends with the value.
        int begin = cell(sound, key);
        int end = value + VALUE.length();
        assertThat(end - begin).isBetween(80, 200);
        Path template = directory.resolveSibling(directory.getFileName() + "-template");
        Raw.copy(directory, template);
        int missed = 0;
        try {
            for (int at = begin; at < end; at++) {
                Raw.delete(directory);
                Raw.copy(template, directory);
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << (at % 8));
                raw().write(damaged);
                String what = "byte " + (at - begin) + " of the row";
                boolean miss = open(cache -> {
                    String found = cache.getIfPresent(KEY);
                    assertThat(found).as(what).isIn(null, VALUE);
                    judge(cache, what);
                    assertThat(cache.getIfPresent("before")).as(what).isIn(null, "1");
                    return found == null;
                });
                missed += miss ? 1 : 0;
                open(cache -> {
                    judge(cache, what + ", opened again");
                    Maintenance.of(cache).check(true);
                    assertThat(Maintenance.of(cache).check()).as(what).isEmpty();
                    return true;
                });
            }
        } finally {
            Raw.delete(template);
        }
        // All of key, value, checksum, mode and lifetime at least.
        assertThat(missed).isGreaterThan(KEY.length() + VALUE.length() + 8);
    }

    /** Where the cell of a leaf page that holds a place begins. */
    private static int cell(byte[] all, int inside) {
        int page = inside / 4_096 * 4_096;
        int header = page == 0 ? 100 : page;
        assertThat(all[header]).isEqualTo((byte) 13);
        int cells = ((all[header + 3] & 0xFF) << 8) | (all[header + 4] & 0xFF);
        int best = -1;
        for (int i = 0; i < cells; i++) {
            int pointer = header + 8 + 2 * i;
            int at = page + (((all[pointer] & 0xFF) << 8) | (all[pointer + 1] & 0xFF));
            if (at <= inside && at > best) {
                best = at;
            }
        }
        return best;
    }

    @Test
    void key_damaged_walksInItsOrderPassItOver() throws Exception {
        fill();
        raw().run("UPDATE entry SET key = zeroblob(length(key))"
                + " WHERE id = (SELECT id FROM entry ORDER BY id LIMIT 1 OFFSET 1)");
        for (int opening = 0; opening < 2; opening++) {
            open(cache -> {
                for (int walk = 0; walk < 2; walk++) {
                    try (var entries = Ordered.of(cache).byKey()) {
                        assertThat(entries.map(Map.Entry::getKey)).containsExactly("after", "before");
                    }
                    try (var entries = Ordered.of(cache).byKeyDescending()) {
                        assertThat(entries.map(Map.Entry::getKey)).containsExactly("before", "after");
                    }
                }
                assertThat(cache.size()).isEqualTo(2);
                assertThat(Maintenance.of(cache).check()).isEmpty();
                return true;
            });
        }
        assertThat(raw().number("SELECT count(*) FROM damaged WHERE key = zeroblob(length(key))"))
                .as("the evidence")
                .isEqualTo(1);
    }

    @Test
    void valueFile_eachByteFlipped_missCountedSetAsideAndComputedAnew() throws Exception {
        open(cache -> {
            cache.put(KEY, LARGE);
            return true;
        });
        Path file = raw().files().get(0);
        byte[] sound = Files.readAllBytes(file);
        Path template = directory.resolveSibling(directory.getFileName() + "-template");
        Raw.copy(directory, template);
        try {
            for (int at = 0; at < sound.length; at++) {
                Raw.delete(directory);
                Raw.copy(template, directory);
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << (at % 8));
                Files.write(file, damaged);
                lostOnce("byte " + at);
                try (var kept = Files.list(raw().folder.resolve("set-aside"))) {
                    assertThat(kept.map(Path::getFileName)).containsExactly(file.getFileName());
                }
                assertThat(raw().number("SELECT count(*) FROM damaged")).isEqualTo(1);
            }
        } finally {
            Raw.delete(template);
        }
    }

    /** The large value is found no more, for a reason; once computed anew it is. */
    private void lostOnce(String what) {
        open(cache -> {
            assertThat(cache.getIfPresent(KEY)).as(what).isNull();
            assertThat(cache.stats().misses().get(MissReason.UNDECODABLE))
                    .as(what)
                    .isEqualTo(1L);
            assertThat(cache.get(KEY, key -> "computed")).as(what).isEqualTo("computed");
            assertThat(cache.getIfPresent(KEY)).as(what).isEqualTo("computed");
            assertThat(cache.size()).as(what).isEqualTo(1);
            assertThat(Maintenance.of(cache).check()).as(what).isEmpty();
            return true;
        });
    }

    @Test
    void valueFile_truncatedMissingOrForeign_missAndComputedAnew() throws Exception {
        for (String how : new String[] {"truncated", "empty", "missing", "foreign", "longer"}) {
            open(cache -> {
                cache.put(KEY, LARGE);
                return true;
            });
            Path file = raw().files().get(0);
            byte[] sound = Files.readAllBytes(file);
            switch (how) {
                case "truncated" -> Files.write(file, java.util.Arrays.copyOf(sound, sound.length - 1));
                case "empty" -> Files.write(file, new byte[0]);
                case "missing" -> Files.delete(file);
                case "foreign" -> Files.writeString(file, "something else");
                default -> Files.write(file, java.util.Arrays.copyOf(sound, sound.length + 1));
            }
            lostOnce(how);
        }
    }

    /** Pages, not only rows: wherever a byte is flipped, what is found is true, and the cache can be written to. */
    @Test
    void database_anyByteFlipped_missOrTrueValueAndUsable() throws Exception {
        open(cache -> {
            for (int i = 0; i < 300; i++) {
                cache.put("key" + i, "value of " + i);
            }
            return true;
        });
        byte[] sound = raw().bytes();
        Path template = directory.resolveSibling(directory.getFileName() + "-template");
        Raw.copy(directory, template);
        SplittableRandom random = Seed.random();
        long kept = 0;
        int flips = 60;
        try {
            for (int flip = 0; flip < flips; flip++) {
                Raw.delete(directory);
                Raw.copy(template, directory);
                // Beyond the file's own head, which says whose file it is.
                int at = 100 + random.nextInt(sound.length - 100);
                byte[] damaged = sound.clone();
                damaged[at] ^= (byte) (1 << random.nextInt(8));
                raw().write(damaged);
                String what = "byte " + at;
                kept += open(cache -> {
                    long found = 0;
                    for (int i = 0; i < 300; i++) {
                        String value = cache.getIfPresent("key" + i);
                        assertThat(value).as(what).isIn(null, "value of " + i);
                        found += value == null ? 0 : 1;
                    }
                    Maintenance.of(cache).check(true);
                    cache.put("new", "n");
                    assertThat(cache.getIfPresent("new")).as(what).isEqualTo("n");
                    assertThat(Maintenance.of(cache).check()).as(what).isEmpty();
                    return found;
                });
            }
        } finally {
            Raw.delete(template);
        }
        assertThat(kept).isGreaterThan(flips * 200L);
    }
}
