package io.github.twatcache.testkit.generate;

import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Changes a value a little: into what a careless key would take for the same. */
final class NearMiss {
    private NearMiss() {}

    /** Another value, never the same by content. */
    static @Nullable Object of(@Nullable Object value, SplittableRandom random) {
        if (value == null) {
            return random.nextBoolean() ? "null" : List.of();
        }
        Object changed = switch (random.nextInt(4)) {
            case 0 -> retyped(value);
            case 1 -> Collections.singletonList(value);
            case 2 -> random.nextBoolean() ? Objects.toString(value.getClass()) : new Object[] {value};
            default -> nudged(value, random);
        };
        return Oracle.same(value, changed) ? Collections.singletonList(value) : changed;
    }

    /** The same look in another type. */
    private static Object retyped(Object value) {
        if (value instanceof Integer i) {
            return (long) i;
        }
        if (value instanceof Long l) {
            return (double) l;
        }
        if (value instanceof Number || value instanceof Boolean || value instanceof Character) {
            return value.toString();
        }
        if (value instanceof String s) {
            return s.toCharArray();
        }
        if (value instanceof List<?> list) {
            return list.toArray();
        }
        if (value instanceof Set<?> set) {
            return new ArrayList<>(set);
        }
        if (value instanceof Map<?, ?> map) {
            return new ArrayList<>(map.entrySet());
        }
        if (value instanceof Object[] array) {
            return Arrays.asList(array);
        }
        return value.toString();
    }

    /** The same type with a little other content. */
    private static Object nudged(Object value, SplittableRandom random) {
        if (value instanceof Integer i) {
            return i ^ (1 << random.nextInt(Integer.SIZE));
        }
        if (value instanceof Long l) {
            return l ^ (1L << random.nextInt(Long.SIZE));
        }
        if (value instanceof Double d) {
            return -d;
        }
        if (value instanceof Float f) {
            return -f;
        }
        if (value instanceof String s) {
            return random.nextBoolean() ? s + "\0" : " " + s;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> reversed = new ArrayList<>(list);
            Collections.reverse(reversed);
            return reversed;
        }
        if (value instanceof Samples.Named<?> named) {
            return new Samples.Titled<>(named.name(), named.item());
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().skip(1).toList();
        }
        return value.getClass().isArray() ? longer(value) : List.of("other", value);
    }

    /** The same array with another empty element at its end. */
    private static Object longer(Object array) {
        int length = Array.getLength(array);
        Object longer = Array.newInstance(array.getClass().getComponentType(), length + 1);
        System.arraycopy(array, 0, longer, 0, length);
        return longer;
    }
}
