package io.github.twatcache.disk.front;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tells processes that the database they have open is void, without their asking the file system. */
final class StripesTest {
    @TempDir
    Path folder;

    @Test
    void disown_toldAtOnceAndForGood() throws Exception {
        UUID id = UUID.randomUUID();
        try (Stripes stripes = Stripes.open(folder, id, () -> true)) {
            long stamp = stripes.stamp(17);
            assertThat(stripes.stands(false)).isTrue();
            Stripes.disown(folder);
            // What is on the heap is not answered from either: its counter has moved.
            assertThat(stripes.stamp(17)).isGreaterThan(stamp).matches(Stripes::settled);
            assertThat(stripes.stands(false)).isFalse();
            try (Stripes next = Stripes.open(folder, UUID.randomUUID(), () -> true)) {
                assertThat(next.stands(true)).isTrue();
                assertThat(stripes.stands(false)).isFalse();
            }
        }
    }

    @Test
    void stands_databaseMovedOrFileReplaced_noLonger() throws Exception {
        boolean[] unmoved = {true};
        UUID id = UUID.randomUUID();
        try (Stripes stripes = Stripes.open(folder, id, () -> unmoved[0])) {
            assertThat(stripes.stands(true)).isTrue();
            unmoved[0] = false;
            assertThat(stripes.stands(true)).isFalse();
        }
        try (Stripes stripes = Stripes.open(folder, id, () -> true)) {
            byte[] same = Files.readAllBytes(folder.resolve(Stripes.FILE));
            Files.delete(folder.resolve(Stripes.FILE));
            assertThat(stripes.stands(true)).isFalse();
            Files.write(folder.resolve(Stripes.FILE), same);
            assertThat(stripes.stands(true)).isFalse();
        }
    }

    @Test
    void open_interruptedThread_opensAndStaysInterrupted() throws Exception {
        Thread.currentThread().interrupt();
        try (Stripes stripes = Stripes.open(folder, UUID.randomUUID(), () -> true)) {
            assertThat(stripes.stands(true)).isTrue();
            Stripes.disown(folder);
            assertThat(stripes.stands(true)).isFalse();
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /** A full disk is found when the file is made, not when a counter is moved. */
    @Test
    void open_fileIsThereAtItsFullLength() throws Exception {
        Files.write(folder.resolve(Stripes.FILE), new byte[10]);
        try (Stripes stripes = Stripes.open(folder, UUID.randomUUID(), () -> true)) {
            assertThat(stripes.stands(true)).isTrue();
            assertThat(Files.size(folder.resolve(Stripes.FILE))).isEqualTo(64 + 8 * Stripes.COUNT);
        }
    }
}
