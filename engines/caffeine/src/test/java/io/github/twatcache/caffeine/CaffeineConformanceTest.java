package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

final class CaffeineConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new CaffeineEngine();
    }
}
