package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;

/** What the lengths of an array's dimensions may be. */
final class Shapes {
    /** Nested Java arrays are read and written up to as many. */
    static final int MOST_DIMENSIONS = 4;

    /** What every NumPy reads. */
    private static final int MOST_NEW_DIMENSIONS = 32;

    /** What JVMs allow. */
    static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** As many arrays may hold nothing at all: a file of a hundred bytes can ask for any number of those. */
    static final int MOST_EMPTY_ROWS = 65_536;

    private Shapes() {}

    /** Whether reading makes no more empty rows than it may. */
    static boolean readable(long[] shape) {
        long rows = 1;
        for (long length : shape) {
            if (length == 0 && rows > MOST_EMPTY_ROWS) {
                return false;
            }
            rows = Math.min(rows, LONGEST_ARRAY + 1L) * length;
        }
        return true;
    }

    /** The same lengths for a Java array of that many dimensions. */
    static int[] ofJava(Layout layout) {
        long[] shape = layout.shape();
        int[] lengths = new int[shape.length];
        long rows = 1;
        for (int i = 0; i < shape.length; i++) {
            if (shape[i] > LONGEST_ARRAY) {
                throw new SerializationException(
                        "the array's shape %s is more than a Java array holds; map it, and read it in parts"
                                .formatted(layout.shapeText()));
            }
            lengths[i] = (int) shape[i];
            if (lengths[i] == 0 && rows > MOST_EMPTY_ROWS) {
                throw new SerializationException(
                        "the array's shape %s is %,d rows without an element, and %,d are the most"
                                .formatted(layout.shapeText(), rows, MOST_EMPTY_ROWS));
            }
            rows = Math.min(rows, LONGEST_ARRAY + 1L) * lengths[i];
        }
        return lengths;
    }

    /** The layout of a new array. */
    static Layout ofNew(long[] shape, Dtype dtype) {
        if (dtype == Dtype.UNICODE) {
            throw new IllegalArgumentException(
                    "an array of text is not made element by element: its width is not known; write a String[] instead");
        }
        if (shape.length > MOST_NEW_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "the shape has %d dimensions, and %d are the most".formatted(shape.length, MOST_NEW_DIMENSIONS));
        }
        for (long length : shape) {
            if (length < 0) {
                throw new IllegalArgumentException("a length of the shape is negative: " + length);
            }
        }
        Layout layout = new Layout(Element.of(dtype, 1), false, shape.clone());
        try {
            layout.count();
        } catch (SerializationException e) {
            throw new IllegalArgumentException("the shape %s is larger than any file".formatted(layout.shapeText()), e);
        }
        return layout;
    }
}
