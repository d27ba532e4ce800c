package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.disk.diskcache.Python;
import io.github.twatcache.error.EngineUnavailableException;
import io.github.twatcache.testkit.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database in the format of diskcache that is malformed is rebuilt in its own file from what can be read, while no other
 * program has it open; and Python opens the result.
 */
final class SharedRebuildTest {
    private static final String OPEN = "c = diskcache.Cache(sys.argv[1])\n";
    private static final long ENTRIES = 400;
    private static final long PYTHONS = 300;

    /** In files. */
    private static final long LARGE = 3;

    private static final String MADE = OPEN + """
            with c.transact():
                for i in range(int(sys.argv[2]), int(sys.argv[3])): c[i] = 'value %d' % i + ' ' * 100
            c.close()
            """;

    /** Fails where a value is not what it was, and where more is amiss than files that no row names any more. */
    private static final String READ = OPEN + """
            for i in list(c): assert i == -1 or c[i].startswith('value %d ' % i), i
            print(c[-1], len(c) == len(list(c)), c.volume() > 0)
            print({str(w.message).split(':')[0] for w in c.check(fix=True)} - {'unknown file', 'empty directory'})
            c.check(fix=True)  # a folder is empty only once the one within it is gone
            print(c.check(), c.eviction_policy)
            """;

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("shared");
    }

    private Raw raw() {
        return new Raw(directory().resolve("cache.db"));
    }

    private void with(Consumer<Cache<Long, String>> body) {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary.resolve("own"))
                .open()) {
            body.accept(twat.disk("shared")
                    .with(DiskSettings.diskcache(directory()))
                    .statistics()
                    .types(Long.class, String.class)
                    .build());
        }
    }

    private static String value(long key) {
        return "value " + key + " ".repeat(key < LARGE ? 40_000 : 100);
    }

    private void fill() {
        with(cache -> {
            for (long i = 0; i < ENTRIES - PYTHONS; i++) {
                cache.put(i, value(i));
            }
        });
        Python.run(MADE, directory(), ENTRIES - PYTHONS, ENTRIES);
    }

    /** What is there is right; says how many are. */
    private static long judged(Cache<Long, String> cache) {
        long found = 0;
        for (long i = 0; i < ENTRIES; i++) {
            String value = cache.getIfPresent(i);
            assertThat(value).isIn(null, value(i));
            found += value == null ? 0 : 1;
        }
        assertThat(cache.get(-1L, key -> "anew")).isEqualTo("anew");
        assertThat(cache.getIfPresent(-1L)).isEqualTo("anew");
        assertThat(cache.size()).isEqualTo(found + 1);
        return found;
    }

    private List<Path> aside() throws IOException {
        try (var files = Files.list(directory().resolve("cache.db-damaged"))) {
            return files.filter(Files::isDirectory).toList();
        }
    }

    /** Damages what was filled, and says how many entries are found after that, in both languages. */
    private void damaged(Path template, String what, long least, Damage damage) throws Exception {
        if (Files.exists(directory())) {
            Raw.delete(directory());
        }
        Raw.copy(template, directory());
        damage.apply(raw());
        with(cache -> {
            long found = judged(cache);
            assertThat(found).as(what).isBetween(least, ENTRIES);
            assertThat(found == ENTRIES).as(what).isEqualTo(least == ENTRIES);
        });
        assertThat(aside()).as(what).hasSize(1);
        assertThat(aside().get(0).resolve("cache.db")).as(what).exists();
        assertThat(Python.run(READ, directory()))
                .as(what)
                .containsExactly("anew True True", "set()", "[] least-recently-stored");
    }

    private interface Damage {
        void apply(Raw raw) throws Exception;
    }

    @Test
    void database_malformedWhereverItIs_rebuiltFromWhatCanBeRead() throws Exception {
        fill();
        Path template = temporary.resolve("template");
        Raw.copy(directory(), template);
        damaged(template, "first page", ENTRIES, raw -> raw.spoil(1));
        damaged(template, "index", ENTRIES, raw -> raw.spoil(raw.root("Cache_key_raw")));
        damaged(template, "settings", ENTRIES, raw -> raw.spoil(raw.root("Settings")));
        damaged(template, "leaf", ENTRIES - 40, raw -> raw.spoil(Raw.page(raw.bytes(), "value 90 ")));
        damaged(template, "entries", 0, raw -> raw.spoil(raw.root("Cache")));
        damaged(
                template,
                "truncated",
                ENTRIES / 4,
                raw -> raw.write(Arrays.copyOf(raw.bytes(), raw.bytes().length * 3 / 4)));
        damaged(template, "short", 0, raw -> raw.write("short".getBytes(StandardCharsets.US_ASCII)));
        damaged(template, "none", 0, raw -> raw.write("no database ".repeat(999).getBytes(StandardCharsets.US_ASCII)));
    }

    /** With a heap that it does not fit into. */
    static final class Rebuilder {
        private Rebuilder() {}

        public static void main(String[] arguments) {
            try (TwatCache twat = TwatCache.builder()
                    .engine(new DiskEngine())
                    .configuration(Sources.none())
                    .directory(Path.of(arguments[0]))
                    .open()) {
                Cache<Long, String> cache = twat.disk("shared")
                        .with(DiskSettings.diskcache(Path.of(arguments[1])))
                        .types(Long.class, String.class)
                        .build();
                if (cache.size() != Long.parseLong(arguments[2])) {
                    throw new IllegalStateException("it holds " + cache.size());
                }
            }
        }
    }

    @Test
    void database_largerThanTheHeap_rebuilt() throws Exception {
        int entries = 3_000;
        String large = "x".repeat(20_000);
        with(cache -> {
            Map<Long, String> all = new HashMap<>();
            for (long i = 0; i < entries; i++) {
                all.put(i, large);
            }
            cache.putAll(all);
        });
        raw().spoil(raw().root("Settings"));
        assertThat(Files.size(directory().resolve("cache.db"))).isGreaterThan(60_000_000);
        Process rebuilding =
                ChildJvm.start(List.of("-Xmx40m"), Rebuilder.class, temporary.resolve("other"), directory(), entries);
        assertThat(rebuilding.waitFor()).isZero();
        assertThat(aside()).hasSize(1);
    }

    /** Whose table has none of the columns that are ours. */
    @Test
    void database_ofPythonsAlone_rebuilt() throws Exception {
        Python.run(MADE, directory(), 0, ENTRIES);
        raw().spoil(raw().root("Settings"));
        with(cache -> {
            for (long i = LARGE; i < ENTRIES; i++) {
                assertThat(cache.getIfPresent(i)).isEqualTo(value(i));
            }
            assertThat(cache.size()).isEqualTo(ENTRIES);
        });
        assertThat(aside()).hasSize(1);
    }

    /** Two caches of this process; both go on. */
    @Test
    void database_malformedInUse_rebuilt() throws Exception {
        fill();
        with(one -> with(two -> {
            assertThat(one.getIfPresent(ENTRIES - 1)).isEqualTo(value(ENTRIES - 1));
            two.put(-2L, "put before");
            try {
                raw().run("PRAGMA wal_checkpoint(TRUNCATE)");
                Companion.spoil(raw().database, raw().root("Cache_key_raw"));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            assertThat(two.getIfPresent(-2L)).isEqualTo("put before");
            two.remove(-2L);
            assertThat(judged(one)).isEqualTo(ENTRIES);
            assertThat(two.getIfPresent(-1L)).isEqualTo("anew");
            two.put(-1L, "newer");
            assertThat(one.getIfPresent(-1L)).isEqualTo("newer");
        }));
        assertThat(aside()).hasSize(1);
        assertThat(Python.run(READ, directory()))
                .containsExactly("newer True True", "set()", "[] least-recently-stored");
    }

    @Test
    void database_thatPythonHasOpen_isLeftAloneUntilItHasEnded() throws Exception {
        fill();
        Process python = Python.start(
                OPEN
                        + "c._sql('PRAGMA wal_checkpoint(TRUNCATE)').fetchall()\nprint('r', flush=True)\nsys.stdin.readline()",
                directory());
        try {
            assertThat(python.getInputStream().read()).isEqualTo('r');
            Companion.spoil(raw().database, 1);
            byte[] malformed = raw().bytes();
            assertThatExceptionOfType(EngineUnavailableException.class)
                    .isThrownBy(() -> with(cache -> {}))
                    .withMessageContaining("other programs have it open");
            assertThat(raw().bytes()).isEqualTo(malformed);
        } finally {
            python.destroyForcibly().waitFor();
        }
        with(cache -> assertThat(judged(cache)).isEqualTo(ENTRIES));
    }

    @Test
    void diedWhileItRebuilt_nextOpeningGoesOn() throws Exception {
        fill();
        byte[] sound = raw().bytes();
        // As a process leaves it that dies while it overwrites the database.
        Path moving = Files.createDirectories(directory().resolve("cache.db-damaged/0000019000000000-x.moving"));
        Files.write(moving.resolve("cache.db"), sound);
        Files.writeString(moving.resolve("fresh.db"), "half of it");
        byte[] half = Arrays.copyOf(sound, sound.length / 2);
        Arrays.fill(half, 0, 100, (byte) 0);
        raw().write(half);
        with(cache -> assertThat(judged(cache)).isEqualTo(ENTRIES));
        assertThat(aside()).extracting(path -> path.getFileName().toString()).containsExactly("0000019000000000-x");
        // And as one leaves it that dies while it copies: what it has is not the database.
        Path begun = Files.createDirectories(directory().resolve("cache.db-damaged/0000019000000001-y.moving"));
        Files.write(begun.resolve("cache.db"), new byte[10]);
        raw().spoil(raw().root("Cache_key_raw"));
        with(cache -> assertThat(judged(cache)).isEqualTo(ENTRIES));
        assertThat(begun).doesNotExist();
    }
}
