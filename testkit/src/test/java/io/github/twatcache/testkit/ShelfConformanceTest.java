package io.github.twatcache.testkit;

import io.github.twatcache.spi.Engine;

/** An engine with every capability. */
final class ShelfConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new ShelfEngine(false);
    }
}
