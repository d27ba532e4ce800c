package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.testkit.Actor;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What readers note is written beside them: a hit waits for no lock and does not fail, however much there is to be noted. */
final class ReadersNotesTest {
    private static final String NAME = "notes";

    /** More than are noted before the database is told of some. */
    private static final int ENTRIES = 17_000;

    @TempDir
    Path directory;

    private static long newest(Raw raw) {
        try {
            return raw.number("SELECT max(place) FROM entry");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void hits_ofMoreThanAreNoted_lockHeldByAnother_allFoundAndToldLater() throws Exception {
        try (TwatCache twat = TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(directory)
                .open()) {
            Cache<Integer, Integer> cache = twat.disk(NAME)
                    .statistics()
                    .maximumSize(100_000)
                    .policy(Policy.LRU)
                    .set(DiskSettings.LOCK_TIMEOUT, Duration.ofMillis(50))
                    .types(Integer.class, Integer.class)
                    .build();
            Map<Integer, Integer> all = new HashMap<>();
            for (int i = 0; i < ENTRIES; i++) {
                all.put(i, i);
            }
            cache.putAll(all);
            Raw raw = new Raw(directory, NAME);
            long stored = newest(raw);
            try (Connection foreign = DriverManager.getConnection("jdbc:sqlite:" + raw.database);
                    Statement statement = foreign.createStatement()) {
                statement.execute("BEGIN IMMEDIATE");
                for (int i = 0; i < ENTRIES; i++) {
                    assertThat(cache.getIfPresent(i)).isEqualTo(i);
                }
                statement.execute("ROLLBACK");
            }
            assertThat(cache.stats().missCount()).isZero();
            assertThat(cache.stats().hits()).isEqualTo(ENTRIES);
            Actor.until("some are written down", () -> newest(raw) > stored);
        }
    }
}
