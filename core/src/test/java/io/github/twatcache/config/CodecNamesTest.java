package io.github.twatcache.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.TwatCache;
import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The names of codecs and compressors are checked where the configuration is read, like those of engines. */
final class CodecNamesTest {
    @TempDir
    Path directory;

    private Sources sources(String... lines) throws IOException {
        Files.write(directory.resolve(Sources.FILE), List.of(lines));
        return Sources.none().workingDirectory(directory);
    }

    private TwatCache open(String... lines) throws IOException {
        return TwatCache.builder()
                .configuration(sources(lines))
                .format(new Mine())
                .open();
    }

    /** A format that is never used here. */
    private static final class Mine implements ValueFormat {
        @Override
        public String name() {
            return "mine";
        }

        @Override
        public ValueCodec codec(ValueType type) {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void names_misspelt_areFaultsWithLineAndNearestWord() {
        assertThatThrownBy(() -> open(
                        "twat.cache.defaults.codec = cannonical",
                        "twat.cache.caches.users.compress = zsdt",
                        "twat.cache.caches.films.codec = protobuf"))
                .isInstanceOfSatisfying(ConfigurationException.class, refused -> {
                    assertThat(refused.faults()).hasSize(3);
                    assertThat(refused.faults().get(0).source()).endsWith(":1");
                    assertThat(refused.faults().get(0).problem())
                            .isEqualTo("there is no such codec; did you mean canonical?");
                    assertThat(refused.faults().get(1).problem())
                            .isEqualTo("there is no such compressor; did you mean zstd?");
                    assertThat(refused.faults().get(2).problem())
                            .isEqualTo("there is no such codec; present are canonical, mine");
                });
    }

    @Test
    void file_thatIsALinkToNothing_isAFault() throws IOException {
        Files.createSymbolicLink(directory.resolve(Sources.FILE), directory.resolve("gone.properties"));
        assertThatThrownBy(() -> TwatCache.builder()
                        .configuration(Sources.none().workingDirectory(directory))
                        .open())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll(Sources.FILE, "cannot be read");
    }

    @Test
    void names_ofWhatIsPresent_areTaken() throws IOException {
        try (TwatCache twat = open("twat.cache.defaults.codec = mine", "twat.cache.defaults.compress = none")) {
            assertThat(twat.configuration().warnings()).isEmpty();
            assertThat(twat.settings().get("codec").orElseThrow().value()).isEqualTo("mine");
        }
    }

    @Test
    void names_ofOursThatAreNotPresent_warnNamingTheArtifact() throws IOException {
        try (TwatCache twat = open("twat.cache.defaults.codec = fory", "twat.cache.defaults.compress = lz4")) {
            assertThat(twat.configuration().warnings())
                    .satisfiesExactly(
                            one -> assertThat(one).contains(":1", "codec = fory", "twat-cache-fory"),
                            two -> assertThat(two).contains(":2", "compress = lz4", "twat-cache-compress"));
        }
    }
}
