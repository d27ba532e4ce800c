package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;
import org.jspecify.annotations.Nullable;

/**
 * Arrays to and from {@code .npy} files. {@link Dtype} says which data type is which Java type. Thread-safe.
 *
 * <p>Written are {@code boolean[]}, {@code byte[]}, {@code short[]}, {@code char[]}, {@code int[]}, {@code long[]},
 * {@code float[]}, {@code double[]}, {@code String[]} and arrays of them up to four dimensions, as far as all rows of a
 * dimension are equally long; {@link Complex64} and {@link Complex128}; and a {@link MappedArray} as the file that it is.
 * The bytes are those that NumPy's {@code save} writes.
 *
 * <p>Read are versions 1.0, 2.0 and 3.0, both byte orders, both orders of elements. An array without dimensions comes
 * back as its one value, such as a {@link Double}.
 */
public final class Npy {
    /** From so many bytes on. */
    private static final long WORTH_MAPPING = 8 * 1024 * 1024;

    private Npy() {}

    /**
     * Tells whether a value can be written. Not so: an array with rows of different lengths, or without one of them; an
     * array of more than four dimensions; strings of which one is null, ends in U+0000, which NumPy drops, or has more
     * than 1,048,576 code points, or which are so unequal in length that a common width would take more than eight times
     * their characters and more than a megabyte; more than 65,536 rows without an element; everything that is no array.
     * Looks at each row, and at the length of each string.
     *
     * @param value any value
     * @return whether {@link #write(Object, WritableByteChannel)} takes it
     */
    public static boolean fits(@Nullable Object value) {
        return value instanceof MappedArray || Leaves.of(value) != null;
    }

    /**
     * Writes a value, a chunk at a time, and takes the checksum of the bytes as they pass.
     *
     * @param value one that {@link #fits}
     * @param to where the bytes go, a channel that blocks; it is neither forced nor closed
     * @return how many bytes were written, and their checksum
     * @throws IOException when writing fails
     * @throws IllegalArgumentException when the value does not fit
     * @throws SerializationException when the value was changed meanwhile, and no longer fits
     * @throws IllegalStateException when the value is a mapped array that is closed
     */
    public static Written write(Object value, WritableByteChannel to) throws IOException {
        if (value instanceof MappedArray mapped) {
            return mapped.copyTo(to);
        }
        Leaves leaves = Leaves.of(value);
        if (leaves == null) {
            throw unfit(value);
        }
        return write(leaves, to);
    }

    private static IllegalArgumentException unfit(Object value) {
        return new IllegalArgumentException("a %s of this content has no form as an .npy file; ask fits(value) before"
                .formatted(value.getClass().getTypeName()));
    }

    static Written write(Leaves leaves, WritableByteChannel to) throws IOException {
        byte[] header = leaves.layout().toBytes();
        Target target = new Target(to, header.length + leaves.layout().dataBytes());
        target.put(header, header.length);
        Units units = Units.of(leaves.layout().element());
        leaves.each(leaf -> {
            int at = 0;
            while (at < leaves.length()) {
                ByteBuffer room = target.room(units.bytes);
                int count = Math.min(room.remaining() / units.bytes, leaves.length() - at);
                units.get(leaf, at, count, room);
                at += count;
            }
        });
        return target.finish();
    }

    /**
     * Writes a value to a file that does not exist yet. A failure leaves none.
     *
     * @param value one that {@link #fits}
     * @param newFile the file
     * @return how many bytes were written, and their checksum
     * @throws PathException when the file exists, or cannot be written
     * @throws IllegalArgumentException when the value does not fit
     */
    public static Written write(Object value, Path newFile) {
        return NewFile.make(newFile, channel -> {
            try {
                return write(value, channel);
            } catch (IOException e) {
                throw NewFile.failed(newFile, e);
            }
        });
    }

    /**
     * Writes a value to a file of its own, and maps that: the mapped form of what is on the heap. The file lies where temporary
     * files do, readable by this user only, and is gone with the array, as that of {@link MappedArray#create(long[], Dtype,
     * MappedArray.Writer)}.
     *
     * @param value one that {@link #fits}
     * @return the array
     * @throws PathException when the file cannot be written
     * @throws IllegalArgumentException when the value does not fit
     */
    public static MappedArray mapped(Object value) {
        if (!fits(value)) {
            throw unfit(value);
        }
        return MappedArray.temporary((file, channel) -> {
            try {
                return write(value, channel);
            } catch (IOException e) {
                throw NewFile.failed(file, e);
            }
        });
    }

    /**
     * Reads a value.
     *
     * @param from where the bytes come from, a channel that blocks
     * @param bytes how many there are; the array must take exactly that many, and no more memory is taken for it than goes
     *     with them
     * @return the value: an array, a {@link Complex64} or {@link Complex128}, or the one value of an array without
     *     dimensions
     * @throws IOException when reading fails
     * @throws SerializationException when the bytes are not such a file, or one of a data type, a shape or a size that Java
     *     has no arrays for
     */
    public static Object read(ReadableByteChannel from, long bytes) throws IOException {
        return read(from, bytes, null);
    }

    /**
     * Reads a value and verifies it, a chunk at a time.
     *
     * @param from where the bytes come from, a channel that blocks
     * @param expected what writing returned
     * @return the value, as {@link #read(ReadableByteChannel, long)} does
     * @throws IOException when reading fails
     * @throws SerializationException when the bytes are not those that were written
     */
    public static Object read(ReadableByteChannel from, Written expected) throws IOException {
        CRC32C checksum = new CRC32C();
        Object value = read(from, expected.bytes(), checksum);
        expected.verify(new Written(expected.bytes(), (int) checksum.getValue()));
        return value;
    }

    private static Object read(ReadableByteChannel from, long bytes, @Nullable Checksum checksum) throws IOException {
        Source source = Source.of(from, bytes, checksum);
        if (bytes >= WORTH_MAPPING && from instanceof FileChannel file) {
            try (Mapping mapping = passing(file)) {
                if (mapping != null) {
                    Object value = read(Source.of(mapping, file.position(), checksum));
                    file.position(file.size());
                    return value;
                }
            }
        }
        return read(source);
    }

    private static Object read(Source source) throws IOException {
        return MappedContent.guarded(() -> ArrayReading.read(Prelude.read(source), source));
    }

    /** A large file is mapped where that can be: it spares a copy of everything. */
    private static @Nullable Mapping passing(FileChannel file) {
        try {
            return Mapping.PASSING ? Mapping.of(file) : null;
        } catch (IOException | UnsupportedOperationException e) {
            return null;
        }
    }

    /**
     * Reads a file, NumPy's or another's.
     *
     * @param file the file
     * @return the value, as {@link #read(ReadableByteChannel, long)} does
     * @throws PathException when it cannot be read
     * @throws SerializationException when it is not sound, or Java has no arrays for it
     */
    public static Object read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel, channel.size());
        } catch (IOException e) {
            throw new PathException("the array in " + file + " cannot be read: " + e, e);
        } catch (SerializationException e) {
            throw new SerializationException(file + ": " + e.getMessage(), e);
        }
    }
}
