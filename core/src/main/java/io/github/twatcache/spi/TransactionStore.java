package io.github.twatcache.spi;

import io.github.twatcache.function.Fn0;
import org.jspecify.annotations.Nullable;

/**
 * A store that does several operations all or nothing, over all processes that share it. Every store with
 * {@link Trait#TRANSACTIONS} is one.
 */
public interface TransactionStore {
    /**
     * Runs operations as one. All that the calling thread does on this store within {@code body}, through whichever of its
     * capabilities, takes effect together when the body returns, and not at all when it throws. Within the body the thread
     * sees its own changes; others see none of them before the end. No other thread or process changes the store
     * meanwhile, so the body should be short.
     *
     * <p>A call within the body of another joins it: one whole, decided by the outer one; an exception that the outer body
     * catches on its way from the inner call undoes the inner one's changes alone.
     *
     * @param <R> what the body returns
     * @param <X> what the body throws
     * @param body the operations
     * @return what the body returned
     * @throws X exactly what the body throws; nothing has changed then
     */
    <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X;
}
