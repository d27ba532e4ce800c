package io.github.twatcache.key;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rounds the floating-point numbers of an argument, for the key only.
 *
 * @param digits how many decimals to keep
 * @param deep whether to go deeper than the elements of an array or a collection that is the argument
 */
record Rounding(int digits, boolean deep) {
    /** From here on a double, or a float, is a whole number. */
    private static final double WHOLE = 0x1p52;

    /**
     * Rounds an argument.
     *
     * @param argument the argument, which is not changed
     * @return the argument itself where it holds nothing to round, else a copy; rounded records are {@link Content}
     */
    @Nullable Object of(@Nullable Object argument) {
        return round(argument, 0);
    }

    double of(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number) || (digits >= 0 && Math.abs(number) >= WHOLE)) {
            return number;
        }
        return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).doubleValue();
    }

    float of(float number) {
        if (Float.isNaN(number) || Float.isInfinite(number)) {
            return number;
        }
        return new BigDecimal(number).setScale(digits, RoundingMode.HALF_EVEN).floatValue();
    }

    private @Nullable Object round(@Nullable Object object, int depth) {
        if (object instanceof Double number) {
            double rounded = of(number.doubleValue());
            return Double.doubleToLongBits(rounded) == Double.doubleToLongBits(number) ? object : (Object) rounded;
        }
        if (object instanceof Float number) {
            float rounded = of(number.floatValue());
            return Float.floatToIntBits(rounded) == Float.floatToIntBits(number) ? object : (Object) rounded;
        }
        // A ring of containers is left to Settler, which refuses it.
        if (object == null || depth > (deep ? 500 : 0)) {
            return object;
        }
        return switch (Kind.of(object.getClass())) {
            case BITS -> bits(object);
            case ARRAY -> array((Object[]) object, depth);
            case LIST -> elements((List<?>) object, depth);
            case SET -> new HashSet<>(elements((Collection<?>) object, depth));
            case QUEUE ->
                new Content.Parts(
                        Collection.class,
                        elements((Collection<?>) object, depth).toArray());
            case MAP -> deep ? map((Map<?, ?>) object, depth) : object;
            case ENTRY -> deep ? entry((Map.Entry<?, ?>) object, depth) : object;
            case OPTIONAL -> deep ? ((Optional<?>) object).map(inner -> round(inner, depth + 1)) : object;
            case RECORD -> deep ? record(object, depth) : object;
            default -> object;
        };
    }

    private Object bits(Object array) {
        if (array instanceof double[] doubles) {
            double[] copy = new double[doubles.length];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = of(doubles[i]);
            }
            return copy;
        }
        if (array instanceof float[] floats) {
            float[] copy = new float[floats.length];
            for (int i = 0; i < copy.length; i++) {
                copy[i] = of(floats[i]);
            }
            return copy;
        }
        return array;
    }

    private Object array(@Nullable Object[] array, int depth) {
        @Nullable Object[] copy = (@Nullable Object[]) Array.newInstance(array.getClass().getComponentType(), array.length);
        for (int i = 0; i < copy.length; i++) {
            Object rounded = round(array[i], depth + 1);
            if (rounded instanceof Content) {
                // A rounded record is no record any more, and fits no array of its class.
                return new Content.Parts(
                        array.getClass(), elements(Arrays.asList(array), depth).toArray());
            }
            copy[i] = rounded;
        }
        return copy;
    }

    private List<@Nullable Object> elements(Collection<?> collection, int depth) {
        List<@Nullable Object> rounded = new ArrayList<>(collection.size());
        for (Object element : collection) {
            rounded.add(round(element, depth + 1));
        }
        return rounded;
    }

    private Map<@Nullable Object, @Nullable Object> map(Map<?, ?> map, int depth) {
        Map<@Nullable Object, @Nullable Object> rounded = new HashMap<>();
        map.forEach((key, value) -> rounded.put(round(key, depth + 1), round(value, depth + 1)));
        return rounded;
    }

    private Object entry(Map.Entry<?, ?> entry, int depth) {
        return new AbstractMap.SimpleImmutableEntry<>(
                round(entry.getKey(), depth + 1), round(entry.getValue(), depth + 1));
    }

    private Object record(Object object, int depth) {
        RecordTraits traits = RecordTraits.of(object.getClass());
        if (!traits.readable()) {
            throw Unfit.closed("an argument", object.getClass());
        }
        @Nullable Object[] parts = traits.read(object);
        for (int i = 0; i < parts.length; i++) {
            parts[i] = round(parts[i], depth + 1);
        }
        return new Content.Parts(object.getClass(), parts);
    }
}
