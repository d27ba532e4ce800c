package io.github.twatcache.load;

import io.github.twatcache.function.Fn0;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps apart what one thread does to a cache as a transaction and what the loads of this process store meanwhile.
 *
 * <p>A change within a transaction detaches running loads, and must not wait for one that is being stored, since that one
 * waits for the transaction. So while a transaction runs no load is being stored: one that has its value then is answered
 * to its callers and not stored. For the same reason a value that is missing within a transaction is computed by its own
 * thread, which joins no other load.
 */
final class Together {
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();

    /** Whether this thread is within a transaction of this cache. */
    boolean inside() {
        return lock.isWriteLockedByCurrentThread();
    }

    /**
     * Runs a transaction, after the loads that are being stored.
     *
     * @param after is run in any case before a load can be stored again
     */
    <R extends @Nullable Object, X extends Exception> R run(Fn0<R, X> transaction, Runnable after) throws X {
        lock.writeLock().lock();
        try {
            try {
                return transaction.apply();
            } finally {
                after.run();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /** Begins to store a load; fails while another thread's transaction runs. */
    boolean begins() {
        return lock.readLock().tryLock();
    }

    /** Ends what {@link #begins} has begun. */
    void ends() {
        lock.readLock().unlock();
    }
}
