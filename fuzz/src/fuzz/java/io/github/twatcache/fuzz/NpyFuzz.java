package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.files.npy.Npy;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;

/** The reader of NumPy's files of one array. */
class NpyFuzz {
    private static final byte[] WRITTEN = written(new double[][] {{1, 2, 3}, {4, 5, 6}});
    private static final byte[] TEXT = written(new String[] {"one", "two"});

    private static byte[] written(Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npy.write(value, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A file whose header is the input, and some data behind. */
    private static byte[] headed(byte[] text) {
        byte[] file = new byte[10 + text.length + 48];
        System.arraycopy(WRITTEN, 0, file, 0, 8);
        file[8] = (byte) text.length;
        file[9] = (byte) (text.length >> 8);
        System.arraycopy(text, 0, file, 10, text.length);
        return file;
    }

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) {
        byte[] bytes = switch (input.length % 4) {
            case 0 -> Samples.changed(WRITTEN, input);
            case 1 -> headed(input);
            case 2 -> Samples.changed(TEXT, input);
            default -> input;
        };
        Samples.readOrRefused(() -> {
            try {
                return Npy.read(Channels.newChannel(new ByteArrayInputStream(bytes)), bytes.length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }
}
