package io.github.twatcache.disk.store;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.TransactionStore;
import org.jspecify.annotations.Nullable;

/** Several operations as one transaction of the database; value files that belong to what is undone are deleted. */
record DiskTransactions(Desk<?> desk) implements TransactionStore {
    /** How many transactions, of whichever databases, this thread is within. */
    private static final ThreadLocal<Integer> DEPTH = ThreadLocal.withInitial(() -> 0);

    @Override
    public <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X {
        desk.requireOpen();
        DEPTH.set(DEPTH.get() + 1);
        try {
            return desk.database().<R, X>transaction(body::apply);
        } finally {
            int depth = DEPTH.get() - 1;
            if (depth > 0) {
                DEPTH.set(depth);
            } else {
                DEPTH.remove();
                desk.wrote();
            }
        }
    }

    /** Whether this thread is within a transaction of any database, and so must not wait for another's. */
    static boolean within() {
        return DEPTH.get() > 0;
    }
}
