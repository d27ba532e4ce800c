package io.github.twatcache.compress;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.TakenAway;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a program whose class path has lost a library: the other compressor goes on, and it says what to add. */
final class LibraryTakenAwayTest {
    @ParameterizedTest
    @CsvSource({"lz4, lz4-java, at.yawk.lz4:lz4-java, zstd", "zstd, zstd-jni, com.github.luben:zstd-jni, lz4"})
    void libraryTakenAway_theOtherGoesOn(String name, String jar, String artifact, String other) throws Exception {
        List<String> lines = TakenAway.run(element -> element.startsWith(jar), Configured.class, name, other);
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("2 [")
                .contains(
                        "compress = " + name + " is not present; add the artifact " + artifact + " to the class path");
        assertThat(lines.get(1)).isEqualTo("2 []");
    }
}
