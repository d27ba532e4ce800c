package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who only reads sees what others do to the database, whatever they do. */
final class ReadOnlyTest {
    private static final String NAME = "read";

    @TempDir
    Path directory;

    private static TwatCache open(Path where) {
        return TwatCache.builder()
                .engine(new DiskEngine())
                .configuration(Sources.none())
                .directory(where)
                .open();
    }

    private static Cache<Integer, String> reading(TwatCache twat) {
        return twat.disk(NAME)
                .breaker(1_000_000, Duration.ofMinutes(1))
                .set(DiskSettings.READ_ONLY, true)
                .types(Integer.class, String.class)
                .build();
    }

    @BeforeEach
    void fill() {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache =
                    twat.disk(NAME).types(Integer.class, String.class).build();
            cache.put(1, "one");
            cache.put(2, "two");
        }
    }

    @Test
    void directoryIsMadeAnew_isSeen() throws IOException {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = reading(twat);
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            Raw.delete(directory.resolve("caches"));
            // It takes longer to start than a reader may be late.
            try (Companion other = Companion.start(directory, NAME)) {
                other.put(1, "newer");
                assertThat(cache.getIfPresent(1)).isEqualTo("newer");
                assertThat(cache.getIfPresent(2)).isNull();
                other.put(2, "newer");
                assertThat(cache.getIfPresent(2)).isEqualTo("newer");
            }
            assertThat(cache.size()).isEqualTo(2);
        }
    }

    @Test
    void directoryIsDeleted_whatWasThereIsFoundNoMore() throws IOException {
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = reading(twat);
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            Raw.delete(directory.resolve("caches"));
            long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
            while (cache.get(1, key -> "computed").equals("one")) {
                assertThat(System.nanoTime() - end).isNegative();
            }
            assertThat(cache.get(1, key -> "computed")).isEqualTo("computed");
            assertThat(directory.resolve("caches").resolve(NAME)).doesNotExist();
        }
    }

    @Test
    void malformedDatabaseIsRebuiltByAnother_isSeen() throws Exception {
        Path database = new Raw(directory, NAME).database;
        try (TwatCache twat = open(directory)) {
            Cache<Integer, String> cache = reading(twat);
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            Companion.spoil(database, 1);
            try (Companion other = Companion.start(directory, NAME)) {
                other.put(1, "newer");
                assertThat(cache.getIfPresent(1)).isEqualTo("newer");
            }
        }
    }
}
