package io.github.twatcache.shared;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What this process holds through one cache, and the thread that renews the leases of it: a daemon that is there while
 * something is held, and no longer.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);

    /** So often within a lease it is renewed: two attempts may fail. */
    private static final int RENEWALS = 3;

    private final Map<Object, Deque<Grip>> grips = new HashMap<>();
    private final ScheduledThreadPoolExecutor renewals;

    Keeper(String cache) {
        renewals = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "twat-cache-leases-" + cache);
            thread.setDaemon(true);
            return thread;
        });
        renewals.setKeepAliveTime(100, TimeUnit.MILLISECONDS);
        renewals.allowCoreThreadTimeOut(true);
        renewals.setRemoveOnCancelPolicy(true);
    }

    /** Keeps what was taken, and its lease alive. */
    void keep(Object key, Places places, String owner, Places.Taken taken) {
        Grip grip = new Grip(places, owner, taken);
        synchronized (this) {
            grips.computeIfAbsent(key, first -> new ArrayDeque<>()).push(grip);
        }
        long nanos = Math.max(1, places.lease().toNanos() / RENEWALS);
        try {
            grip.renewal = renewals.scheduleWithFixedDelay(() -> renew(grip), nanos, nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            forget(key);
            grip.release();
            throw new IllegalStateException(
                    places.words() + " was taken while its cache was being closed; it was let go of", closed);
        }
    }

    private void renew(Grip grip) {
        try {
            if (!grip.renew()) {
                grip.stop();
                LOG.warn(
                        "{} is lost: its lease ended before it was renewed, and another may hold it by now; what is"
                                + " guarded by it should check the fencing token, which was {}",
                        grip.places().words(),
                        grip.fence());
            }
        } catch (RuntimeException failed) {
            LOG.warn(
                    "the lease of {} could not be renewed, and will be tried again",
                    grip.places().words(),
                    failed);
        }
    }

    /** What is held under a key, the last that was taken first; {@code null} for nothing. */
    synchronized @Nullable Grip held(Object key) {
        Deque<Grip> mine = grips.get(key);
        return mine == null ? null : mine.peek();
    }

    /** Forgets what is held under a key, the last that was taken first. */
    synchronized @Nullable Grip forget(Object key) {
        Deque<Grip> mine = grips.get(key);
        if (mine == null) {
            return null;
        }
        Grip grip = mine.pop();
        if (mine.isEmpty()) {
            grips.remove(key);
        }
        grip.stop();
        return grip;
    }

    /** Lets go of everything. */
    void close() {
        List<Grip> all = new ArrayList<>();
        synchronized (this) {
            grips.values().forEach(all::addAll);
            grips.clear();
        }
        renewals.shutdownNow();
        for (Grip grip : all) {
            try {
                grip.release();
            } catch (RuntimeException failed) {
                LOG.warn(
                        "{} could not be released; its lease will end by itself",
                        grip.places().words(),
                        failed);
            }
        }
    }
}
