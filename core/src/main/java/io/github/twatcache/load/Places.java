package io.github.twatcache.load;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** So many places and no more; who finds none is given one in the order in which they came, on whatever thread gives it back. */
final class Places {
    private final ReentrantLock lock = new ReentrantLock();
    /** In the order in which they came; one may leave from the middle, as may all at once. */
    private final Set<Waiter> waiters = new LinkedHashSet<>();

    /** Those to whom a thread that is giving a place has still to give one: who gives it back at once is not called by itself. */
    private final ConcurrentMap<Thread, Queue<Waiter>> giving = new ConcurrentHashMap<>();

    private int free;

    Places(int free) {
        this.free = free;
    }

    /** One who waits for a place. */
    static final class Waiter {
        private final Runnable given;

        private Waiter(Runnable given) {
            this.given = given;
        }
    }

    /** Takes a place, if one is free. */
    boolean takes() {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return true;
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a place, or queues for one.
     *
     * @param given run when there is one, by who gives it back; must be short, and must not throw
     * @return the waiter; {@code null} where the place was taken at once
     */
    @Nullable Waiter queues(Runnable given) {
        lock.lock();
        try {
            if (free > 0) {
                free--;
                return null;
            }
            Waiter waiter = new Waiter(given);
            waiters.add(waiter);
            return waiter;
        } finally {
            lock.unlock();
        }
    }

    /** Has one wait no more. Fails where a place has been given to it already. */
    boolean leaves(Waiter waiter) {
        lock.lock();
        try {
            return waiters.remove(waiter);
        } finally {
            lock.unlock();
        }
    }

    /** Gives a place back, or to the next. */
    void giveBack() {
        Waiter next;
        lock.lock();
        try {
            Iterator<Waiter> first = waiters.iterator();
            next = first.hasNext() ? first.next() : null;
            if (next == null) {
                free++;
            } else {
                first.remove();
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            give(next);
        }
    }

    private void give(Waiter waiter) {
        Queue<Waiter> begun = giving.get(Thread.currentThread());
        if (begun != null) {
            begun.add(waiter);
            return;
        }
        Queue<Waiter> mine = new ArrayDeque<>();
        giving.put(Thread.currentThread(), mine);
        try {
            for (Waiter next = waiter; next != null; next = mine.poll()) {
                next.given.run();
            }
        } finally {
            giving.remove(Thread.currentThread());
        }
    }
}
