package io.github.twatcache.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/**
 * Makes a test's directories in memory where there is a file system for that, and it has room: what a test makes need not
 * outlast the machine, and to have a disk keep it takes longer than everything else. Nothing that a process sees is otherwise,
 * nor what it finds of one that was killed.
 *
 * <pre>{@code @TempDir(factory = InMemory.class) Path directory;}</pre>
 *
 * <p>The property {@code twat.test.directory} names another place.
 */
public final class InMemory implements TempDirFactory {
    private static final String PREFIX = "twat-cache-test-";
    private static final Path MEMORY = Path.of("/dev/shm");

    /** What the largest of the tests take, a few times over: in containers there may be much less. */
    private static final long ROOM = 1L << 30;

    /** Makes the factory; JUnit calls it. */
    public InMemory() {}

    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext test) throws IOException {
        return made();
    }

    static Path made() throws IOException {
        String named = System.getProperty("twat.test.directory");
        if (named != null) {
            return Files.createTempDirectory(Path.of(named), PREFIX);
        }
        return roomy(MEMORY) ? Files.createTempDirectory(MEMORY, PREFIX) : Files.createTempDirectory(PREFIX);
    }

    private static boolean roomy(Path directory) {
        try {
            return Files.isDirectory(directory)
                    && Files.isWritable(directory)
                    && Files.getFileStore(directory).getUsableSpace() > ROOM;
        } catch (IOException unknown) {
            return false;
        }
    }
}
