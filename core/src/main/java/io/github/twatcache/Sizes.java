package io.github.twatcache;

import io.github.twatcache.heap.ByteEstimate;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The sizes of the first results of a cache. Thread-safe; only misses come here. */
final class Sizes {
    /** How many results are looked at. */
    static final int FIRST = 100;

    private final ByteEstimate estimate = new ByteEstimate();
    private final long[] bytes = new long[FIRST];
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
                count++;
            }
        }
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
