package io.github.twatcache.files.npy;

import java.lang.reflect.Array;

/** Reads a mapped array element by element, by its indices. */
final class MappedElements {
    private MappedElements() {}

    /** The digest of all elements, the last index changing fastest. */
    static String digest(MappedArray array) {
        int size = (int) array.size();
        boolean complex = array.dtype() == Dtype.COMPLEX64 || array.dtype() == Dtype.COMPLEX128;
        Object copy = Array.newInstance(array.dtype().component(), complex ? 2 * size : size);
        long[] index = new long[array.shape().length];
        for (int i = 0; i < size; i++) {
            long position = array.position(index);
            switch (array.dtype()) {
                case BOOL -> Array.set(copy, i, array.getBoolean(position));
                case INT8, UINT8 -> Array.set(copy, i, (byte) array.getLong(position));
                case INT16 -> Array.set(copy, i, (short) array.getLong(position));
                case UINT16 -> Array.set(copy, i, (char) array.getLong(position));
                case INT32 -> Array.set(copy, i, (int) array.getLong(position));
                case INT64 -> Array.set(copy, i, array.getLong(position));
                case FLOAT32 -> Array.set(copy, i, array.floats(position, 1).get());
                case FLOAT64 -> Array.set(copy, i, array.getDouble(position));
                case COMPLEX64 -> {
                    Array.set(copy, 2 * i, array.floats(position, 1).get());
                    Array.set(copy, 2 * i + 1, array.floats(position, 1).get(1));
                }
                case COMPLEX128 -> {
                    Array.set(copy, 2 * i, array.doubles(position, 1).get());
                    Array.set(copy, 2 * i + 1, array.doubles(position, 1).get(1));
                }
                case UNICODE -> Array.set(copy, i, array.getString(position));
            }
            next(index, array.shape());
        }
        return Described.digest(copy);
    }

    private static void next(long[] index, long[] shape) {
        for (int i = index.length - 1; i >= 0; i--) {
            if (++index[i] < shape[i]) {
                return;
            }
            index[i] = 0;
        }
    }
}
