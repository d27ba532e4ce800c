package io.github.twatcache.files;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/**
 * The engine passes the whole suite: in a file system in memory where there is one, since it makes some 100,000 files, which
 * takes minutes on a disk. {@link ProcessesTest} and others work on the disk.
 */
final class FilesConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new FilesEngine();
    }
}
