package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.Engine;
import io.github.twatcache.testkit.EngineConformance;

/** The format of diskcache keeps the contracts, as far as it claims their traits. */
final class DiskcacheConformanceTest extends EngineConformance {
    @Override
    protected Engine engine() {
        return new BytesKeyedEngine();
    }

    /** The key of a call begins with the key space of its version, so those of other versions cannot be found by it. */
    @Override
    protected boolean tellsVersions() {
        return false;
    }
}
