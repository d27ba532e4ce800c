package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.compress.Lz4;

/** The compressor Lz4: other bytes of the length that was asked for, or a refusal. */
class Lz4Fuzz {
    private static final Lz4 COMPRESSOR = new Lz4();
    private static final byte[] WRITTEN = COMPRESSOR.compress(Samples.text());
    private static final int EXPECTED = Samples.text().length;

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) {
        // Whoever watches what code is reached sees nothing of native code: half of the inputs begin with what was
        // written.
        byte[] bytes = input.length % 2 == 0 ? Samples.changed(WRITTEN, input) : input;
        Samples.readOrRefused(() -> COMPRESSOR.decompress(bytes, 0, bytes.length, EXPECTED));
    }
}
