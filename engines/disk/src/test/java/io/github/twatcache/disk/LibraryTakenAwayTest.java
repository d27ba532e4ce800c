package io.github.twatcache.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.testkit.TakenAway;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a program whose class path has this engine and not SQLite. */
final class LibraryTakenAwayTest {
    private static final String MEND = "add the artifact org.xerial:sqlite-jdbc to the class path";

    @TempDir
    Path folder;

    @Test
    void sqliteTakenAway_engineSaysWhatToAdd_andLeavesNothing() throws Exception {
        List<String> lines = TakenAway.run(
                element -> element.startsWith("sqlite-jdbc"),
                WithoutSqlite.class,
                folder.resolve("cache").toString());
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0))
                .startsWith("Unavailable[why=its library cannot be loaded (java.lang.NoClassDefFoundError: org/sqlite/")
                .contains("mend=" + MEND);
        assertThat(lines.subList(1, 3)).containsExactly("heap", "heap");
        assertThat(lines.get(3))
                .contains("'disk' was passed over: its library cannot be loaded")
                .contains(MEND);
        assertThat(lines.get(4)).isEqualTo("directory: false");
    }
}
