package io.github.twatcache.files;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/** The engine passes the whole suite. */
final class FilesConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new FilesEngine();
    }
}
