package io.github.twatcache.testkit;

import io.github.twatcache.spi.CellStore.Cell;
import io.github.twatcache.spi.QueueStore.Item;
import io.github.twatcache.spi.StoreContext;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.RemovalCause;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What is on one shelf, whose monitor whoever reads or changes it holds. */
final class Shelf {
    /** An entry; its identity is its mark, whatever its lifetime is. */
    static final class Held {
        final Object value;
        final Set<String> tags;
        final long costNanos;
        long since;
        long nanos;

        Held(Object value, long since, long nanos, Terms terms) {
            this.value = value;
            this.since = since;
            this.nanos = nanos;
            this.tags = terms.tags();
            this.costNanos = terms.costNanos();
        }

        boolean expired(long now) {
            return nanos != Long.MAX_VALUE && now - since >= nanos;
        }

        Terms terms(long now) {
            long left = nanos == Long.MAX_VALUE ? nanos : nanos - (now - since);
            return new Terms(left, left, tags, 1, costNanos);
        }
    }

    /** An item of a queue with its lifetime. */
    record Queued(Item item, long since, long nanos) {
        boolean expired(long now) {
            return nanos != Long.MAX_VALUE && now - since >= nanos;
        }
    }

    /** A lease; its identity is its token. */
    record Lease(Object store, String owner, long since) {}

    private record Report<K>(StoreContext<K> to, K key, Object value, RemovalCause cause) {
        void send() {
            to.removed(key, value, cause);
        }
    }

    private final List<Report<?>> reports = new ArrayList<>();

    /** How many have it open. */
    int open;

    Map<Object, Held> entries = new LinkedHashMap<>();
    Map<String, TreeMap<Long, Queued>> queues = new HashMap<>();
    Map<String, Cell> cells = new HashMap<>();
    Map<Object, Lease> leases = new HashMap<>();

    interface Step<R, X extends Exception> {
        R run() throws X;
    }

    /** One step; reports are sent when the monitor is let go of, which no stack that runs over can keep. */
    <R, X extends Exception> R step(Step<R, X> step) throws X {
        try {
            synchronized (this) {
                try {
                    return step.run();
                } finally {
                    notifyAll();
                }
            }
        } finally {
            if (!Thread.holdsLock(this)) {
                List<Report<?>> mine;
                synchronized (this) {
                    mine = new ArrayList<>(reports);
                    reports.clear();
                }
                mine.forEach(Report::send);
            }
        }
    }

    /** Steps of which none is made when the last one fails. */
    <R, X extends Exception> R together(Step<R, X> steps) throws X {
        return this.<R, X>step(() -> {
            Map<Object, Held> entriesBefore = new LinkedHashMap<>(entries);
            Map<Object, Lease> leasesBefore = new HashMap<>(leases);
            Map<String, Cell> cellsBefore = new HashMap<>(cells);
            Map<String, TreeMap<Long, Queued>> queuesBefore = new HashMap<>();
            queues.forEach((name, queue) -> queuesBefore.put(name, new TreeMap<>(queue)));
            int reportsBefore = reports.size();
            boolean done = false;
            try {
                R result = steps.run();
                done = true;
                return result;
            } finally {
                if (!done) {
                    entries = entriesBefore;
                    leases = leasesBefore;
                    cells = cellsBefore;
                    queues = queuesBefore;
                    reports.subList(reportsBefore, reports.size()).clear();
                }
            }
        });
    }

    /** Waits until a step was made by another; within a step. */
    void await(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
    }

    <K> void report(StoreContext<K> to, K key, Object value, RemovalCause cause) {
        reports.add(new Report<>(to, key, value, cause));
    }
}
