package io.github.twatcache;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/** The engine that the tests of choosing put in the place of disk, files and redis is a whole one. */
final class LastingConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return LastingEngine.disk();
    }
}
