package io.github.twatcache.disk.store;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What this process has read and not yet told the database: for each entry how often, and when last. Reads write nothing;
 * what they note here is looked at where victims are chosen, and written with later writes.
 */
final class Uses {
    /** So many entries are remembered at most before somebody must write. */
    static final int FULL = 1 << 14;

    /**
     * The uses of one entry.
     *
     * @param count how many
     * @param stamp the place in the order of all uses of the last one
     * @param nanos the wall clock's time of the last one; 0 where nobody asks
     */
    record Use(int count, long stamp, long nanos) {}

    private final ConcurrentHashMap<Long, Use> noted = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /**
     * A place in the order of uses, over processes as far as their clocks agree: microseconds since 1970, later than all
     * that this process has given out.
     */
    long stamp() {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    void note(long id, long nanos) {
        Use before = noted.get(id);
        noted.put(id, new Use(before == null ? 1 : before.count + 1, stamp(), nanos));
    }

    @Nullable Use of(long id) {
        return noted.get(id);
    }

    /** The uses of an entry, which are not remembered any more. */
    @Nullable Use take(long id) {
        return noted.remove(id);
    }

    boolean full() {
        return noted.size() > FULL;
    }

    /** Some of the entries, at most so many. */
    List<Long> some(int most) {
        List<Long> some = new ArrayList<>();
        for (Long id : noted.keySet()) {
            if (some.size() == most) {
                break;
            }
            some.add(id);
        }
        return some;
    }
}
