package io.github.twatcache.testkit;

import io.github.twatcache.key.CanonicalCodec;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.spi.ValueFormat;
import io.github.twatcache.spi.ValueType;

/** Core's default codec, which is told nothing of the type. */
class CanonicalCodecContractTest extends ValueCodecContract {
    @Override
    protected ValueFormat format() {
        return new ValueFormat() {
            @Override
            public String name() {
                return "canonical";
            }

            @Override
            public ValueCodec codec(ValueType type) {
                return new CanonicalCodec();
            }
        };
    }
}
