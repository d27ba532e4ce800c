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
    /** From so many entries on the database is to be told of some. */
    static final int FULL = 1 << 14;

    /** No more entries than these are remembered: where the database cannot be told, uses of others are forgotten. */
    static final int MOST = 2 * FULL;

    /**
     * The uses of one entry.
     *
     * @param count how many
     * @param stamp the place in the order of all uses of the last one; 0 where nobody asks
     * @param nanos the wall clock's time of the last one; 0 where nobody asks
     */
    record Use(int count, long stamp, long nanos) {
        /** Whether the order of victims does not know of it yet. */
        boolean moves() {
            return count > 0 || stamp > 0;
        }
    }

    /**
     * Where the uses of one entry are noted. Whoever has the entry at hand keeps it too, so that another use of it looks
     * nothing up.
     */
    static final class Tab {
        private final long id;
        private int count;
        private long stamp;
        private long nanos;
        private boolean noted;

        /** Whether more uses would change nothing. Read without a lock: a use that is lost is a victim in another order. */
        private boolean enough;

        Tab(long id) {
            this.id = id;
        }

        long id() {
            return id;
        }
    }

    private final ConcurrentHashMap<Long, Tab> noted = new ConcurrentHashMap<>();
    private final AtomicLong last = new AtomicLong();

    /**
     * A place in the order of uses, over processes as far as their clocks agree: microseconds since 1970, later than all
     * that this process has given out.
     */
    long stamp() {
        long now = TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        return last.updateAndGet(before -> Math.max(before + 1, now));
    }

    /** Where to note the uses of an entry. */
    Tab tab(long id) {
        Tab known = noted.get(id);
        return known == null ? new Tab(id) : known;
    }

    /** Notes a use, as far as the order wants to know; says whether there was anything to note. */
    boolean note(Tab tab, long nanos, Order order) {
        if (tab.enough) {
            return false;
        }
        if (!noted(tab, nanos, order)) {
            // The entry has been read on another way since the last telling.
            noted(noted.getOrDefault(tab.id, tab), nanos, order);
        }
        return true;
    }

    private boolean noted(Tab tab, long nanos, Order order) {
        synchronized (tab) {
            if (!tab.noted) {
                if (noted.size() >= MOST && !noted.containsKey(tab.id)) {
                    return true;
                }
                if (noted.putIfAbsent(tab.id, tab) != null) {
                    return false;
                }
                tab.noted = true;
            }
            if (tab.count < order.most()) {
                tab.count++;
            }
            if (order.recency()) {
                tab.stamp = stamp();
            }
            tab.nanos = Math.max(tab.nanos, nanos);
            tab.enough = nanos == 0 && !order.recency() && tab.count >= order.most();
            return true;
        }
    }

    @Nullable Use of(long id) {
        Tab tab = noted.get(id);
        if (tab == null) {
            return null;
        }
        synchronized (tab) {
            return tab.noted ? new Use(tab.count, tab.stamp, tab.nanos) : null;
        }
    }

    /**
     * What the order of victims does not know yet of an entry, and is told now; null where that is nothing. The time of the
     * last use stays noted: the entry's life hangs on it, until the database is known to hold another.
     */
    @Nullable Use take(long id) {
        Use use = of(id);
        if (use == null || !use.moves()) {
            return null;
        }
        told(id, new Use(use.count, use.stamp, 0));
        return use;
    }

    /** Forgets what the database has been told, and keeps what was noted since. */
    void told(long id, Use use) {
        Tab tab = noted.get(id);
        if (tab == null) {
            return;
        }
        synchronized (tab) {
            tab.count = Math.max(0, tab.count - use.count);
            tab.stamp = tab.stamp <= use.stamp ? 0 : tab.stamp;
            tab.nanos = tab.nanos <= use.nanos ? 0 : tab.nanos;
            tab.enough = false;
            if (tab.count == 0 && tab.stamp == 0 && tab.nanos == 0) {
                noted.remove(id, tab);
                tab.noted = false;
            }
        }
    }

    /** Forgets an entry that has gone. */
    void forget(long id) {
        told(id, new Use(Integer.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE));
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
