package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.key.DataKeys;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.KeyCodec;

/** Keys of data, as a store reads them back. */
class KeyFuzz {
    private static final KeyCodec<Object> CODEC =
            DataKeys.of(Object.class, Encoders.standard()).codec();

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        Samples.readOrRefused(() -> CODEC.decode(bytes));
    }
}
