package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.config.Sources;
import io.github.twatcache.disk.DiskEngine;
import io.github.twatcache.disk.DiskSettings;
import java.io.IOException;
import java.nio.file.Files;
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

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private interface Judging {
        void judge(Cache<Integer, String> cache) throws Exception;
    }

    /** Has the directory read where it can only be read, while others write to it elsewhere: two containers. */
    private void mounted(Judging judging) throws Exception {
        Path mounted = Files.createDirectories(directory.resolveSibling(directory.getFileName() + "-mounted"));
        assumeThat(run("mount", "--bind", directory.toString(), mounted.toString())
                        && run("mount", "-o", "remount,bind,ro", mounted.toString()))
                .as("a file system can be mounted read-only here")
                .isTrue();
        try (TwatCache twat = open(mounted)) {
            judging.judge(reading(twat));
        } finally {
            assertThat(run("umount", mounted.toString()) || run("umount", "-l", mounted.toString()))
                    .isTrue();
            Files.delete(mounted);
        }
    }

    @Test
    void mountedReadOnly_othersBeginToWrite_isSeen() throws Exception {
        mounted(cache -> {
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            for (int round = 0; round < 3; round++) {
                try (Companion other = Companion.start(directory, NAME)) {
                    for (int i = 0; i < 20; i++) {
                        String value = "round " + round + ", " + i;
                        other.put(1, value);
                        other.put(100 + i, value);
                        assertThat(cache.getIfPresent(1)).isEqualTo(value);
                        assertThat(cache.getIfPresent(100 + i)).isEqualTo(value);
                    }
                }
                assertThat(cache.getIfPresent(1)).isEqualTo("round " + round + ", 19");
                assertThat(cache.size()).isEqualTo(22);
            }
        });
    }

    /** As long as nobody looks there is no connection that would keep the others' log from being deleted. */
    @Test
    void mountedReadOnly_othersHaveWrittenAndGone_isSeen() throws Exception {
        mounted(cache -> {
            assertThat(cache.getIfPresent(1)).isEqualTo("one");
            for (int round = 0; round < 3; round++) {
                try (Companion other = Companion.start(directory, NAME)) {
                    other.put(1, "round " + round);
                }
                assertThat(cache.getIfPresent(1)).isEqualTo("round " + round);
            }
        });
    }

    @Test
    void mountedReadOnly_whileOthersHaveItOpen_isSeen() throws Exception {
        try (Companion other = Companion.start(directory, NAME)) {
            mounted(cache -> {
                assertThat(cache.getIfPresent(1)).isEqualTo("one");
                other.put(1, "newer");
                assertThat(cache.getIfPresent(1)).isEqualTo("newer");
            });
        }
    }
}
