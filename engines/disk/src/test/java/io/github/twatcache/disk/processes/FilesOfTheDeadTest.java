package io.github.twatcache.disk.processes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.twatcache.Cache;
import io.github.twatcache.TwatCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Value files that a killed process was about to write: nobody sees them, and the next opening takes them away. */
final class FilesOfTheDeadTest {
    private static List<Path> valueFiles(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().contains("/values/") && Files.isRegularFile(file))
                    .toList();
        }
    }

    private static void openAndLookFor(Path directory, String key) {
        try (TwatCache twat = TwatCache.builder().directory(directory).open()) {
            Cache<String, byte[]> films = Worker.films(twat);
            assertThat(films.contains(key)).isFalse();
            assertThat(films.size()).isZero();
        }
    }

    @Test
    void write_killedInTheMiddle_leavesNothing(@TempDir Path directory) throws Exception {
        try (Workers workers = new Workers(directory)) {
            Workers.One writer = workers.start("film", 0, Integer.MAX_VALUE);
            workers.go();
            assertThat(writer.next()).isEqualTo("begun");
            assertThat(valueFiles(directory)).hasSize(1);
            writer.kill();
            writer.exit();
        }
        openAndLookFor(directory, "film");
        assertThat(valueFiles(directory)).isEmpty();
    }

    @Test
    void transaction_killedInTheMiddle_leavesNothing(@TempDir Path directory) throws Exception {
        int moreThanABlock = 100;
        try (Workers workers = new Workers(directory)) {
            Workers.One writer = workers.start("fileInTransaction", 0, moreThanABlock);
            workers.go();
            assertThat(writer.next()).isEqualTo("begun");
            assertThat(valueFiles(directory)).hasSize(moreThanABlock);
            writer.kill();
            writer.exit();
        }
        openAndLookFor(directory, "large 0");
        assertThat(valueFiles(directory)).isEmpty();
    }

    @Test
    void write_largerThanTheHeap_passesThrough(@TempDir Path directory) throws Exception {
        int mebibytes = 200;
        try (Workers workers = new Workers(directory)) {
            Workers.One writer = workers.start("film", 0, mebibytes, "-Xmx48m");
            workers.go();
            assertThat(writer.next()).isEqualTo("begun");
            assertThat(writer.next()).isEqualTo(Long.toString((long) mebibytes << 20));
            assertThat(writer.exit()).isZero();
        }
    }
}
