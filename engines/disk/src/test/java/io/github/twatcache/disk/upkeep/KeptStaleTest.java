package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.stats.MissReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept past its freshness, as it stands in the database. */
final class KeptStaleTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path temporary;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    private TwatCache twat() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary)
                .clock(() -> now)
                .open();
    }

    private static Cache<String, String> cache(TwatCache twat, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("data").expireAfterWrite(MINUTE).statistics())
                .types(String.class, String.class)
                .build();
    }

    private static String down(String key) throws IOException {
        throw new IOException("no value of " + key);
    }

    @Test
    void formatBefore_becomesThisOne_entriesAreThere() throws Exception {
        try (TwatCache twat = twat()) {
            cache(twat, b -> b).put("k", "old");
        }
        Raw raw = new Raw(temporary, "data");
        raw.run(
                "DROP INDEX entry_fresh",
                "DROP INDEX entry_stale",
                "DROP INDEX entry_kept",
                "CREATE INDEX entry_fresh ON entry(life, fresh) WHERE fresh IS NOT NULL",
                "PRAGMA user_version = 2");
        try (TwatCache twat = twat()) {
            Cache<String, String> reading = cache(twat, b -> b.set(DiskSettings.READ_ONLY, true));
            assertThat(reading.getIfPresent("k")).isEqualTo("old");
        }
        try (TwatCache twat = twat()) {
            Cache<String, String> data = cache(twat, b -> b.failSafe(HOUR));
            assertThat(data.getIfPresent("k")).isEqualTo("old");
            data.put("l", "new");
            now = now.plus(MINUTE);
            assertThat(data.size()).isZero();
            String l = data.get("l", KeptStaleTest::down);
            assertThat(l).isEqualTo("new");
            data.put("m", "new");
            assertThat(raw.number("SELECT count(*) FROM entry"))
                    .as("swept: k, not l")
                    .isEqualTo(2);
        }
        assertThat(raw.number("PRAGMA user_version")).isEqualTo(3);
    }

    @Test
    void openedWithoutTheSettings_staleOnesAreAbsentAndStay_openedWithThemAgain_served() throws Exception {
        try (TwatCache twat = twat()) {
            cache(twat, b -> b.failSafe(HOUR).refreshAfterWrite(Duration.ofSeconds(1)))
                    .put("k", "old");
        }
        now = now.plusSeconds(2);
        try (TwatCache twat = twat()) {
            // Nobody would compute anew what is due: so it is found.
            assertThat(cache(twat, b -> b).getIfPresent("k")).isEqualTo("old");
        }
        now = now.plus(MINUTE);
        try (TwatCache twat = twat()) {
            Cache<String, String> plain = cache(twat, b -> b);
            assertThat(plain.getIfPresent("k")).isNull();
            assertThat(plain.stats().missCount(MissReason.EXPIRED)).isEqualTo(1);
            assertThat(plain.size()).isZero();
            plain.put("l", "other");
        }
        try (TwatCache twat = twat()) {
            Cache<String, String> data = cache(twat, b -> b.failSafe(HOUR));
            String k = data.get("k", KeptStaleTest::down);
            assertThat(k).isEqualTo("old");
            assertThat(data.size()).isEqualTo(1);
        }
    }

    @Test
    void damagedTerms_countedAndSetAside_notServed() throws Exception {
        Raw raw = new Raw(temporary, "data");
        try (TwatCache twat = twat()) {
            Cache<String, String> data = cache(twat, b -> b.failSafe(HOUR));
            data.put("k", "old");
            // It would not be due for a long time, if that were believed.
            raw.run(
                    "UPDATE entry SET terms = CAST(substr(terms, 1, 16) || x'7fffffffffffff00' || substr(terms, 25) AS BLOB)");
            assertThat(data.getIfPresent("k")).isNull();
            assertThat(data.stats().missCount(MissReason.UNDECODABLE)).isEqualTo(1);
            Assertions.assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> data.get("k", KeptStaleTest::down));
        }
        assertThat(raw.number("SELECT count(*) FROM damaged")).isEqualTo(1);
    }

    @Test
    void invalidateSoftly_whereNothingIsKept_refusedAndNotSwallowed() {
        try (TwatCache twat = twat()) {
            cache(twat, b -> b.keepStale()).put("k", "old");
        }
        try (TwatCache twat = twat()) {
            Cache<String, String> reading = cache(twat, b -> b.keepStale().set(DiskSettings.READ_ONLY, true));
            Assertions.assertThatExceptionOfType(ConfigurationException.class)
                    .isThrownBy(() -> reading.invalidateSoftly("k"))
                    .withMessageContaining("read-only = true");
        }
    }
}
