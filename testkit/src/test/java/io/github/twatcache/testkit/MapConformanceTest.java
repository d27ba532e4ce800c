package io.github.twatcache.testkit;

import io.github.twatcache.spi.Engine;

/** An engine that claims next to nothing passes by refusing the rest. */
final class MapConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new MapEngine();
    }
}
