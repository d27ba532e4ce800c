package io.github.twatcache.heap;

import io.github.twatcache.spi.Weigher;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.Buffer;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.ConcurrentModificationException;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Estimates how many bytes an entry takes, by a fixed formula that is the same on every JVM: objects have a header of 12
 * bytes, arrays one of 16, references take 4, and each object ends at a multiple of 8. So HotSpot lays objects out in
 * heaps below 32 GiB.
 *
 * <p>An entry takes {@value #ENTRY} bytes plus its key plus its value. An object that is reached twice in one entry
 * counts once, hence cycles are no harm; {@code |x|} below means x rounded up to a multiple of 8:
 * <ul>
 *   <li>{@code null}, an enum constant, a {@link Class}: 0, beside the reference to it
 *   <li>an array: {@code |16 + length * size of an element|}, and its elements where they are objects
 *   <li>a {@link String}: {@code 24 + |16 + length|}, {@code 24 + |16 + 2 * length|} where a character lies above
 *       {@code U+00FF}
 *   <li>a {@link Long} or {@link Double}: 24; other boxes: 16
 *   <li>a {@link BigInteger}: {@code 40 + |16 + 4 * (bit length / 32 + 1)|}; a {@link BigDecimal}: 40, and its unscaled
 *       value where that exceeds 63 bits
 *   <li>an {@link Optional}: 16, and its content
 *   <li>a {@link Buffer}: 64, and its capacity in bytes
 *   <li>a {@link Map} or {@link Set}: {@code 64 + 40 * size}, and its keys and values; any other {@link Collection}:
 *       {@code 24 + |16 + 4 * size|}, and its elements. One that changes while it is walked over counts as far as seen
 *   <li>a record: as any other object, and its components where reflection may read them
 *   <li>any other object: {@code |12 + sum of the sizes of its fields|}, those of its superclasses included; what the
 *       fields refer to is not counted. {@value #UNKNOWN} where its fields cannot be listed
 * </ul>
 *
 * <p>Costs time in proportion to the objects reached. Safe for use by many threads. The result is never above
 * {@link Integer#MAX_VALUE}.
 *
 * <pre>{@code
 * new ByteEstimate().weigh("abc", new byte[1000]);   // 64 + 48 + 1016
 * }</pre>
 */
public final class ByteEstimate implements Weigher<@Nullable Object, @Nullable Object> {
    /** What an entry takes beside its key and value. */
    public static final int ENTRY = 64;

    /** What an object takes whose fields cannot be listed. */
    public static final int UNKNOWN = 64;

    /** Creates the estimate; it has no state. */
    public ByteEstimate() {}

    /**
     * Estimates an entry.
     *
     * @param key the key, may be {@code null}
     * @param value the value, may be {@code null}
     * @return its bytes, from {@value #ENTRY} up; {@link Integer#MAX_VALUE} for that and more
     */
    @Override
    public int weigh(@Nullable Object key, @Nullable Object value) {
        Tally tally = new Tally();
        tally.bytes = ENTRY;
        tally.reach(key);
        tally.reach(value);
        tally.walk();
        return (int) Math.min(Integer.MAX_VALUE, tally.bytes);
    }

    /** Rounds up to a multiple of 8. */
    static long aligned(long bytes) {
        return (bytes + 7) & ~7L;
    }

    static long array(long length, int element) {
        return aligned(16 + length * element);
    }

    private static long string(String text) {
        for (int index = 0; index < text.length(); index++) {
            if (text.charAt(index) > 0xFF) {
                return 24 + array(text.length(), 2);
            }
        }
        return 24 + array(text.length(), 1);
    }

    /** One walk; without recursion, so that a long chain of objects cannot overflow the stack. */
    private static final class Tally {
        private long bytes;
        private final Deque<Object> open = new ArrayDeque<>();
        private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

        private void reach(@Nullable Object object) {
            if (object != null && seen.add(object)) {
                open.push(object);
            }
        }

        private void walk() {
            for (Object object = open.poll(); object != null && bytes < Integer.MAX_VALUE; object = open.poll()) {
                bytes += own(object);
            }
        }

        /** What an object takes itself; reaches for what it refers to. */
        private long own(Object object) {
            if (object instanceof Enum || object instanceof Class) {
                return 0;
            } else if (object instanceof String text) {
                return string(text);
            } else if (object.getClass().isArray()) {
                return array(object);
            } else if (object instanceof BigInteger number) {
                return 40 + ByteEstimate.array(number.bitLength() / 32 + 1, 4);
            } else if (object instanceof BigDecimal number) {
                BigInteger unscaled = number.unscaledValue();
                return unscaled.bitLength() <= 63 ? 40 : 40 + own(unscaled);
            } else if (object instanceof Optional<?> optional) {
                reach(optional.orElse(null));
                return 16;
            } else if (object instanceof Buffer buffer) {
                return 64 + aligned((long) buffer.capacity() * FieldLayout.bytes(buffer));
            } else if (object instanceof Map<?, ?> map) {
                return map(map);
            } else if (object instanceof Collection<?> collection) {
                return collection(collection);
            }
            if (object instanceof Record) {
                FieldLayout.components(object, this::reach);
            }
            return FieldLayout.shallow(object.getClass());
        }

        private long array(Object array) {
            if (array instanceof Object[] objects) {
                for (Object object : objects) {
                    reach(object);
                }
                return ByteEstimate.array(objects.length, 4);
            }
            Class<?> type = array.getClass().getComponentType();
            return ByteEstimate.array(java.lang.reflect.Array.getLength(array), FieldLayout.size(type));
        }

        private long map(Map<?, ?> map) {
            try {
                map.forEach((key, value) -> {
                    reach(key);
                    reach(value);
                });
            } catch (ConcurrentModificationException e) {
                // counts as far as seen
            }
            return 64 + 40L * map.size();
        }

        private long collection(Collection<?> collection) {
            try {
                for (Object element : collection) {
                    reach(element);
                }
            } catch (ConcurrentModificationException e) {
                // counts as far as seen
            }
            int size = collection.size();
            return collection instanceof Set ? 64 + 40L * size : 24 + ByteEstimate.array(size, 4);
        }
    }
}
