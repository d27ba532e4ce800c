package io.github.twatcache.disk;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/** The disk engine passes the whole suite. */
final class DiskConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new DiskEngine();
    }
}
