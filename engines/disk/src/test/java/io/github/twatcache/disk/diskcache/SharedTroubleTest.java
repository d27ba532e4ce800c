package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.stats.Unstored;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever keeps a shared directory from being written to, loads go on. */
final class SharedTroubleTest {
    @TempDir
    Path temporary;

    private TwatCache twat;
    private Cache<String, String> cache;

    @BeforeEach
    void open() {
        twat = Own.instance(temporary);
        cache = twat.disk("shared")
                .statistics()
                .breaker(1_000_000, Duration.ofMinutes(1))
                .with(DiskSettings.diskcache(temporary.resolve("shared")))
                .set(DiskSettings.LOCK_TIMEOUT, Duration.ofMillis(50))
                .types(String.class, String.class)
                .build();
        cache.put("k", "kept");
    }

    @AfterEach
    void close() {
        twat.close();
    }

    private void loadsGoOn(String value, String words) {
        assertThatExceptionOfType(EngineException.class)
                .isThrownBy(() -> cache.put("k", value))
                .withMessageContaining(words);
        assertThat(cache.getIfPresent("k")).isEqualTo("kept");
        assertThat(cache.get("other", key -> value)).isEqualTo(value);
        assertThat(cache.stats().unstored()).containsEntry(Unstored.ENGINE_FAILED, 1L);
    }

    @Test
    void database_lockedByAnother_loadsGoOn() throws Exception {
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + temporary.resolve("shared/cache.db"));
                Statement statement = foreign.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            loadsGoOn("other", "lock-timeout");
            statement.execute("ROLLBACK");
        }
        cache.put("k", "stored");
        assertThat(cache.getIfPresent("k")).isEqualTo("stored");
    }

    /** More look-ups than are noted before the database is told of them. */
    @Test
    void hits_ofMoreThanAreNoted_lockedByAnother_allFoundAndToldLater() throws Exception {
        String database = "jdbc:sqlite:" + temporary.resolve("read/cache.db");
        Cache<Long, String> read = twat.disk("read")
                .statistics()
                .policy(Policy.LRU)
                .with(DiskSettings.diskcache(temporary.resolve("read")))
                .set(DiskSettings.LOCK_TIMEOUT, Duration.ofMillis(50))
                .types(Long.class, String.class)
                .build();
        int entries = 1_100;
        for (long i = 0; i < entries; i++) {
            read.put(i, "v");
        }
        try (Connection foreign = DriverManager.getConnection(database);
                Statement statement = foreign.createStatement()) {
            statement.execute("UPDATE Cache SET access_time = 0");
            statement.execute("BEGIN IMMEDIATE");
            for (long i = 0; i < entries; i++) {
                assertThat(read.getIfPresent(i)).isEqualTo("v");
            }
            statement.execute("ROLLBACK");
            assertThat(read.stats().missCount()).isZero();
            Actor.until("they are written down", () -> accessed(statement) >= entries);
        }
    }

    /** What was read is lost, and the directory is let go of all the same. */
    @Test
    void close_hitsNotWrittenDown_lockedByAnother_closes() throws Exception {
        Path directory = temporary.resolve("closed");
        Cache<String, String> read = twat.disk("closed")
                .policy(Policy.LRU)
                .with(DiskSettings.diskcache(directory))
                .set(DiskSettings.LOCK_TIMEOUT, Duration.ofMillis(50))
                .types(String.class, String.class)
                .build();
        read.put("k", "v");
        assertThat(read.getIfPresent("k")).isEqualTo("v");
        try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("cache.db"));
                Statement statement = foreign.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            assertThatCode(twat::close).doesNotThrowAnyException();
            statement.execute("ROLLBACK");
        }
    }

    private static long accessed(Statement statement) {
        try (ResultSet row = statement.executeQuery("SELECT count(*) FROM Cache WHERE access_time > 0")) {
            return row.next() ? row.getLong(1) : -1;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    /** A file stands where each folder of value files would be. */
    @Test
    void valueFile_thatCannotBeWritten_loadsGoOn() throws Exception {
        for (int first = 0; first < 256; first++) {
            Files.createFile(temporary.resolve("shared").resolve(String.format("%02x", first)));
        }
        loadsGoOn("x".repeat(40_000), "cannot write the value file");
    }
}
