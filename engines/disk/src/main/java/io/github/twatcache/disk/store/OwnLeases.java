package io.github.twatcache.disk.store;

import io.github.twatcache.disk.sqlite.Database;
import io.github.twatcache.disk.store.LeaseTable.Lease;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases of this process in one database: which of them still run, and which have ended although the database could not
 * be told, as when the disk is full. Nobody here waits for one that has ended; the database is told as soon as it takes
 * another write, so that other processes do not wait for it either.
 */
final class OwnLeases {
    /** Numbers of leases, which no two databases of this process share. */
    private static final AtomicLong NUMBERS = new AtomicLong();

    private static final Logger LOG = LoggerFactory.getLogger("io.github.twatcache.disk");

    private final String process;
    private final Set<Long> running = ConcurrentHashMap.newKeySet();

    /** What the database still has to be told: the number of a lease, and where its key's stripe is found. */
    private final ConcurrentMap<Long, Long> owed = new ConcurrentHashMap<>();

    private final AtomicBoolean telling = new AtomicBoolean();

    OwnLeases(String process) {
        this.process = process;
    }

    /** A new number, which runs from now on: before the database knows of it. */
    long begin() {
        long number = NUMBERS.incrementAndGet();
        running.add(number);
        return number;
    }

    /** A lease has ended, whatever the database says. */
    void end(long number) {
        running.remove(number);
    }

    /** Whether a lease is one of ours that has ended: then it is as good as free. */
    boolean over(Lease lease) {
        return lease.owner().equals(process) && !running.contains(lease.number());
    }

    /** Notes that the database could not be told of an end. */
    void owe(long number, long find) {
        owed.put(number, find);
    }

    /** Tells the database what it does not know, after it has taken a write. */
    void tell(Database database) {
        if (owed.isEmpty() || !telling.compareAndSet(false, true)) {
            return;
        }
        try {
            Map<Long, Long> all = Map.copyOf(owed);
            database.write(link -> {
                for (Map.Entry<Long, Long> one : all.entrySet()) {
                    LeaseTable.end(link, one.getValue(), process, one.getKey());
                }
                return true;
            });
            owed.keySet().removeAll(all.keySet());
        } catch (RuntimeException notYet) {
            LOG.debug("leases that have ended could not be let go of yet", notYet);
        } finally {
            telling.set(false);
        }
    }
}
