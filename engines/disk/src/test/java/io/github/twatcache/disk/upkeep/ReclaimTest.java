package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.Maintenance;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.testkit.FakeTicker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is not there any more gives its place back, without anybody waiting for it. */
final class ReclaimTest {
    private static final int MANY = 200_000;

    @TempDir
    Path directory;

    private final FakeTicker ticker = new FakeTicker();

    private TwatCache open() {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .ticker(ticker)
                .clock(ticker.clock())
                .directory(directory)
                .open();
    }

    private static Cache<Integer, String> cache(TwatCache twat) {
        return twat.disk("reclaim")
                .expireAfterWrite(Duration.ofHours(1))
                .types(Integer.class, String.class)
                .build();
    }

    private static void fill(Cache<Integer, String> cache, int count, String value) {
        Map<Integer, String> some = new HashMap<>();
        for (int i = 0; i < count; i++) {
            some.put(i, value);
            if (some.size() == 1_000 || i == count - 1) {
                cache.putAll(some);
                some.clear();
            }
        }
    }

    private Raw raw() {
        return new Raw(directory, "reclaim");
    }

    /** Puts rows in past the cache, which would take its time for so many. */
    private void swell() throws Exception {
        raw().run(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < " + MANY
                                + ") INSERT INTO"
                                + " entry(id, life, find, key, mode, sum, length, value) SELECT 1000 + i, (SELECT life FROM space),"
                                + " i, randomblob(12), 1, 0, 20, randomblob(20) FROM n",
                        "UPDATE serial SET next = next + 1000 + " + MANY,
                        "UPDATE space SET entries = entries + " + MANY);
    }

    @Test
    void clear_manyEntries_writesNoMorePagesThanOfFew() throws Exception {
        long few;
        long many;
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            fill(cache, 10, "v");
            few = raw().pagesWrittenBy(cache::clear);
            fill(cache, 10, "v");
        }
        swell();
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            assertThat(cache.size()).isEqualTo(MANY + 10);
            many = raw().pagesWrittenBy(cache::clear);
            assertThat(cache.size()).isZero();
            assertThat(cache.getIfPresent(5)).isNull();
        }
        assertThat(few).isBetween(1L, 10L);
        assertThat(many).isLessThanOrEqualTo(few + 2);
        assertThat(raw().number("SELECT count(*) FROM entry")).isGreaterThan(MANY);
    }

    @Test
    void clear_thenOtherWork_pagesAreGivenBack() throws Exception {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            fill(cache, 5_000, "x".repeat(2_000));
            long full = raw().number("PRAGMA page_count");
            cache.clear();
            for (int i = 0; i < 1_000; i++) {
                cache.put(1_000_000 + i, "short");
            }
            assertThat(raw().number("SELECT count(*) FROM dead")).isZero();
            assertThat(raw().number("PRAGMA page_count")).isLessThan(full / 10);
            assertThat(Maintenance.of(cache).check()).isEmpty();
            assertThat(cache.size()).isEqualTo(1_000);
        }
    }

    @Test
    void expireAndCull_nothingLeft_pagesAreGivenBackAtOnce() throws Exception {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = cache(twat);
            Maintenance maintenance = Maintenance.of(cache);
            long empty = raw().number("PRAGMA page_count");
            fill(cache, 5_000, "x".repeat(2_000));
            long full = maintenance.volume();
            ticker.advance(Duration.ofHours(2));
            assertThat(maintenance.expire()).isEqualTo(5_000);
            assertThat(raw().number("PRAGMA page_count")).isLessThanOrEqualTo(empty + 4);
            fill(cache, 5_000, "x".repeat(2_000));
            cache.clear();
            assertThat(maintenance.cull()).isZero();
            assertThat(raw().number("PRAGMA page_count")).isLessThanOrEqualTo(empty + 4);
            assertThat(maintenance.check()).isEmpty();
            raw().run("PRAGMA wal_checkpoint(TRUNCATE)");
            assertThat(maintenance.volume()).isLessThan(full / 10);
        }
    }

    @Test
    void cull_limitsLowered_downToThem() throws Exception {
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = twat.disk("reclaim")
                    .maximumSize(2_000)
                    .types(Integer.class, String.class)
                    .build();
            fill(cache, 2_000, "v");
        }
        raw().run("UPDATE space SET maximum = 100");
        try (TwatCache twat = open()) {
            Cache<Integer, String> cache = twat.disk("reclaim")
                    .maximumSize(100)
                    .types(Integer.class, String.class)
                    .build();
            assertThat(cache.size()).isEqualTo(2_000);
            assertThat(Maintenance.of(cache).cull()).isEqualTo(1_900);
            assertThat(cache.size()).isEqualTo(100);
            assertThat(Maintenance.of(cache).check()).isEmpty();
        }
    }
}
