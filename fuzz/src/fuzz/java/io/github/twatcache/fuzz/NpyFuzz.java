package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.files.npy.Npy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/** The reader of NumPy's arrays: an array, or a refusal. */
class NpyFuzz {
    private static final byte[] WRITTEN = written();

    private static byte[] written() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npy.write(new float[][] {{1, 2, 3}, {4, 5, 6}}, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) {
        byte[] bytes = input.length % 2 == 0 ? Samples.changed(WRITTEN, input) : input;
        Samples.readOrRefused(() -> {
            try {
                return Npy.read(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
