package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.compress.Zstandard;

/** The compressor Zstandard: other bytes of the length that was asked for, or a refusal. */
class ZstandardFuzz {
    private static final Zstandard COMPRESSOR = new Zstandard();
    private static final int EXPECTED = 1_000;

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] bytes) {
        Samples.readOrRefused(() -> COMPRESSOR.decompress(bytes, 0, bytes.length, EXPECTED));
    }
}
