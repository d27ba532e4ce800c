package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.lang.reflect.Array;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The innermost arrays of an array of arrays, or the array itself, and what header goes with them. All are of the same
 * length.
 *
 * @param layout what the header says
 * @param nested the array of the arrays
 * @param depth how many dimensions it has
 * @param length how many units each innermost array has
 */
record Leaves(Layout layout, Object nested, int depth, int length) {
    /** Takes the innermost arrays, one by one. */
    interface Action<X extends Exception> {
        void leaf(Object array) throws X;
    }

    /** Looks at a value; {@code null} when it has no form as an {@code .npy} file. */
    static @Nullable Leaves of(@Nullable Object value) {
        if (value instanceof Pairs complex) {
            return of(complex);
        }
        if (value == null || !value.getClass().isArray()) {
            return null;
        }
        int depth = 0;
        Class<?> component = value.getClass();
        while (component.isArray()) {
            component = component.getComponentType();
            depth++;
        }
        Dtype dtype = Dtype.ofComponent(component);
        long[] shape = new long[depth];
        Arrays.fill(shape, -1);
        if (dtype == null || depth > Shapes.MOST_DIMENSIONS || !measure(value, 0, shape)) {
            return null;
        }
        // Below an empty dimension nothing tells how long the rows would be.
        for (int i = 0; i < depth; i++) {
            shape[i] = Math.max(0, shape[i]);
        }
        if (!Shapes.readable(shape)) {
            return null;
        }
        int length = (int) shape[depth - 1];
        int width = 1;
        if (dtype == Dtype.UNICODE) {
            TextMeasure measure = new TextMeasure();
            each(value, depth, length, leaf -> measure.add((String[]) leaf));
            width = measure.width();
        }
        return width == 0 ? null : new Leaves(new Layout(Element.of(dtype, width), false, shape), value, depth, length);
    }

    private static @Nullable Leaves of(Pairs complex) {
        Object pairs = complex.pairs();
        Dtype dtype = pairs instanceof double[] ? Dtype.COMPLEX128 : Dtype.COMPLEX64;
        long[] lengths = Arrays.stream(complex.shape()).asLongStream().toArray();
        return Shapes.readable(lengths)
                ? new Leaves(new Layout(Element.of(dtype, 1), false, lengths), pairs, 1, Array.getLength(pairs))
                : null;
    }

    /** A single value as an array without dimensions; {@code null} when it has no data type. */
    static @Nullable Leaves ofScalar(Object value) {
        Class<?> component = value instanceof String ? String.class : Boxes.primitive(value.getClass());
        Dtype dtype = component == null ? null : Dtype.ofComponent(component);
        if (component == null || dtype == null) {
            return null;
        }
        Object single = Array.newInstance(component, 1);
        Array.set(single, 0, value);
        int width = 1;
        if (single instanceof String[] strings) {
            TextMeasure measure = new TextMeasure();
            measure.add(strings);
            width = measure.width();
        }
        return width == 0 ? null : new Leaves(new Layout(Element.of(dtype, width), false, new long[0]), single, 1, 1);
    }

    /** Whether all arrays of each level are there and equally long; notes how long. */
    private static boolean measure(Object array, int level, long[] shape) {
        int length = Array.getLength(array);
        if (shape[level] < 0) {
            shape[level] = length;
        }
        if (shape[level] != length) {
            return false;
        }
        if (level + 1 < shape.length) {
            for (Object row : (Object[]) array) {
                if (row == null || !measure(row, level + 1, shape)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** New arrays for what a header says. */
    static Leaves make(Layout layout) {
        Class<?> component = layout.element().dtype().component();
        int lanes = layout.element().dtype().lanes();
        int dimensions = layout.shape().length;
        if (lanes > 1 || dimensions == 0) {
            long units = layout.count() * lanes;
            if (units > Shapes.LONGEST_ARRAY) {
                throw new SerializationException(
                        "the array's shape %s is more than a Java array holds; map it, and read it in parts"
                                .formatted(layout.shapeText()));
            }
            Shapes.ofJava(layout);
            return new Leaves(layout, Array.newInstance(component, (int) units), 1, (int) units);
        }
        if (dimensions > Shapes.MOST_DIMENSIONS) {
            throw new SerializationException(
                    "the array's shape %s has %d dimensions, and Java arrays are made up to %d; map it, and read it in parts"
                            .formatted(layout.shapeText(), dimensions, Shapes.MOST_DIMENSIONS));
        }
        int[] lengths = Shapes.ofJava(layout);
        return new Leaves(layout, Array.newInstance(component, lengths), dimensions, lengths[dimensions - 1]);
    }

    /** Hands over each innermost array, the last index of the outer ones changing fastest. */
    <X extends Exception> void each(Action<X> action) throws X {
        each(nested, depth, length, action);
    }

    private static <X extends Exception> void each(Object array, int depth, int length, Action<X> action) throws X {
        if (depth == 1) {
            if (Array.getLength(array) != length) {
                throw changed();
            }
            action.leaf(array);
            return;
        }
        for (Object row : (Object[]) array) {
            if (row == null) {
                throw changed();
            }
            each(row, depth - 1, length, action);
        }
    }

    /** The error for a value that another thread does not let alone. */
    static SerializationException changed() {
        return new SerializationException(
                "the array was changed while it was written; let other threads wait for that");
    }

    /** The value that was read into the arrays. */
    Object value() {
        Dtype dtype = layout.element().dtype();
        if (dtype.lanes() > 1) {
            return Pairs.of(nested, Shapes.ofJava(layout));
        }
        return layout.shape().length == 0 ? Array.get(nested, 0) : nested;
    }
}
