package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Several arrays to and from an {@code .npz} file: an archive with an {@code .npy} file for each. What NumPy's
 * {@code savez} and {@code savez_compressed} write is read; what is written is not compressed. Thread-safe.
 *
 * <p>Records are written whose components are arrays and single values: each component under its name.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";

    private Npz() {}

    /**
     * Tells whether a value can be written: a record of which each component is an array that {@link Npy#fits}, a
     * primitive, the box of one or a {@link String}, none of them null, and at least one an array; and whose module lets
     * it be taken apart and made. The looks at its arrays are those of {@link Npy#fits}.
     *
     * @param value any value
     * @return whether {@link #write} takes it
     */
    public static boolean fits(@Nullable Object value) {
        return value instanceof Record record && parts(record) != null;
    }

    private static @Nullable Map<String, Leaves> parts(Record record) {
        RecordParts shape = RecordParts.of(record.getClass());
        // Complex numbers are records that are one array.
        if (shape == null || record instanceof Pairs) {
            return null;
        }
        Map<String, Leaves> parts = new LinkedHashMap<>();
        boolean array = false;
        for (int i = 0; i < shape.count(); i++) {
            Object value = shape.value(record, i);
            Leaves leaves = Leaves.of(value);
            array |= leaves != null;
            if (leaves == null && value != null) {
                leaves = Leaves.ofScalar(value);
            }
            if (leaves == null) {
                return null;
            }
            parts.put(shape.name(i), leaves);
        }
        return array ? parts : null;
    }

    /**
     * Writes a record, a chunk at a time. Each array is read twice.
     *
     * @param record one that {@link #fits}
     * @param to where the bytes go, a channel that blocks; it is neither forced nor closed
     * @return how many bytes were written, and their checksum
     * @throws IOException when writing fails
     * @throws IllegalArgumentException when the record does not fit
     * @throws SerializationException when an array was changed meanwhile
     */
    public static Written write(Record record, WritableByteChannel to) throws IOException {
        Map<String, Leaves> parts = parts(record);
        if (parts == null) {
            throw new IllegalArgumentException(
                    "a %s of this content has no form as an .npz file; ask fits(value) before"
                            .formatted(record.getClass().getName()));
        }
        Tally tally = new Tally(to, new CRC32C());
        ZipWriting archive = new ZipWriting(tally);
        for (Map.Entry<String, Leaves> part : parts.entrySet()) {
            archive.add(part.getKey() + SUFFIX, part.getValue());
        }
        archive.finish();
        return new Written(tally.bytes(), tally.checksum());
    }

    /**
     * Reads a record.
     *
     * @param from the whole file; its position is moved
     * @param type the record's class
     * @param <R> the record's class
     * @return a record made by its canonical constructor
     * @throws IOException when reading fails
     * @throws SerializationException when the bytes are not such a file, its arrays are not the components of the record,
     *     or the constructor refuses them
     * @throws IllegalArgumentException when the class is no record, or its module lets nobody in
     */
    public static <R extends Record> R read(SeekableByteChannel from, Class<R> type) throws IOException {
        RecordParts shape = RecordParts.of(type);
        if (shape == null) {
            throw new IllegalArgumentException("%s is no record, or its module does not open the package %s to %s"
                    .formatted(type.getName(), type.getPackageName(), Npz.class.getModule()));
        }
        return type.cast(shape.make(read(from)));
    }

    /**
     * Reads a record that is in memory.
     *
     * @param bytes the whole file
     * @param type the record's class
     * @param <R> the record's class
     * @return a record made by its canonical constructor
     * @throws SerializationException when the bytes are not such a file, its arrays are not the components of the record,
     *     or the constructor refuses them
     * @throws IllegalArgumentException when the class is no record, or its module lets nobody in
     */
    public static <R extends Record> R read(byte[] bytes, Class<R> type) {
        try {
            return read(new Bytes(bytes), type);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a record, after all of the file has been verified.
     *
     * @param from the whole file; its position is moved
     * @param expected what writing returned
     * @param type the record's class
     * @param <R> the record's class
     * @return a record made by its canonical constructor
     * @throws IOException when reading fails
     * @throws SerializationException when the bytes are not those that were written, or else as {@link
     *     #read(SeekableByteChannel, Class)}
     * @throws IllegalArgumentException when the class is no record, or its module lets nobody in
     */
    public static <R extends Record> R read(SeekableByteChannel from, Written expected, Class<R> type)
            throws IOException {
        expected.verify(Written.of(from.position(0)));
        return read(from, type);
    }

    /**
     * Reads a file, NumPy's or another's.
     *
     * @param file the file
     * @return each array by its name, in the order of the file, as {@link Npy#read(Path)} returns it
     * @throws PathException when it cannot be read
     * @throws SerializationException when it is not sound, or Java has no arrays for one of its own
     */
    public static Map<String, Object> read(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return read(channel);
        } catch (IOException e) {
            throw new PathException("the arrays in " + file + " cannot be read: " + e, e);
        } catch (SerializationException e) {
            throw new SerializationException(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file that is in memory, NumPy's or another's.
     *
     * @param bytes the whole file
     * @return each array by its name, in the order of the file, as {@link Npy#read(Path)} returns it
     * @throws SerializationException when it is not sound, or Java has no arrays for one of its own
     */
    public static Map<String, Object> read(byte[] bytes) {
        try {
            return read(new Bytes(bytes));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads all arrays of a file, NumPy's or another's.
     *
     * @param from the whole file; its position is moved
     * @return each array by its name, in the order of the file, as {@link Npy#read(Path)} returns it
     * @throws IOException when reading fails
     * @throws SerializationException when it is not sound, or Java has no arrays for one of its own
     */
    public static Map<String, Object> read(SeekableByteChannel from) throws IOException {
        List<ZipEntry> entries = ZipReading.entries(from);
        Map<String, Object> arrays = new LinkedHashMap<>();
        for (ZipEntry entry : entries) {
            if (!entry.name().endsWith(SUFFIX)) {
                throw ZipReading.damaged("a file that is not named *" + SUFFIX);
            }
            String name = entry.name().substring(0, entry.name().length() - SUFFIX.length());
            try (ZipContent content = ZipContent.of(from, entry)) {
                arrays.put(name, array(content, entry));
            }
        }
        return arrays;
    }

    private static Object array(ZipContent content, ZipEntry entry) throws IOException {
        CRC32 checksum = new CRC32();
        Source source = Source.of(content, entry.bytes(), checksum);
        Object array = ArrayReading.read(Prelude.read(source), source);
        if ((int) checksum.getValue() != entry.crc32()) {
            throw ZipReading.damaged("an array whose CRC-32 is not the one that was written");
        }
        return array;
    }
}
