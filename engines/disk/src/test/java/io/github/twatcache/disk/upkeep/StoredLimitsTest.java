package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.CacheBuilder;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.EffectiveSettings;
import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What counts is what the database says, and what is told is what counts. */
final class StoredLimitsTest {
    @TempDir
    Path temporary;

    private TwatCache twat() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(temporary)
                .open();
    }

    private static Cache<String, String> cache(TwatCache twat, UnaryOperator<CacheBuilder> settings) {
        return settings.apply(twat.disk("data"))
                .types(String.class, String.class)
                .build();
    }

    private static EffectiveSettings.Line line(TwatCache twat, String key) {
        return twat.settings("data").get(key).orElseThrow();
    }

    @Test
    void settings_openedWithOthers_tellTheStoredOnesAndWhereTheyStand() {
        try (TwatCache first = twat()) {
            cache(first, b -> b.maximumSize(3).policy(Policy.LRU).expireAfterAccess(Duration.ofHours(2)));
            assertThat(line(first, "maximum-size")).isEqualTo(new EffectiveSettings.Line("maximum-size", "3", "code"));
        }
        String database = "the database " + temporary.resolve("caches/data/twat.db");
        try (TwatCache second = twat()) {
            Cache<String, String> data = cache(second, b -> b.maximumBytes(1 << 20));
            assertThat(line(second, "maximum-size"))
                    .isEqualTo(new EffectiveSettings.Line("maximum-size", "3", database));
            assertThat(line(second, "maximum-bytes").source()).isEqualTo(database);
            assertThat(line(second, "maximum-bytes").value()).isEqualTo("no limit");
            assertThat(line(second, "policy")).isEqualTo(new EffectiveSettings.Line("policy", "lru", database));
            assertThat(line(second, "expire-after-access"))
                    .isEqualTo(new EffectiveSettings.Line("expire-after-access", "2h", database));
            assertThat(data.explain().settings().get("maximum-size").value()).isEqualTo(3L);
            assertThat(data.explain().settings().get("maximum-size").source()).isEqualTo(database);
            assertThat(data.explain().settings()).doesNotContainKey("maximum-bytes");
            assertThat(data.explain().notes())
                    .contains("maximum-bytes = no limit (from " + database + ") counts, not 1MiB (from code)");
            for (int i = 0; i < 9; i++) {
                data.put("k" + i, "v");
            }
            assertThat(data.size()).as("what is told is what counts").isEqualTo(3);
        }
        try (TwatCache third = twat()) {
            cache(third, b -> b.maximumSize(5).set(DiskSettings.OVERRIDE_SETTINGS, true));
            assertThat(line(third, "maximum-size").source()).isEqualTo("code");
            assertThat(third.settings("data").notes()).isEmpty();
        }
    }

    @Test
    void settings_openedToRead_tellTheStoredOnesAndWhereTheyStand() {
        try (TwatCache first = twat()) {
            cache(first, b -> b.maximumSize(3).policy(Policy.LRU));
        }
        String database = "the database " + temporary.resolve("caches/data/twat.db");
        try (TwatCache second = twat()) {
            Cache<String, String> data =
                    cache(second, b -> b.maximumBytes(1 << 20).set(DiskSettings.READ_ONLY, true));
            assertThat(line(second, "maximum-size"))
                    .isEqualTo(new EffectiveSettings.Line("maximum-size", "3", database));
            assertThat(line(second, "maximum-bytes").source()).isEqualTo(database);
            assertThat(line(second, "policy")).isEqualTo(new EffectiveSettings.Line("policy", "lru", database));
            assertThat(data.explain().settings().get("maximum-size").source()).isEqualTo(database);
            assertThat(data.explain().notes())
                    .contains("maximum-bytes = no limit (from " + database + ") counts, not 1MiB (from code)");
        }
        try (TwatCache third = twat()) {
            cache(third, b -> b.maximumSize(3).policy(Policy.LRU).set(DiskSettings.READ_ONLY, true));
            assertThat(line(third, "maximum-size").source()).isEqualTo("code");
            assertThat(third.settings("data").notes()).isEmpty();
        }
    }

    @Test
    void settings_changedForAllByAnother_areToldOnceTheyAreSeen() {
        try (TwatCache first = twat();
                TwatCache second = twat()) {
            Cache<String, String> data = cache(first, b -> b.maximumSize(3));
            cache(second, b -> b.maximumSize(7).set(DiskSettings.OVERRIDE_SETTINGS, true));
            data.put("k", "v");
            assertThat(line(first, "maximum-size").value()).isEqualTo("7");
            assertThat(line(first, "maximum-size").source()).startsWith("the database ");
        }
    }
}
