package io.github.twatcache.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.files.npy.Npz;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** The reader of NumPy's archives of arrays. */
class NpzFuzz {
    @SuppressWarnings("ArrayRecordComponent") // is what is read
    record Arrays(double[] numbers, String[] words, int single) {}

    private static final byte[] STORED = stored();
    private static final byte[] DEFLATED = deflated();

    private static byte[] stored() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npz.write(new Arrays(new double[] {1, 2}, new String[] {"a"}, 3), Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new java.io.ByteArrayInputStream(STORED));
                ZipOutputStream to = new ZipOutputStream(bytes)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    @FuzzTest(maxDuration = "", maxExecutions = Samples.INPUTS)
    void bytes_ofAnybody_areReadOrRefused(byte[] input) {
        byte[] bytes = switch (input.length % 3) {
            case 0 -> changed(STORED, input);
            case 1 -> changed(DEFLATED, input);
            default -> input;
        };
        Samples.readOrRefused(() -> Npz.read(bytes));
    }

    /** As {@link Samples#changed} does, in all of a file that is longer than a byte tells: three bytes for each change. */
    private static byte[] changed(byte[] whole, byte[] input) {
        byte[] changed = whole.clone();
        for (int i = 0; i + 2 < input.length; i += 3) {
            changed[((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)) % changed.length] ^= input[i + 2];
        }
        return changed;
    }
}
