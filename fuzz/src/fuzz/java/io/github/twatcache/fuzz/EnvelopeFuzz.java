package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.value.ValueFormats;
import java.util.List;

/** The envelope of stored values with both compressors; half of the inputs are told to be one. */
class EnvelopeFuzz {
    private static final ValueCodec CODEC = ValueFormats.found(Encoders.standard(), List.of(), List.of())
            .codec(CacheSpec.of("fuzz", "disk"), Object.class);

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        if (bytes.length > 2 && bytes.length % 2 == 0) {
            bytes[0] = (byte) 0xF5;
            bytes[1] = 1;
        }
        Samples.readOrRefused(() -> CODEC.decode(bytes));
    }
}
