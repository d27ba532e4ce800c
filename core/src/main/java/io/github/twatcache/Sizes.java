package io.github.twatcache;

import io.github.twatcache.heap.ByteEstimate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The sizes of the first results of a cache, and their classes. Thread-safe; only misses come here. */
final class Sizes {
    /** How many results are looked at. */
    static final int FIRST = 100;

    private final ByteEstimate estimate = new ByteEstimate();
    private final long[] bytes = new long[FIRST];
    private final Set<Class<?>> types = new HashSet<>();
    private volatile int count;

    /** Whether there is nothing more to note. */
    boolean done() {
        return count == FIRST;
    }

    void note(@Nullable Object value) {
        if (done()) {
            return;
        }
        long size = (long) estimate.weigh(null, value) - ByteEstimate.ENTRY;
        synchronized (this) {
            if (!done()) {
                bytes[count] = size;
                if (value != null) {
                    types.add(value.getClass());
                }
                count++;
            }
        }
    }

    /** The classes of the results, but for {@code null}. */
    synchronized Set<Class<?>> types() {
        return Set.copyOf(types);
    }

    int count() {
        return count;
    }

    /** The size that half of the results reach; the larger one of two in the middle. */
    synchronized long median() {
        long[] sorted = Arrays.copyOf(bytes, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
