package io.github.twatcache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of caches are checked where a configuration is read, as they are where a cache in a directory is made. */
final class CacheNamesTest {
    @TempDir
    Path directory;

    private TwatCache open(String... lines) throws IOException {
        Files.write(directory.resolve(Sources.FILE), List.of(lines));
        return TwatCache.builder()
                .configuration(Sources.none().workingDirectory(directory))
                .open();
    }

    @Test
    void names_thatNoDirectoryCanHave_areFaultsWithTheirLines() {
        assertThatThrownBy(() -> open(
                        "twat.cache.caches.../evil.maximum-size = 5",
                        "twat.cache.caches.good.maximum-size = 5",
                        "twat.cache.caches.con.maximum-size = 0",
                        "twat.cache.override.caches.a/*.maximum-sise = 5"))
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> {
                    assertThat(refused.faults())
                            .extracting(fault -> fault.source().replaceAll(".*:", ""))
                            .containsExactly("1", "3", "3", "4", "4");
                    assertThat(refused.faults().get(0).problem())
                            .isEqualTo("a cache named '../evil' cannot have a directory: its name would lead out of the"
                                    + " directory: '.', '..', '/' and '\\' are not allowed; choose another name");
                    assertThat(refused.faults().get(1).problem())
                            .contains("'con'")
                            .contains("device on Windows");
                    assertThat(refused.faults().get(3).problem()).contains("'a/'");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "a\\\\b", "..", "nul.txt", "a\\u0007b", " "})
    void name_thatNoDirectoryCanHave_isAFault(String name) {
        assertThatThrownBy(() -> open("twat.cache.caches." + name.replace(" ", "\\ ") + ".maximum-size = 5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("cannot have a directory")
                .hasMessageContaining("choose another name");
    }

    @Test
    void name_longerThanAllowed_isAFaultThatDoesNotShowAllOfIt() {
        String name = "n".repeat(256);
        assertThatThrownBy(() -> open("twat.cache.caches." + name + ".maximum-size = 5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("256 characters");
    }

    @Test
    void name_ofAnEnvironmentVariable_isCheckedToo() {
        assertThatThrownBy(() -> TwatCache.builder()
                        .configuration(Sources.none().environment(Map.of("TWAT_CACHE_CACHES_AUX_MAXIMUM_SIZE", "5")))
                        .open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("TWAT_CACHE_CACHES_AUX_MAXIMUM_SIZE")
                .hasMessageContaining("device on Windows");
    }

    @Test
    void name_inAnotherFormOfUnicode_isThatOfTheCache() throws IOException {
        try (TwatCache twat =
                open("twat.cache.caches.cafe\\u0301.maximum-size = 5", "twat.cache.caches.a.b-*.mode = off")) {
            assertThat(twat.settings("caf\u00e9")
                            .get("maximum-size")
                            .orElseThrow()
                            .value())
                    .isEqualTo("5");
        }
    }
}
