package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.spi.KeyContent;
import java.io.IOException;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An array in an {@code .npy} file, read where it lies: nothing is copied to the heap, and files of any size take the same
 * fraction of a millisecond to open. Thread-safe.
 *
 * <p>Elements are found by their <em>position</em>, from 0 to {@link #size()} - 1, in the order in which they lie in the
 * file; {@link #position} tells it for an index in each dimension.
 *
 * <p><b>Closing.</b> After {@link #close} every use throws {@link IllegalStateException}. On JDK 22 and later the mapping is
 * gone with it, and buffers and segments that were handed out throw that exception too; before, a JVM cannot undo a
 * mapping: it stays until the collector finds neither this object nor such a buffer, which meanwhile can be read. An array
 * that is never closed is unmapped by the collector; keep it as long as its buffers are used.
 *
 * <p><b>The file</b> must not be changed meanwhile. That it is no shorter than its header says is checked when it is
 * opened; a part that another program cuts off later is an {@link InternalError} of the JVM where it is read.
 */
public final class MappedArray implements AutoCloseable, KeyContent {
    private final @Nullable Path file;
    private final @Nullable Written expected;
    private final Mapping mapping;
    private final Layout layout;
    private final long dataFrom;
    private final long size;
    private final long[] steps;

    /** Known once somebody has asked: the file does not change. */
    private volatile @Nullable String digest;

    private volatile @Nullable String secureDigest;

    /**
     * Writes the elements of a new array.
     *
     * @param <X> the checked exception that it may throw
     */
    @FunctionalInterface
    public interface Writer<X extends Exception> {
        /**
         * Puts all elements, as many as the shape has, in their order.
         *
         * @param to takes the elements
         * @throws X when they cannot be made; no array is made then, and no file is left
         */
        void write(ArraySink to) throws X;
    }

    private MappedArray(@Nullable Path file, @Nullable Written expected, Mapping mapping) throws IOException {
        this.file = file;
        this.expected = expected;
        this.mapping = mapping;
        this.layout = Prelude.read(Source.ofHeader(mapping));
        this.size = layout.count();
        this.dataFrom = mapping.size() - layout.dataBytes();
        this.steps = FortranOrder.steps(layout.shape(), layout.fortranOrder());
    }

    /**
     * Maps a file, NumPy's or another's. Its header and its length are checked, its content is not.
     *
     * @param npy the file
     * @return the array
     * @throws PathException when the file cannot be read or mapped
     * @throws SerializationException when it is not sound, or of a data type that Java has no counterpart for
     */
    public static MappedArray open(Path npy) {
        return opened(npy, null);
    }

    /**
     * Maps a file that was written here. Its header and its length are checked, its content by {@link #verify}.
     *
     * @param npy the file
     * @param expected what writing it returned
     * @return the array
     * @throws PathException when the file cannot be read or mapped
     * @throws SerializationException when it is not sound, or not as long as it was written
     */
    public static MappedArray open(Path npy, Written expected) {
        return opened(npy, expected);
    }

    private static MappedArray opened(Path npy, @Nullable Written expected) {
        try (FileChannel channel = FileChannel.open(npy, StandardOpenOption.READ)) {
            return map(npy, channel, expected);
        } catch (IOException e) {
            throw new PathException("the array in " + npy + " cannot be mapped: " + e, e);
        } catch (SerializationException e) {
            throw new SerializationException(npy + ": " + e.getMessage(), e);
        }
    }

    private static MappedArray map(@Nullable Path file, FileChannel channel, @Nullable Written expected)
            throws IOException {
        long bytes = channel.size();
        if (expected != null && expected.bytes() != bytes) {
            throw new SerializationException(
                    "the file has %,d bytes, and %,d were written".formatted(bytes, expected.bytes()));
        }
        if (bytes == 0) {
            throw new SerializationException("the file is empty");
        }
        Mapping mapping = Mapping.of(channel);
        try {
            return new MappedArray(file, expected, mapping);
        } catch (IOException | RuntimeException | Error e) {
            mapping.close();
            throw e;
        }
    }

    /**
     * Makes an array in a file of its own, without holding it on the heap: what a function returns whose results are too
     * large for that. The file lies where temporary files do, readable by this user only, and is gone with the array, or
     * with the process, whenever that is killed, unless the system is Windows; a cache copies it.
     *
     * @param shape the lengths of the dimensions, up to 32 of them; none for a single element
     * @param dtype what the elements are; any but {@link Dtype#UNICODE}
     * @param writer puts the elements; runs once, on this thread
     * @param <X> what the writer may throw
     * @return the array
     * @throws X what the writer throws
     * @throws IllegalArgumentException when there can be no such array
     * @throws IllegalStateException when the writer put fewer or more elements than the shape has
     * @throws PathException when the file cannot be written
     */
    public static <X extends Exception> MappedArray create(long[] shape, Dtype dtype, Writer<X> writer) throws X {
        Layout layout = Shapes.ofNew(shape, dtype);
        return temporary((file, channel) -> ArrayMaking.write(file, channel, layout, writer));
    }

    /** Writes all of a file. */
    interface Content<X extends Exception> {
        Written write(Path file, FileChannel to) throws X;
    }

    /** Makes an array in a file that is gone with it. */
    static <X extends Exception> MappedArray temporary(Content<X> content) throws X {
        Path file = ArrayMaking.temporary();
        MappedArray array = NewFile.fill(file, channel -> {
            NewFile.hide(file);
            return made(null, file, channel, content.write(file, channel));
        });
        NewFile.drop(file);
        return array;
    }

    /**
     * Makes an array in a file that does not exist yet and that stays, without holding it on the heap.
     *
     * @param newFile the file
     * @param shape the lengths of the dimensions, up to 32 of them; none for a single element
     * @param dtype what the elements are; any but {@link Dtype#UNICODE}
     * @param writer puts the elements; runs once, on this thread
     * @param <X> what the writer may throw
     * @return the array
     * @throws X what the writer throws; no file is left
     * @throws IllegalArgumentException when there can be no such array
     * @throws IllegalStateException when the writer put fewer or more elements than the shape has; no file is left
     * @throws PathException when the file exists or cannot be written
     */
    public static <X extends Exception> MappedArray create(Path newFile, long[] shape, Dtype dtype, Writer<X> writer)
            throws X {
        Layout layout = Shapes.ofNew(shape, dtype);
        return NewFile.make(
                newFile,
                channel -> made(newFile, newFile, channel, ArrayMaking.write(newFile, channel, layout, writer)));
    }

    private static MappedArray made(@Nullable Path shown, Path file, FileChannel channel, Written written) {
        try {
            return map(shown, channel, written);
        } catch (IOException e) {
            throw NewFile.failed(file, e);
        }
    }

    /**
     * What the elements are.
     *
     * @return the data type
     */
    public Dtype dtype() {
        return layout.element().dtype();
    }

    /**
     * The data type and the byte order in NumPy's words.
     *
     * @return such as {@code "<f8"}, {@code ">i4"}, {@code "|b1"}, {@code "<U12"}
     */
    public String descr() {
        return layout.element().descr();
    }

    /**
     * The lengths of the dimensions.
     *
     * @return a new array; empty when there is a single element without dimensions
     */
    public long[] shape() {
        return layout.shape().clone();
    }

    /**
     * How many elements there are.
     *
     * @return the product of the lengths
     */
    public long size() {
        return size;
    }

    /**
     * Whether the first index changes fastest from one element to the next, as in Fortran, and not the last.
     *
     * @return what the header says; without meaning for fewer than two dimensions
     */
    public boolean fortranOrder() {
        return layout.fortranOrder();
    }

    /**
     * The order of the bytes of an element.
     *
     * @return what the header says; little-endian where elements are single bytes
     */
    public ByteOrder byteOrder() {
        return layout.element().order();
    }

    /**
     * The file.
     *
     * @return its path; empty for the temporary one of {@link #create(long[], Dtype, Writer)}
     */
    public Optional<Path> path() {
        return Optional.ofNullable(file);
    }

    /**
     * Where an element lies.
     *
     * @param index one for each dimension, from 0
     * @return its position
     * @throws IllegalArgumentException when there are more or fewer indices than dimensions
     * @throws IndexOutOfBoundsException when an index is not below its dimension's length
     */
    public long position(long... index) {
        if (index.length != steps.length) {
            throw new IllegalArgumentException(
                    "the array has %d dimensions, and %d indices were given".formatted(steps.length, index.length));
        }
        long position = 0;
        for (int i = 0; i < steps.length; i++) {
            position += Objects.checkIndex(index[i], layout.shape()[i]) * steps[i];
        }
        return position;
    }

    /**
     * An element as a {@code double}, of each real data type that it holds exactly.
     *
     * @param position where it lies
     * @return its value
     * @throws IndexOutOfBoundsException when there is no such position
     * @throws IllegalArgumentException when the array is of {@link Dtype#INT64} or not of real numbers
     * @throws IllegalStateException when the array is closed
     */
    public double getDouble(long position) {
        return switch (dtype()) {
            case FLOAT64 -> Double.longBitsToDouble(bits64(at(position)));
            case FLOAT32 -> Float.intBitsToFloat(bits32(at(position)));
            case INT8, UINT8, INT16, UINT16, INT32 -> getLong(position);
            default -> throw other("double");
        };
    }

    /**
     * An element as a {@code long}, of each data type of whole numbers; those of {@link Dtype#UINT8} are 0 to 255.
     *
     * @param position where it lies
     * @return its value
     * @throws IndexOutOfBoundsException when there is no such position
     * @throws IllegalArgumentException when the array is not of whole numbers
     * @throws IllegalStateException when the array is closed
     */
    public long getLong(long position) {
        return switch (dtype()) {
            case INT64 -> bits64(at(position));
            case INT32 -> bits32(at(position));
            case INT16 -> bits16(at(position));
            case UINT16 -> Short.toUnsignedLong(bits16(at(position)));
            case INT8 -> mapping.getByte(at(position));
            case UINT8 -> Byte.toUnsignedLong(mapping.getByte(at(position)));
            default -> throw other("long");
        };
    }

    /**
     * An element of {@link Dtype#BOOL}.
     *
     * @param position where it lies
     * @return its value; as to NumPy, every byte but 0 is true
     * @throws IndexOutOfBoundsException when there is no such position
     * @throws IllegalArgumentException when the array is of another data type
     * @throws IllegalStateException when the array is closed
     */
    public boolean getBoolean(long position) {
        if (dtype() != Dtype.BOOL) {
            throw other("boolean");
        }
        return mapping.getByte(at(position)) != 0;
    }

    /**
     * An element of {@link Dtype#UNICODE}.
     *
     * @param position where it lies
     * @return its value, without the zeros behind it
     * @throws IndexOutOfBoundsException when there is no such position
     * @throws IllegalArgumentException when the array is of another data type
     * @throws SerializationException when the bytes are no text
     * @throws IllegalStateException when the array is closed
     */
    public String getString(long position) {
        if (dtype() != Dtype.UNICODE) {
            throw other("String");
        }
        String[] single = new String[1];
        try {
            Units.of(layout.element()).put(bytes(position, 1), single, 0, 1);
        } finally {
            // Else the collector might unmap the file of one that is never used again, before it is read.
            Reference.reachabilityFence(mapping);
        }
        return single[0];
    }

    /**
     * The elements as they lie in the file.
     *
     * @param from the position of the first
     * @param count how many; no more than a gibibyte of them
     * @return a read-only buffer in the {@link #byteOrder} of the array
     * @throws IndexOutOfBoundsException when there are not as many
     * @throws IllegalArgumentException when they are too many for a buffer
     * @throws IllegalStateException when the array is closed
     */
    public ByteBuffer bytes(long from, int count) {
        Objects.checkFromIndexSize(from, count, size);
        long bytes = (long) count * layout.element().bytes();
        if (bytes > Mapping.LONGEST_SLICE) {
            throw new IllegalArgumentException(
                    "%,d elements are %,d bytes, and a buffer holds up to %,d; take it in parts"
                            .formatted(count, bytes, Mapping.LONGEST_SLICE));
        }
        // An empty range may begin where the file ends.
        long start = count == 0 ? 0 : dataFrom + from * layout.element().bytes();
        return mapping.slice(start, (int) bytes).order(byteOrder());
    }

    /**
     * Elements of {@link Dtype#FLOAT64}, or of {@link Dtype#COMPLEX128}, two numbers for each.
     *
     * @param from the position of the first element
     * @param count how many elements; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public DoubleBuffer doubles(long from, int count) {
        return typed(double.class, from, count).asDoubleBuffer();
    }

    /**
     * Elements of {@link Dtype#FLOAT32}, or of {@link Dtype#COMPLEX64}, two numbers for each.
     *
     * @param from the position of the first element
     * @param count how many elements; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public FloatBuffer floats(long from, int count) {
        return typed(float.class, from, count).asFloatBuffer();
    }

    /**
     * Elements of {@link Dtype#INT64}.
     *
     * @param from the position of the first
     * @param count how many; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public LongBuffer longs(long from, int count) {
        return typed(long.class, from, count).asLongBuffer();
    }

    /**
     * Elements of {@link Dtype#INT32}.
     *
     * @param from the position of the first
     * @param count how many; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public IntBuffer ints(long from, int count) {
        return typed(int.class, from, count).asIntBuffer();
    }

    /**
     * Elements of {@link Dtype#INT16}.
     *
     * @param from the position of the first
     * @param count how many; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public ShortBuffer shorts(long from, int count) {
        return typed(short.class, from, count).asShortBuffer();
    }

    /**
     * Elements of {@link Dtype#UINT16}.
     *
     * @param from the position of the first
     * @param count how many; no more than a gibibyte of them
     * @return a read-only buffer
     * @throws IllegalArgumentException when the array is of another data type, or they are too many; else as {@link #bytes}
     */
    public CharBuffer chars(long from, int count) {
        return typed(char.class, from, count).asCharBuffer();
    }

    /**
     * All elements as a type of newer JVMs: on JDK 22 and later {@code as(MemorySegment.class)}, of any length, read-only,
     * in the byte order of the array.
     *
     * @param type {@code java.lang.foreign.MemorySegment}
     * @param <T> the type
     * @return the elements
     * @throws IllegalArgumentException when the type is another, or the JVM older
     * @throws IllegalStateException when the array is closed
     */
    public <T> T as(Class<T> type) {
        return mapping.as(type, dataFrom);
    }

    /**
     * Copies the elements to the heap, into what {@link Npy#read(Path)} returns.
     *
     * @return a new array, or the one value of an array without dimensions
     * @throws SerializationException when Java has no arrays of this shape or length, or an element is not sound
     * @throws IllegalStateException when the array is closed
     */
    public Object toArray() {
        try {
            return MappedContent.guarded(() -> {
                Source source = Source.of(mapping, 0, null);
                return ArrayReading.read(Prelude.read(source), source);
            });
        } catch (IOException e) {
            throw new PathException("the mapped array cannot be read: " + e, e);
        }
    }

    /**
     * Reads everything, and compares it with what was written. Takes about a tenth of a second for a gigabyte that is in
     * memory.
     *
     * @throws SerializationException when the content is damaged
     * @throws IllegalStateException when the array is closed, or was opened without knowing what was written
     */
    public void verify() {
        if (expected == null) {
            throw new IllegalStateException(
                    "nobody has said what was written to " + file + "; open it with what writing returned");
        }
        expected.verify(MappedContent.read(mapping));
    }

    /** Writes the file as it is. */
    Written copyTo(WritableByteChannel to) throws IOException {
        Written written = MappedContent.copy(mapping, to);
        if (expected != null) {
            expected.verify(written);
        }
        return written;
    }

    /**
     * Tells content from other content: what stands for this array in the key of a function whose argument it is. Reads
     * everything when it is first asked for, at some gigabytes a second.
     *
     * @return the XXH3-128 of data type, byte order, order of elements, shape and elements, in 32 hexadecimal digits; not
     *     safe against somebody who makes two arrays of one digest on purpose
     * @throws IllegalStateException when the array is closed
     */
    public String digest() {
        String known = digest;
        if (known == null || isClosed()) {
            known = MappedContent.digest(mapping, layout, dataFrom);
            digest = known;
        }
        return known;
    }

    /**
     * What stands for this array in the key of a call: its content, wherever it lies. Nothing is copied.
     *
     * @param secure whether it must be safe against somebody who makes two arrays of one digest on purpose
     * @return {@link #digest}, or the SHA-256 of the same
     * @throws IllegalStateException when the array is closed
     */
    @Override
    public Object keyContent(boolean secure) {
        if (!secure) {
            return digest();
        }
        String known = secureDigest;
        if (known == null || isClosed()) {
            known = MappedContent.secureDigest(mapping, layout, dataFrom);
            secureDigest = known;
        }
        return known;
    }

    /**
     * Whether the array was closed.
     *
     * @return whether every further use throws
     */
    public boolean isClosed() {
        return mapping.isClosed();
    }

    /** Ends the use of the array; on JDK 22 and later, unmaps the file. Closing again does nothing. */
    @Override
    public void close() {
        mapping.close();
    }

    /** Names data type and shape, no element. */
    @Override
    public String toString() {
        return "MappedArray[" + descr() + ' ' + layout.shapeText() + ']';
    }

    private ByteBuffer typed(Class<?> component, long from, int count) {
        if (dtype().component() != component) {
            throw other("buffer of " + component);
        }
        return bytes(from, count);
    }

    private IllegalArgumentException other(String wanted) {
        return new IllegalArgumentException("the array is of dtype %s, and gives no %s".formatted(dtype(), wanted));
    }

    private long at(long position) {
        return dataFrom + Objects.checkIndex(position, size) * layout.element().bytes();
    }

    private long bits64(long at) {
        long bits = mapping.getLong(at);
        return byteOrder() == ByteOrder.BIG_ENDIAN ? Long.reverseBytes(bits) : bits;
    }

    private int bits32(long at) {
        int bits = mapping.getInt(at);
        return byteOrder() == ByteOrder.BIG_ENDIAN ? Integer.reverseBytes(bits) : bits;
    }

    private short bits16(long at) {
        short bits = mapping.getShort(at);
        return byteOrder() == ByteOrder.BIG_ENDIAN ? Short.reverseBytes(bits) : bits;
    }
}
