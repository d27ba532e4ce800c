package io.github.twatcache.files;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The engine passes the whole suite: in a file system in memory where there is one, since it makes some 100,000 files, which
 * takes minutes on a disk. {@link ProcessesTest} and others work on the disk.
 */
final class FilesConformanceTest extends EngineConformance {
    static {
        Path memory = Path.of("/dev/shm");
        if (Files.isDirectory(memory) && Files.isWritable(memory)) {
            System.setProperty("twat.test.directory", memory.toString());
        }
    }

    @Override
    protected Engine engine() {
        return new FilesEngine();
    }
}
