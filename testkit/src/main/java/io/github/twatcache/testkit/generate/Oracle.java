package io.github.twatcache.testkit.generate;

import java.lang.reflect.Array;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says whether two values are the same by content, as keys must: typed, arrays and records by what they hold, lists in
 * order, sets and maps free of it. It knows nothing of how that is encoded, and takes the square of time for it.
 */
public final class Oracle {
    private Oracle() {}

    /**
     * Compares two values.
     *
     * @param a a value
     * @param b another
     * @return whether they are the same by content
     */
    public static boolean same(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b;
        }
        if (a instanceof List<?> x) {
            return b instanceof List<?> y && inOrder(x, y);
        }
        if (a instanceof Set<?> x) {
            return b instanceof Set<?> y && matched(new ArrayList<>(x), new ArrayList<>(y));
        }
        if (a instanceof Map<?, ?> x) {
            return b instanceof Map<?, ?> y && matched(new ArrayList<>(x.entrySet()), new ArrayList<>(y.entrySet()));
        }
        if (a instanceof Map.Entry<?, ?> x) {
            return b instanceof Map.Entry<?, ?> y && same(x.getKey(), y.getKey()) && same(x.getValue(), y.getValue());
        }
        if (a instanceof Queue<?> x) {
            return b instanceof Queue<?> y && !(b instanceof List) && inOrder(x, y);
        }
        return a.getClass() == b.getClass() && sameOfOneClass(a, b);
    }

    private static boolean sameOfOneClass(Object a, Object b) {
        if (a.getClass().isArray()) {
            return sameArrays(a, b);
        }
        if (a instanceof Record x) {
            return sameRecords(x, (Record) b);
        }
        if (a instanceof Optional<?> x) {
            return same(x.orElse(null), ((Optional<?>) b).orElse(null));
        }
        if (a instanceof Pattern x) {
            Pattern y = (Pattern) b;
            return x.pattern().equals(y.pattern()) && x.flags() == y.flags();
        }
        return a.equals(b);
    }

    private static boolean sameArrays(Object a, Object b) {
        int length = Array.getLength(a);
        if (length != Array.getLength(b)) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!sameElements(a, b, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameElements(Object a, Object b, int i) {
        if (a instanceof double[] x) {
            return Double.doubleToRawLongBits(x[i]) == Double.doubleToRawLongBits(((double[]) b)[i]);
        }
        if (a instanceof float[] x) {
            return Float.floatToRawIntBits(x[i]) == Float.floatToRawIntBits(((float[]) b)[i]);
        }
        return same(Array.get(a, i), Array.get(b, i));
    }

    private static boolean sameRecords(Record a, Record b) {
        try {
            for (RecordComponent component : a.getClass().getRecordComponents()) {
                component.getAccessor().trySetAccessible();
                if (!same(
                        component.getAccessor().invoke(a),
                        component.getAccessor().invoke(b))) {
                    return false;
                }
            }
            return true;
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(a.getClass() + " is closed to the oracle; open its package", e);
        }
    }

    private static boolean inOrder(Collection<?> a, Collection<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object each : a) {
            if (!same(each, others.next())) {
                return false;
            }
        }
        return true;
    }

    /** Whether each has a counterpart of its own. Sameness is transitive, so taking the first that fits is enough. */
    private static boolean matched(List<@Nullable Object> a, List<@Nullable Object> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Object each : a) {
            int found = 0;
            while (found < b.size() && !same(each, b.get(found))) {
                found++;
            }
            if (found == b.size()) {
                return false;
            }
            b.remove(found);
        }
        return true;
    }
}
