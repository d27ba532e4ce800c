package io.github.twatcache.files.npy;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What complex numbers of either precision are: real and imaginary parts in turn, and a shape. */
sealed interface Pairs permits Complex64, Complex128 {
    /** The parts, a {@code float[]} or a {@code double[]}. */
    Object pairs();

    /** The lengths of the dimensions, without one for the pair. */
    int[] shape();

    /** Complex numbers of the precision that the parts have. */
    static Pairs of(Object pairs, int[] shape) {
        return pairs instanceof double[] doubles
                ? new Complex128(doubles, shape)
                : new Complex64((float[]) pairs, shape);
    }

    /** Refuses a shape that needs another number of pairs. */
    static void require(int lengthOfPairs, int[] shape) {
        long needed = 2;
        for (int length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a length of the shape is negative: " + length);
            }
            // Stays far below what a long holds: two ints at most are multiplied before it is above any array's length.
            needed = Math.min(needed, Shapes.LONGEST_ARRAY + 1L) * length;
        }
        if (needed != lengthOfPairs) {
            throw new IllegalArgumentException("the shape %s does not go with %,d numbers in pairs"
                    .formatted(Arrays.toString(shape), lengthOfPairs));
        }
    }

    /** Where the real part of a number is; the imaginary one is behind it. */
    static int at(int position, int size) {
        return 2 * Objects.checkIndex(position, size);
    }

    /** Whether they are of one precision, one shape and the same bits. */
    static boolean same(Pairs one, @Nullable Object other) {
        return other instanceof Pairs that
                && Arrays.equals(one.shape(), that.shape())
                && sameBits(one.pairs(), that.pairs());
    }

    private static boolean sameBits(Object one, Object other) {
        if (one.getClass() != other.getClass() || Array.getLength(one) != Array.getLength(other)) {
            return false;
        }
        return one instanceof double[] doubles
                ? sameBits(doubles, (double[]) other)
                : sameBits((float[]) one, (float[]) other);
    }

    private static boolean sameBits(double[] one, double[] other) {
        for (int i = 0; i < one.length; i++) {
            if (Double.doubleToRawLongBits(one[i]) != Double.doubleToRawLongBits(other[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameBits(float[] one, float[] other) {
        for (int i = 0; i < one.length; i++) {
            if (Float.floatToRawIntBits(one[i]) != Float.floatToRawIntBits(other[i])) {
                return false;
            }
        }
        return true;
    }
}
