package io.github.twatcache.key;

import java.lang.reflect.Array;
import java.util.Arrays;

/** Content of arrays of primitives: floating-point elements by their raw bits. */
final class PrimitiveArrays {
    /** The 64-bit golden ratio, odd. */
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private PrimitiveArrays() {}

    static int hash(Object array) {
        long h = Array.getLength(array)
                + array.getClass().getComponentType().getName().hashCode() * SPREAD;
        if (array instanceof byte[] bytes) {
            h = mix(h, Arrays.hashCode(bytes));
        } else if (array instanceof short[] shorts) {
            for (short element : shorts) {
                h = mix(h, element);
            }
        } else if (array instanceof char[] chars) {
            for (char element : chars) {
                h = mix(h, element);
            }
        } else if (array instanceof int[] ints) {
            for (int element : ints) {
                h = mix(h, element);
            }
        } else if (array instanceof long[] longs) {
            for (long element : longs) {
                h = mix(h, element);
            }
        } else if (array instanceof float[] floats) {
            for (float element : floats) {
                h = mix(h, Float.floatToRawIntBits(element));
            }
        } else if (array instanceof double[] doubles) {
            for (double element : doubles) {
                h = mix(h, Double.doubleToRawLongBits(element));
            }
        } else {
            for (boolean element : (boolean[]) array) {
                h = mix(h, element ? 1 : 0);
            }
        }
        return Long.hashCode(h * SPREAD);
    }

    /** A bijection of h for each element and of the element for each h, so that one changed element always shows in h. */
    private static long mix(long h, long element) {
        long x = (h ^ element) * SPREAD;
        return x ^ x >>> 32;
    }

    static boolean equal(Object a, Object b) {
        if (a.getClass() != b.getClass()) {
            return false;
        }
        if (a instanceof byte[] bytes) {
            return Arrays.equals(bytes, (byte[]) b);
        }
        if (a instanceof short[] shorts) {
            return Arrays.equals(shorts, (short[]) b);
        }
        if (a instanceof char[] chars) {
            return Arrays.equals(chars, (char[]) b);
        }
        if (a instanceof int[] ints) {
            return Arrays.equals(ints, (int[]) b);
        }
        if (a instanceof long[] longs) {
            return Arrays.equals(longs, (long[]) b);
        }
        if (a instanceof float[] floats) {
            return equal(floats, (float[]) b);
        }
        if (a instanceof double[] doubles) {
            return equal(doubles, (double[]) b);
        }
        return Arrays.equals((boolean[]) a, (boolean[]) b);
    }

    private static boolean equal(float[] a, float[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (Float.floatToRawIntBits(a[i]) != Float.floatToRawIntBits(b[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean equal(double[] a, double[] b) {
        if (a.length != b.length) {
            return false;
        }
        for (int i = 0; i < a.length; i++) {
            if (Double.doubleToRawLongBits(a[i]) != Double.doubleToRawLongBits(b[i])) {
                return false;
            }
        }
        return true;
    }

    static Object copy(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        return copy;
    }
}
