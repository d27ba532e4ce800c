package io.github.twatcache.disk.store;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.TransactionStore;
import org.jspecify.annotations.Nullable;

/** Several operations as one transaction of the database; value files that belong to what is undone are deleted. */
record DiskTransactions(Desk<?> desk) implements TransactionStore {
    @Override
    public <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X {
        desk.requireOpen();
        return desk.database().<R, X>transaction(body::apply);
    }
}
