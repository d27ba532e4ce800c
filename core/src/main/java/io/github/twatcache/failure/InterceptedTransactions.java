package io.github.twatcache.failure;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.StoreCall.Operation;
import io.github.twatcache.spi.TransactionStore;
import org.jspecify.annotations.Nullable;

/** Transactions with interceptors round them: round the whole, and round what is done within. */
record InterceptedTransactions(Intercepted store, TransactionStore transactions) implements TransactionStore {
    @Override
    public <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X {
        return store.<R, X>throwing(Operation.TRANSACTION, null, () -> transactions.call(body));
    }
}
