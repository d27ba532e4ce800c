package io.github.twatcache.jackson;

import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.testkit.ValueCodecContract;

class JacksonCodecContractTest extends ValueCodecContract {
    @Override
    protected ValueFormat format() {
        return new JacksonFormat();
    }
}
