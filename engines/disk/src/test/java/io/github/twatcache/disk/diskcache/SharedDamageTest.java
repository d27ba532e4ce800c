package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.stats.MissReason;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What this library has written to a shared directory and somebody else has damaged is a miss, or what it was. */
final class SharedDamageTest {
    private static final String VALUE = "a value of some length";

    @TempDir
    Path temporary;

    private Path directory() {
        return temporary.resolve("shared");
    }

    private void with(Consumer<Cache<String, Object>> body) {
        with(builder -> builder, body);
    }

    private void with(UnaryOperator<CacheBuilder> settings, Consumer<Cache<String, Object>> body) {
        try (TwatCache twat = Own.instance(temporary)) {
            body.accept(settings.apply(twat.disk("shared").with(DiskSettings.diskcache(directory())))
                    .types(String.class, Object.class)
                    .build());
        }
    }

    private interface Change {
        void apply(Connection database) throws SQLException;
    }

    /** Changes the database while nobody here has it open. */
    private void change(Change change) throws SQLException {
        try (Connection database =
                DriverManager.getConnection("jdbc:sqlite:" + directory().resolve("cache.db"))) {
            change.apply(database);
        }
    }

    private void run(String sql) throws SQLException {
        change(database -> {
            try (Statement statement = database.createStatement()) {
                statement.executeUpdate(sql);
            }
        });
    }

    private long number(String sql) throws SQLException {
        long[] number = new long[1];
        change(database -> {
            try (Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery(sql)) {
                number[0] = row.next() ? row.getLong(1) : -1;
            }
        });
        return number[0];
    }

    private void isMissed() {
        with(cache -> {
            assertThat(cache.getIfPresent("k")).isNull();
            assertThat(cache.stats().misses().get(MissReason.UNDECODABLE)).isEqualTo(1);
            assertThat(cache.get("k", key -> "anew")).isEqualTo("anew");
            assertThat(cache.getIfPresent("k")).isEqualTo("anew");
        });
    }

    @Test
    void row_eachByteOfTheValueFlipped_missed() throws Exception {
        for (Object value : List.of(VALUE, VALUE.getBytes(StandardCharsets.UTF_8), new BigDecimal("1234.5678"))) {
            with(cache -> cache.put("k", value));
            byte[] stored = stored();
            for (int at = 0; at < stored.length; at++) {
                byte[] flipped = stored.clone();
                flipped[at] ^= 1;
                with(cache -> cache.put("k", value));
                change(database -> {
                    // A text stays a text.
                    String type = value instanceof String ? "CAST(? AS TEXT)" : "?";
                    try (PreparedStatement update =
                            database.prepareStatement("UPDATE Cache SET value = " + type + " WHERE key = 'k'")) {
                        update.setBytes(1, flipped);
                        assertThat(update.executeUpdate()).isEqualTo(1);
                    }
                });
                isMissed();
            }
        }
        assertThat(number("SELECT count(*) FROM twat_damaged")).isPositive();
    }

    private byte[] stored() throws SQLException {
        byte[][] stored = new byte[1][];
        change(database -> {
            try (Statement statement = database.createStatement();
                    ResultSet row = statement.executeQuery("SELECT CAST(value AS BLOB) FROM Cache WHERE key = 'k'")) {
                assertThat(row.next()).isTrue();
                stored[0] = row.getBytes(1);
            }
        });
        return stored[0];
    }

    @Test
    void row_modeKeyOrSumChanged_missed() throws Exception {
        for (String change : List.of("mode = 0", "twat_sum = twat_sum + 2", "value = 7")) {
            with(cache -> cache.put("k", VALUE));
            run("UPDATE Cache SET " + change + " WHERE key = 'k'");
            isMissed();
        }
        with(cache -> cache.put("j", VALUE));
        run("DELETE FROM Cache WHERE key = 'k'");
        run("UPDATE Cache SET key = 'k' WHERE key = 'j'");
        isMissed();
    }

    @Test
    void file_flippedTruncatedOrGone_missed() throws Exception {
        for (Object value : List.of("x".repeat(40_000), new byte[40_000])) {
            for (int damage = 0; damage < 4; damage++) {
                with(cache -> cache.put("k", value));
                Path file = file();
                byte[] bytes = Files.readAllBytes(file);
                switch (damage) {
                    case 0 -> bytes[20_000] ^= 1;
                    case 1 -> bytes = Arrays.copyOf(bytes, 39_999);
                    case 2 -> bytes = new byte[0];
                    default -> Files.delete(file);
                }
                if (Files.exists(file)) {
                    Files.write(file, bytes);
                }
                isMissed();
            }
        }
        assertThat(directory().resolve("cache.db-damaged")).isDirectoryContaining("glob:**.val");
    }

    private Path file() throws Exception {
        try (var files = Files.walk(directory())) {
            return files.filter(file ->
                            file.toString().endsWith(".val") && !file.toString().contains("cache.db-damaged"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** What both have read is no less damaged: a use changes what shows that nobody has overwritten the row. */
    @ParameterizedTest
    @EnumSource(names = {"FIFO", "LRU", "LFU"})
    void damage_afterReadsInBothLanguages_stillFound(Policy policy) throws Exception {
        with(builder -> builder.policy(policy), cache -> {
            cache.put("k", VALUE);
            cache.put("file", "x".repeat(40_000));
            assertThat(cache.getIfPresent("k")).isEqualTo(VALUE);
            assertThat(cache.getIfPresent("file")).isNotNull();
        });
        Python.run("c = diskcache.Cache(sys.argv[1])\nc['k'], c['file']", directory());
        run("UPDATE Cache SET value = 'another value' WHERE key = 'k'");
        Files.writeString(file(), "y".repeat(40_000));
        isMissed();
        with(cache -> assertThat(cache.getIfPresent("file")).isNull());
    }

    /** Python has no checksums: what it mends is the length that the row tells. */
    @Test
    void file_truncatedAndMendedByPythonsCheck_missed() throws Exception {
        with(cache -> cache.put("k", "x".repeat(40_000)));
        Files.writeString(file(), "x".repeat(39_000));
        assertThat(Python.run(
                        "c = diskcache.Cache(sys.argv[1])\nc.check(fix=True)\nprint(len(c['k']), c.check())",
                        directory()))
                .containsExactly("39000 []");
        isMissed();
    }

    /** Its old sum stays behind, and says nothing of what is there now. */
    @Test
    void file_overwrittenByPythonAndDamagedBefore_isPythons() throws Exception {
        with(cache -> cache.put("k", "x".repeat(40_000)));
        Files.delete(file());
        Python.run("c = diskcache.Cache(sys.argv[1])\nc['k'] = 'of Python' * 10000", directory());
        with(cache -> assertThat(cache.getIfPresent("k")).isEqualTo("of Python".repeat(10_000)));
        Python.run("c = diskcache.Cache(sys.argv[1])\nc['k'] = b'short'", directory());
        with(cache -> {
            assertThat(cache.getIfPresent("k")).isEqualTo("short".getBytes(StandardCharsets.UTF_8));
            assertThat(cache.stats().misses()).isEmpty();
        });
        assertThat(number("SELECT count(*) FROM sqlite_schema WHERE name = 'twat_damaged'"))
                .isZero();
    }

    @Test
    void filename_thatLeadsOut_isNotFollowed() throws Exception {
        Files.writeString(temporary.resolve("secret"), "secret");
        for (String name : List.of(
                "../secret", "aa/../../secret", temporary.resolve("secret").toString())) {
            with(cache -> cache.put("k", VALUE));
            run("UPDATE Cache SET mode = 3, size = 6, value = NULL, twat_sum = NULL, filename = '" + name + "'");
            isMissed();
            assertThat(temporary.resolve("secret")).hasContent("secret");
        }
    }
}
