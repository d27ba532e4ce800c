package io.github.twatcache.disk.diskcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.EngineException;
import io.github.twatcache.stats.Unstored;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
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
        twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary.resolve("own"))
                .open();
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

    /** A file stands where each folder of value files would be. */
    @Test
    void valueFile_thatCannotBeWritten_loadsGoOn() throws Exception {
        for (int first = 0; first < 256; first++) {
            Files.createFile(temporary.resolve("shared").resolve(String.format("%02x", first)));
        }
        loadsGoOn("x".repeat(40_000), "cannot write the value file");
    }
}
