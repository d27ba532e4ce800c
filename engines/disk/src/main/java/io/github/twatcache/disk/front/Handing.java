package io.github.twatcache.disk.front;

import io.github.twatcache.spi.Nil;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * How a value that is held is handed out: nobody gets an object that another caller could change. What cannot change is
 * shared, an array of primitives is copied, anything else is decoded anew.
 */
public abstract sealed class Handing {
    private static final Set<Class<?>> UNCHANGING = Set.of(
            String.class,
            Boolean.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Character.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class,
            URI.class,
            Class.class,
            Nil.class);

    private Handing() {}

    /**
     * Chooses how a value is handed out.
     *
     * @param value the masked value; whoever has it may change it
     * @param bytes what it was decoded from
     * @param codec what decodes it
     * @return the way
     */
    public static Handing of(Object value, byte[] bytes, Function<byte[], Object> codec) {
        if (shared(value)) {
            return new Shared(value);
        } else if (copied(value)) {
            return new Copied(Copied.copy(value));
        }
        return new Decoded(bytes, codec);
    }

    /**
     * Whether a value is decoded anew for whoever it is handed to, and what it was decoded from is needed for that.
     *
     * @param value the masked value
     * @return whether it is
     */
    public static boolean decodes(Object value) {
        return !copied(value) && !shared(value);
    }

    private static boolean shared(Object value) {
        Class<?> type = value.getClass();
        return UNCHANGING.contains(type)
                || value instanceof Enum<?>
                || type.getPackageName().equals("java.time");
    }

    private static boolean copied(Object value) {
        Class<?> type = value.getClass();
        return type.isArray() && type.getComponentType().isPrimitive();
    }

    /** Hands the value out. */
    abstract Object hand();

    private static final class Shared extends Handing {
        private final Object value;

        Shared(Object value) {
            this.value = value;
        }

        @Override
        Object hand() {
            return value;
        }
    }

    private static final class Copied extends Handing {
        private final Object array;

        Copied(Object array) {
            this.array = array;
        }

        @Override
        Object hand() {
            return copy(array);
        }

        private static Object copy(Object array) {
            if (array instanceof byte[] bytes) {
                return bytes.clone();
            } else if (array instanceof double[] doubles) {
                return doubles.clone();
            } else if (array instanceof long[] longs) {
                return longs.clone();
            } else if (array instanceof int[] ints) {
                return ints.clone();
            } else if (array instanceof float[] floats) {
                return floats.clone();
            } else if (array instanceof char[] chars) {
                return chars.clone();
            } else if (array instanceof short[] shorts) {
                return shorts.clone();
            }
            return ((boolean[]) array).clone();
        }
    }

    private static final class Decoded extends Handing {
        private final byte[] bytes;
        private final Function<byte[], Object> codec;

        Decoded(byte[] bytes, Function<byte[], Object> codec) {
            this.bytes = bytes;
            this.codec = codec;
        }

        @Override
        Object hand() {
            return codec.apply(bytes);
        }
    }
}
