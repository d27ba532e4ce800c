package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.key.CanonicalCodec;

/** Core's codec of values. */
class CanonicalValueFuzz {
    private static final CanonicalCodec CODEC = new CanonicalCodec();

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        Samples.readOrRefused(() -> CODEC.decode(bytes));
    }
}
