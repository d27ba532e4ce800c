package io.github.twatcache.fory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.TakenAway;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What becomes of a program whose class path has lost the library: all else goes on, and it says what to add. */
final class LibraryTakenAwayTest {
    @Test
    void libraryTakenAway_opensAndSaysWhatToAdd() throws Exception {
        List<String> lines =
                TakenAway.run(element -> element.startsWith("fory-core"), Configured.class, "fory", "canonical");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0))
                .startsWith("2 [")
                .contains("codec = fory is not present; add the artifact org.apache.fory:fory-core to the class path");
        assertThat(lines.get(1)).isEqualTo("2 []");
    }
}
