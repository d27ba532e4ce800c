package io.github.twatcache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.Cache;
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

/** The names of caches are checked where a configuration is read, as they are in code. */
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
    void names_thatWouldLeadOut_areFaultsWithTheirLines() {
        assertThatThrownBy(() -> open(
                        "twat.cache.caches.../evil.maximum-size = 5",
                        "twat.cache.caches.good.maximum-size = 5",
                        "twat.cache.caches.con.maximum-size = 0",
                        "twat.cache.override.caches.a/../*.maximum-sise = 5"))
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> {
                    assertThat(refused.faults())
                            .extracting(fault -> fault.source().replaceAll(".*:", ""))
                            .containsExactly("1", "3", "4", "4");
                    assertThat(refused.faults().get(0).problem())
                            .isEqualTo(
                                    "a cache cannot be named '../evil': '..' in it would lead out of the directory of the"
                                            + " caches; choose another name");
                    assertThat(refused.faults().get(2).problem()).contains("'a/../*'");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "a/..", "a\\..\\b", "..", ".", " "})
    void name_thatNoCacheCanHave_isRefusedInCodeAsInAConfiguration(String name) throws IOException {
        assertThatThrownBy(() -> open("twat.cache.caches." + written(name) + ".maximum-size = 5"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("a cache");
        try (TwatCache twat = open()) {
            assertThatThrownBy(() -> twat.memory(name)).isInstanceOf(ConfigurationException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"con", "a/b", "a\\b", "nul.txt", "aux.users", "a\u0007b", "..x", "a..b"})
    void name_thatOnlyADirectoryRefuses_isOneOfACacheOnTheHeap(String name) throws IOException {
        try (TwatCache twat = open("twat.cache.caches." + written(name) + ".maximum-size = 5")) {
            Cache<String, String> cache =
                    twat.memory(name).types(String.class, String.class).build();
            cache.put("a", "1");
            assertThat(cache.getIfPresent("a")).isEqualTo("1");
            assertThat(twat.settings(name).get("maximum-size").orElseThrow().value())
                    .isEqualTo("5");
        }
    }

    /** A name as a key in a file: a backslash is one of the file's, and one of the names'. */
    private static String written(String name) {
        return name.replace("\\", "\\\\\\\\").replace(" ", "\\ ");
    }

    @Test
    void name_ofAnEnvironmentVariable_isThatOfACacheOnTheHeap() {
        try (TwatCache twat = TwatCache.builder()
                .configuration(Sources.none().environment(Map.of("TWAT_CACHE_CACHES_AUX_MAXIMUM_SIZE", "5")))
                .open()) {
            assertThat(twat.settings("aux").get("maximum-size").orElseThrow().value())
                    .isEqualTo("5");
        }
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
