package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.compress.Lz4;

/** The compressor Lz4: other bytes of the length that was asked for, or a refusal. */
class Lz4Fuzz {
    private static final Lz4 COMPRESSOR = new Lz4();
    private static final int EXPECTED = 1_000;

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        Samples.readOrRefused(() -> COMPRESSOR.decompress(bytes, 0, bytes.length, EXPECTED));
    }
}
