package io.github.twatcache.disk.diskcache;

import io.github.twatcache.spi.ValueCodec;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Which of the types that Python shares a cache can hold: those of which its codec gives back a sample as it was. */
final class Accepted {
    private final ValueCodec codec;
    private final Map<Class<?>, Boolean> known = new ConcurrentHashMap<>();

    Accepted(ValueCodec codec) {
        this.codec = codec;
    }

    boolean accepts(Object value) {
        return known.computeIfAbsent(value.getClass(), type -> comesBack(sample(value)));
    }

    private static Object sample(Object value) {
        if (value instanceof String) {
            return "";
        } else if (value instanceof Long) {
            return 0L;
        } else if (value instanceof Double) {
            return 0.0;
        }
        return new byte[0];
    }

    private boolean comesBack(Object sample) {
        try {
            Object back = codec.decode(codec.encode(sample));
            return sample instanceof byte[] mine
                    ? back instanceof byte[] its && Arrays.equals(mine, its)
                    : Objects.equals(sample, back);
        } catch (RuntimeException refused) {
            return false;
        }
    }
}
