package io.github.twatcache.fory;

import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.testkit.ValueCodecContract;

class ForyCodecContractTest extends ValueCodecContract {
    @Override
    protected ValueFormat format() {
        return new ForyFormat();
    }
}
