package io.github.twatcache.files.npy;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Complex numbers as NumPy's {@code complex64} has them: each a real and an imaginary part, both {@code float}. A
 * {@code float[n][2]} is an array of two dimensions to NumPy, this one is an array of complex numbers. Equal by content,
 * bit for bit. The arrays are neither copied when it is made nor when they are read: treat them as read-only.
 *
 * @param pairs real part, imaginary part, real part …, the last index of the shape changing fastest
 * @param shape the lengths of the dimensions, without one for the pair; none for a single number
 */
@SuppressWarnings("ArrayRecordComponent") // equality is by content, and a copy of a gigabyte is not made unasked
public record Complex64(float[] pairs, int... shape) implements Pairs {
    /**
     * Puts a shape to the pairs.
     *
     * @throws IllegalArgumentException when the shape needs another number of pairs
     */
    public Complex64 {
        Pairs.require(pairs.length, shape);
    }

    /**
     * Complex numbers of one dimension.
     *
     * @param pairs real part, imaginary part, real part …; not copied
     * @return the array
     * @throws IllegalArgumentException when their number is odd
     */
    public static Complex64 of(float... pairs) {
        return new Complex64(pairs, pairs.length / 2);
    }

    /**
     * How many numbers there are.
     *
     * @return half of the length of the pairs
     */
    public int size() {
        return pairs.length / 2;
    }

    /**
     * The real part of a number.
     *
     * @param position which, from 0, the last index of the shape changing fastest
     * @return its real part
     * @throws IndexOutOfBoundsException when there is no such number
     */
    public float real(int position) {
        return pairs[Pairs.at(position, size())];
    }

    /**
     * The imaginary part of a number.
     *
     * @param position which, from 0, the last index of the shape changing fastest
     * @return its imaginary part
     * @throws IndexOutOfBoundsException when there is no such number
     */
    public float imaginary(int position) {
        return pairs[Pairs.at(position, size()) + 1];
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return Pairs.same(this, other);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(pairs) + Arrays.hashCode(shape);
    }

    /** Names the shape, not the numbers. */
    @Override
    public String toString() {
        return "Complex64" + Arrays.toString(shape);
    }
}
