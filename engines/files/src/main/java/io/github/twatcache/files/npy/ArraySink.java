package io.github.twatcache.files.npy;

import io.github.twatcache.error.PathException;
import java.io.IOException;
import java.lang.reflect.Array;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Takes the elements of an array that {@link MappedArray#create} makes, one by one or many at once, the last index
 * changing fastest; of a complex number first the real and then the imaginary part. They go to the file in chunks, and
 * none stays on the heap. For one thread, while the writer runs.
 *
 * <p>Each method throws {@link IllegalArgumentException} when the array is of another data type, {@link
 * IllegalStateException} when it has no room for more, and {@link PathException} when the file cannot be written.
 */
public final class ArraySink {
    private final Path file;
    private final Dtype dtype;
    private final Units units;
    private final Target target;
    private long left;

    ArraySink(Path file, Layout layout, Target target) {
        this.file = file;
        this.dtype = layout.element().dtype();
        this.units = Units.of(layout.element());
        this.target = target;
        this.left = layout.count() * dtype.lanes();
    }

    /**
     * How much is still to come.
     *
     * @return the number of elements that have not been put, those of complex numbers counting twice
     */
    public long left() {
        return left;
    }

    /**
     * Puts an element of {@link Dtype#BOOL}.
     *
     * @param value the element
     */
    public void put(boolean value) {
        room(boolean.class).put((byte) (value ? 1 : 0));
    }

    /**
     * Puts an element of {@link Dtype#INT8} or {@link Dtype#UINT8}.
     *
     * @param value the element
     */
    public void put(byte value) {
        room(byte.class).put(value);
    }

    /**
     * Puts an element of {@link Dtype#INT16}.
     *
     * @param value the element
     */
    public void put(short value) {
        room(short.class).putShort(value);
    }

    /**
     * Puts an element of {@link Dtype#UINT16}.
     *
     * @param value the element
     */
    public void put(char value) {
        room(char.class).putChar(value);
    }

    /**
     * Puts an element of {@link Dtype#INT32}.
     *
     * @param value the element
     */
    public void put(int value) {
        room(int.class).putInt(value);
    }

    /**
     * Puts an element of {@link Dtype#INT64}.
     *
     * @param value the element
     */
    public void put(long value) {
        room(long.class).putLong(value);
    }

    /**
     * Puts an element of {@link Dtype#FLOAT32}, or half of one of {@link Dtype#COMPLEX64}.
     *
     * @param value the element
     */
    public void put(float value) {
        room(float.class).putFloat(value);
    }

    /**
     * Puts an element of {@link Dtype#FLOAT64}, or half of one of {@link Dtype#COMPLEX128}.
     *
     * @param value the element
     */
    public void put(double value) {
        room(double.class).putDouble(value);
    }

    /**
     * Puts elements of an array, much faster than one by one.
     *
     * @param array a {@code double[]} for {@link Dtype#FLOAT64} or {@link Dtype#COMPLEX128}, an {@code int[]} for
     *     {@link Dtype#INT32}, and so on
     * @param from the index of the first
     * @param count how many
     * @throws IndexOutOfBoundsException when the array does not have them
     */
    public void putAll(Object array, int from, int count) {
        require(array.getClass().getComponentType());
        Objects.checkFromIndexSize(from, count, Array.getLength(array));
        require(count);
        try {
            int at = from;
            while (at < from + count) {
                ByteBuffer room = target.room(units.bytes);
                int some = Math.min(room.remaining() / units.bytes, from + count - at);
                units.get(array, at, some, room);
                at += some;
            }
        } catch (IOException e) {
            throw NewFile.failed(file, e);
        }
        left -= count;
    }

    private ByteBuffer room(Class<?> type) {
        require(type);
        require(1);
        left--;
        try {
            return target.room(units.bytes);
        } catch (IOException e) {
            throw NewFile.failed(file, e);
        }
    }

    private void require(Class<?> type) {
        if (type != dtype.component()) {
            throw new IllegalArgumentException("an array of dtype %s takes %s, not %s"
                    .formatted(
                            dtype,
                            dtype.component().getSimpleName(),
                            type == null ? "what is no array" : type.getSimpleName()));
        }
    }

    private void require(int count) {
        if (count > left) {
            throw new IllegalStateException(
                    "the array has room for %,d more elements, not for %,d".formatted(left, count));
        }
    }
}
