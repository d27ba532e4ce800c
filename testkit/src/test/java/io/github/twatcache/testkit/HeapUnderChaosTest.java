package io.github.twatcache.testkit;

import io.github.twatcache.heap.HeapEngine;
import io.github.twatcache.spi.Engine;

final class HeapUnderChaosTest extends ConformanceUnderChaos {
    @Override
    protected Engine reliable() {
        return new HeapEngine();
    }
}
