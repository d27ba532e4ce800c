package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.Recipes;
import io.github.twatcache.TwatCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is agreed on stands beside the entries, under the cache's name, and outlives the process. */
@SuppressWarnings("LockNotBeforeTry") // who holds the lock is what these tests are about
final class CellsTest {
    @TempDir
    private Path directory;

    private TwatCache open() {
        return TwatCache.builder().directory(directory).open();
    }

    private static Recipes recipes(TwatCache twat) {
        return Recipes.of(twat.disk("agreed").types(String.class, String.class).build());
    }

    @Test
    void lock_ofCachesOfOtherTypes_isTheSame() {
        try (TwatCache one = open();
                TwatCache two = open()) {
            Cache<Integer, Long> other =
                    two.disk("agreed").types(Integer.class, Long.class).build();
            assertThat(recipes(one).lock("l").tryLock()).isTrue();
            assertThat(Recipes.of(other).lock("l").tryLock()).isFalse();
        }
    }

    @Test
    void names_anyString_areApart() {
        try (TwatCache twat = open()) {
            Recipes recipes = recipes(twat);
            for (String name :
                    new String[] {"", "\0", "a\0", "a\0b", "a", "A", "\ud800", "\ud801", "\ufffd", "?", "é", "e\u0301"
                    }) {
                assertThat(recipes.lock(name).tryLock()).as("'%s'", name).isTrue();
            }
        }
    }

    @Test
    void fence_afterAllWereClosed_goesOn() throws InterruptedException {
        long before;
        try (TwatCache twat = open()) {
            before = recipes(twat).lock("l").lock(Duration.ZERO);
        }
        try (TwatCache twat = open()) {
            assertThat(recipes(twat).lock("l").lock(Duration.ZERO)).isGreaterThan(before);
        }
    }

    @Test
    void limit_ofOneEntry_leavesLocksAlone() {
        try (TwatCache twat = open()) {
            Cache<String, String> cache = twat.disk("agreed")
                    .maximumSize(1)
                    .types(String.class, String.class)
                    .build();
            assertThat(Recipes.of(cache).lock("l").tryLock()).isTrue();
            for (int i = 0; i < 100; i++) {
                cache.put("k" + i, "v");
            }
            cache.clear();
            assertThat(cache.size()).isZero();
            assertThat(Recipes.of(cache).lock("l").isHeldByCurrentThread()).isTrue();
            Recipes.of(cache).lock("l").unlock();
        }
    }

    /** What the cell said is gone, and one may still hold the lock: what it guards must be able to refuse him. */
    @Test
    void fence_afterItsCellWasLost_isAboveAllBefore() throws Exception {
        for (String damage : new String[] {
            "UPDATE cell SET name = zeroblob(length(name))",
            "DELETE FROM cell",
            "UPDATE cell SET version = (SELECT version FROM old), content = (SELECT content FROM old),"
                    + " sum = (SELECT sum FROM old)"
        }) {
            long before = 0;
            Path file;
            try (TwatCache twat = open()) {
                for (int i = 0; i < 3; i++) {
                    before = recipes(twat).lock("l").lock(Duration.ZERO);
                    recipes(twat).lock("l").unlock();
                }
                file = database(directory);
            }
            try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE IF NOT EXISTS old AS SELECT * FROM cell");
                assertThat(statement.executeUpdate(damage)).isPositive();
            }
            try (TwatCache twat = open()) {
                assertThat(recipes(twat).lock("l").lock(Duration.ZERO))
                        .as(damage)
                        .isGreaterThan(before);
            }
        }
    }

    @Test
    void cell_flipped_isNotBelieved() throws Exception {
        Path folder;
        try (TwatCache twat = open()) {
            recipes(twat).average("a").add(1);
            folder = database(directory);
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder);
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE cell SET content = zeroblob(length(content))"))
                    .isEqualTo(1);
        }
        try (TwatCache twat = open()) {
            assertThatThrownBy(() -> recipes(twat).average("a").mean())
                    .hasStackTraceContaining("average:a")
                    .hasStackTraceContaining("damaged");
        }
    }

    private static Path database(Path directory) throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.endsWith("twat.db")).findFirst().orElseThrow();
        }
    }
}
