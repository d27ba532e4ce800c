package io.github.twatcache.caffeine;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.ConformanceUnderChaos;

final class CaffeineUnderChaosTest extends ConformanceUnderChaos {
    @Override
    protected Engine reliable() {
        return new CaffeineEngine();
    }
}
