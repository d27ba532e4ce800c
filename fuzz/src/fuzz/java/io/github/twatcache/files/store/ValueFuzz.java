package io.github.twatcache.files.store;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.files.npy.Npz;
import io.github.twatcache.key.Encoders;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.ValueCodec;
import io.github.twatcache.value.ValueFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * The files of values, in each form that an {@code entry.json} can say they have, with the length and the checksum that it would
 * have: they are read, damaged, or nothing that the cache can use.
 */
class ValueFuzz {
    @SuppressWarnings("ArrayRecordComponent") // is what is read
    record Arrays(double[] numbers, String[] words, int single) {}

    private static final byte[] KEY = {1, 2, 3};
    private static final Values VALUES = new Values(codec(Object.class), true);
    private static final Values UNVERIFIED = new Values(codec(Object.class), false);
    private static final Values ARRAYS = new Values(codec(Arrays.class), true);
    private static final Path FILE = file();

    private static final byte[] NPY = npy();
    private static final byte[] NPZ = npz();
    private static final byte[] TEXT = "zw\u00f6lf".getBytes(StandardCharsets.UTF_8);
    private static final byte[] BIN = codec(Object.class).encode(KEY, List.of("a", 1, 2.5));
    private static final int FORMS = 6;

    private static ValueCodec codec(Class<?> type) {
        return ValueFormats.found(Encoders.standard(), List.of(), List.of()).codec(CacheSpec.of("fuzz", "files"), type);
    }

    private static Path file() {
        try {
            Path file = Files.createTempFile("twat-cache-fuzz", ".value");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] npy() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npy.write(new double[][] {{1, 2, 3}, {4, 5, 6}}, Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] npz() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            Npz.write(new Arrays(new double[] {1, 2}, new String[] {"a"}, 3), Channels.newChannel(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What was written, changed at some places, of which each is named by two bytes; or the input itself. */
    private static byte[] content(byte[] whole, byte[] input) {
        if (input.length % 2 == 1) {
            return input;
        }
        byte[] changed = whole.clone();
        for (int i = 1; i + 2 < input.length; i += 3) {
            changed[((input[i] & 0xFF) << 8 | (input[i + 1] & 0xFF)) % changed.length] ^= input[i + 2];
        }
        return changed;
    }

    private static Head head(Stored stored) {
        return new Head(
                "value-0123456789abcdef0123456789abcdef." + stored.ending(),
                stored,
                "ab".repeat(32),
                null,
                0,
                Terms.FOREVER,
                Terms.FOREVER,
                0,
                1,
                Set.of(),
                null,
                null);
    }

    @FuzzTest(maxDuration = "", maxExecutions = 1_000_000)
    void files_ofAnybody_areReadOrRefused(byte[] input) throws IOException {
        int form = input.length == 0 ? 0 : (input[0] & 0xFF) % FORMS;
        switch (form) {
            case 0 -> read(VALUES, "npy", "double[][]", "npy-1", content(NPY, input));
            case 1 -> read(UNVERIFIED, "npy", "double[][]", "npy-1", content(NPY, input));
            case 2 -> read(VALUES, "npy", MappedArray.class.getTypeName(), "npy-1", content(NPY, input));
            case 3 -> read(ARRAYS, "npz", Arrays.class.getTypeName(), "npz-1", content(NPZ, input));
            case 4 -> read(VALUES, "txt", "java.lang.String", "text-1", content(TEXT, input));
            default -> read(VALUES, "bin", "java.util.List", codec(Object.class).id(), content(BIN, input));
        }
    }

    private static void read(Values values, String ending, String type, String codec, byte[] content)
            throws IOException {
        CRC32C crc = new CRC32C();
        crc.update(content, 0, content.length);
        // Not cut off first, which has some file systems write to the disk when it is closed.
        try (RandomAccessFile out = new RandomAccessFile(FILE.toFile(), "rw")) {
            out.write(content);
            out.setLength(content.length);
        }
        Stored stored = new Stored(ending, type, codec, content.length, (int) crc.getValue(), null, content.length);
        try {
            Object value = values.read(KEY, head(stored), FILE);
            if (value == null) {
                throw new AssertionError("a file that is there was not found");
            }
            if (value instanceof MappedArray array) {
                try (array) {
                    array.verify();
                    array.toArray();
                }
            }
        } catch (DamagedValueException | SerializationException refused) {
            if (String.valueOf(refused.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without words", refused);
            }
        }
    }
}
