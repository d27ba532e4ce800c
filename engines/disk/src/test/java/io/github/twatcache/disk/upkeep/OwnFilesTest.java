package io.github.twatcache.disk.upkeep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import io.github.twatcache.error.CacheException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the engine writes is the user's alone, and stays in its folder. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "has no permissions of that kind")
final class OwnFilesTest {
    @TempDir
    Path directory;

    private void use() {
        try (TwatCache twat =
                TwatCache.builder().directory(directory.resolve("root")).open()) {
            Cache<String, String> cache =
                    twat.disk("own").types(String.class, String.class).build();
            cache.put("small", "value");
            cache.put("large", "value".repeat(50_000));
        }
    }

    private Path folder() {
        return directory.resolve("root/caches/own");
    }

    @Test
    void files_whateverTheMask_areTheUsersAlone() throws Exception {
        use();
        try (Stream<Path> all = Files.walk(folder())) {
            assertThat(all)
                    .hasSizeGreaterThan(5)
                    .allSatisfy(path -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                            .as(path.toString())
                            .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"twat.db", "twat.stripes", "processes", "values"})
    void link_inThePlaceOfOurs_isRefused(String name) throws Exception {
        use();
        Path elsewhere = directory.resolve("elsewhere");
        Files.move(folder().resolve(name), elsewhere);
        Files.createSymbolicLink(folder().resolve(name), elsewhere);
        assertThatThrownBy(this::use).isInstanceOf(CacheException.class).hasStackTraceContaining("is a link");
    }
}
