package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What stands in a header: everything about an array but its elements.
 *
 * @param element how one of them lies there
 * @param fortranOrder whether the first index changes fastest from one to the next, else the last does
 * @param shape the lengths of the dimensions; not copied, not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // stays in this package, is compared by nobody
record Layout(Element element, boolean fortranOrder, long[] shape) {
    /** Header and prelude together are a multiple of this, so that mapped elements are aligned. */
    private static final int ALIGNMENT = 64;

    /** NumPy leaves room for a first length of as many digits, so that an array can grow in its place. */
    private static final int GROWTH_DIGITS = 21;

    /** The number of elements. */
    long count() {
        for (long length : shape) {
            if (length == 0) {
                return 0;
            }
        }
        try {
            long count = 1;
            for (long length : shape) {
                count = Math.multiplyExact(count, length);
            }
            Math.multiplyExact(count, element.bytes());
            return count;
        } catch (ArithmeticException e) {
            throw new SerializationException("the header's shape " + shapeText() + " is larger than any file", e);
        }
    }

    /** How many bytes the elements take. */
    long dataBytes() {
        return count() * element.bytes();
    }

    /** Whether the elements lie otherwise than in a Java array. */
    boolean transposed() {
        return fortranOrder && shape.length > 1;
    }

    /** As Python writes a tuple. */
    String shapeText() {
        String lengths = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return "(" + lengths + (shape.length == 1 ? ",)" : ")");
    }

    /** The bytes before the elements, the very same that NumPy writes. */
    byte[] toBytes() {
        StringBuilder text = new StringBuilder(128)
                .append("{'descr': '")
                .append(element.descr())
                .append("', 'fortran_order': ")
                .append(fortranOrder ? "True" : "False")
                .append(", 'shape': ")
                .append(shapeText())
                .append(", }");
        if (shape.length > 0) {
            long growing = shape[fortranOrder ? shape.length - 1 : 0];
            text.append(" ".repeat(GROWTH_DIGITS - Long.toString(growing).length()));
        }
        return Prelude.toBytes(text, ALIGNMENT);
    }
}
