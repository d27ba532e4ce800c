package io.github.twatcache.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an opening does where the file system refuses what it needs. */
final class OpeningTest {
    @TempDir
    Path directory;

    private Opening opening(Path root) {
        DirectoryLock lock = new DirectoryLock(Duration.ofMinutes(1), file -> {
            throw new IOException("No locks available");
        });
        return new Opening(root, new Location(root, "code"), lock);
    }

    private static void requireRefused(Opening opening, Path root) {
        assertThatThrownBy(opening::open)
                .isInstanceOf(PathException.class)
                .hasMessageContainingAll(root.toString(), "from code", "does not lock files (No locks available)")
                .hasNoCause()
                .satisfies(refused -> assertThat(refused.getSuppressed()).hasSize(1));
    }

    @Test
    void open_fileSystemWithoutLocks_isRefusedAndLeavesNothing() throws IOException {
        Path root = directory.toRealPath().resolve("cache");
        requireRefused(opening(root), root);
        assertThat(root).doesNotExist();
    }

    @Test
    void open_fileSystemWithoutLocks_leavesWhatWasThere() throws IOException {
        Path root = directory.toRealPath().resolve("cache");
        DirectoryLock works = new DirectoryLock(Duration.ofMinutes(1));
        Open open = new Opening(root, new Location(root, "code"), works).open();
        open.process().close();
        open.ledger().close();
        byte[] ledger = Files.readAllBytes(Room.ledgerOf(root));
        requireRefused(opening(root), root);
        assertThat(Room.ledgerOf(root)).hasBinaryContent(ledger);
    }
}
