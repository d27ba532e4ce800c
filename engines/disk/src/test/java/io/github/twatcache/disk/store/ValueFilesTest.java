package io.github.twatcache.disk.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of files that should not be where they are. */
final class ValueFilesTest {
    private static final int KEPT = 100;

    @TempDir
    Path directory;

    @Test
    void setAside_more_theLastStay() throws Exception {
        ValueFiles files = new ValueFiles(directory);
        int all = KEPT + 50;
        List<Path> written = IntStream.range(0, all)
                // No order but that of coming here: not by name, nor by when they were written.
                .mapToObj(i -> directory.resolve(i * 31 % all + ".damaged"))
                .toList();
        for (int i = all - 1; i >= 0; i--) {
            Files.createFile(written.get(i));
        }
        for (Path file : written) {
            assertThat(files.setAside(file)).isTrue();
        }
        try (Stream<Path> there = Files.list(directory.resolve(ValueFiles.ASIDE))) {
            assertThat(there.map(Path::getFileName))
                    .containsExactlyInAnyOrderElementsOf(written.subList(all - KEPT, all).stream()
                            .map(Path::getFileName)
                            .toList());
        }
        assertThat(files.setAside(written.get(0))).as("gone already").isFalse();
    }
}
