package io.github.twatcache.testkit;

import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Engine;

final class HeapConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new HeapEngine();
    }
}
