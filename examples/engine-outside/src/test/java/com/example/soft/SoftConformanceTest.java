package com.example.soft;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/** Every contract that an engine of twat-cache keeps. */
final class SoftConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new SoftEngine();
    }
}
