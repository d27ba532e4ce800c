package io.github.twatcache.files.npy;

import java.lang.reflect.Array;
import java.util.List;
import java.util.Random;

/** Arrays of each type that can be written, of seeded random shapes and bits. */
final class RandomArrays {
    static final List<Class<?>> COMPONENTS = List.of(
            boolean.class,
            byte.class,
            short.class,
            char.class,
            int.class,
            long.class,
            float.class,
            double.class,
            String.class);

    private static final String[] PIECES = {"", "a", "ß", "語", "𝔘", "\uD800", "x\0y", " ", "\uFFFF", "naïve"};

    private final Random random;

    RandomArrays(long seed) {
        this.random = new Random(seed);
    }

    /** One of a random type with up to four dimensions. */
    Object next() {
        int choice = random.nextInt(COMPONENTS.size() + 2);
        int[] shape = shape(random.nextInt(4) + 1);
        if (choice >= COMPONENTS.size()) {
            int count = 1;
            for (int length : shape) {
                count *= length;
            }
            return choice == COMPONENTS.size()
                    ? new Complex128((double[]) filled(double.class, 2 * count), shape)
                    : new Complex64((float[]) filled(float.class, 2 * count), shape);
        }
        Object array = Array.newInstance(COMPONENTS.get(choice), shape);
        fill(array);
        return array;
    }

    /** Numbers of all bits. */
    double[] random(int length) {
        return (double[]) filled(double.class, length);
    }

    private int[] shape(int dimensions) {
        int[] shape = new int[dimensions];
        for (int i = 0; i < dimensions; i++) {
            shape[i] = 1 + random.nextInt(dimensions == 1 ? 40_000 : dimensions == 2 ? 60 : 9);
        }
        // Nothing of the shape is lost where only the last dimension is empty.
        if (random.nextInt(12) == 0) {
            shape[dimensions - 1] = 0;
        }
        return shape;
    }

    private Object filled(Class<?> component, int length) {
        Object array = Array.newInstance(component, length);
        fill(array);
        return array;
    }

    private void fill(Object array) {
        Class<?> component = array.getClass().getComponentType();
        for (int i = 0; i < Array.getLength(array); i++) {
            if (component.isArray()) {
                fill(Array.get(array, i));
            } else {
                Array.set(array, i, element(component));
            }
        }
    }

    /** Every bit pattern, those of NaN with a payload more often than they would come. */
    Object element(Class<?> component) {
        long bits = random.nextLong();
        if (component == double.class) {
            return Double.longBitsToDouble(random.nextInt(8) == 0 ? bits | 0x7FF0_0000_0000_0000L : bits);
        } else if (component == float.class) {
            return Float.intBitsToFloat(random.nextInt(8) == 0 ? (int) bits | 0x7F80_0000 : (int) bits);
        } else if (component == long.class) {
            return bits;
        } else if (component == int.class) {
            return (int) bits;
        } else if (component == char.class) {
            return (char) bits;
        } else if (component == short.class) {
            return (short) bits;
        } else if (component == byte.class) {
            return (byte) bits;
        } else if (component == boolean.class) {
            return bits < 0;
        }
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
