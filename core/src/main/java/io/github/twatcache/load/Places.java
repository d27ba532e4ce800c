package io.github.twatcache.load;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** So many places and no more; who finds none is given one in the order in which they came, on whatever thread gives it back. */
final class Places {
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Waiter> waiters = new ArrayDeque<>();
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
            next = waiters.poll();
            if (next == null) {
                free++;
            }
        } finally {
            lock.unlock();
        }
        if (next != null) {
            next.given.run();
        }
    }
}
