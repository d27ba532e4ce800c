package io.github.twatcache;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.spi.Trait;
import io.github.twatcache.spi.TransactionStore;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Several operations on one cache, all or nothing, over all processes that share it. Thread-safe.
 *
 * <pre>{@code
 * Transactions.of(accounts).run(() -> {
 *     accounts.put("a", accounts.getIfPresent("a") - 10);
 *     accounts.put("b", accounts.getIfPresent("b") + 10);
 * });
 * }</pre>
 *
 * <p>What counts is what the calling thread does on this cache within the body: puts, removals, counting, queues, streams.
 * It sees its own changes; others see none of them before the end, and wait with changes of their own, so keep the body
 * short. A body within a body joins it. A value that is missing within a body is computed there and then, by the body's own
 * thread: it waits for no other, since the other might wait for the transaction.
 */
public final class Transactions {
    private final Ability<TransactionStore> ability;

    private Transactions(Cache<?, ?> cache) {
        Ability.face(cache).core.refuseOtherThreads("a transaction");
        this.ability = Ability.of(cache, TransactionStore.class, Trait.TRANSACTIONS);
    }

    /** A body that returns nothing. */
    @FunctionalInterface
    public interface Body<X extends Exception> {
        /**
         * Does the operations.
         *
         * @throws X to undo them
         */
        void run() throws X;
    }

    /**
     * The transactions of a cache. Cheap; may be asked for each time.
     *
     * @param cache the cache
     * @return its transactions
     * @throws io.github.twatcache.error.ConfigurationException when the engine has none, naming those that have; or when the
     *     cache has an {@code operation-timeout}, which runs each operation on a thread of its own
     * @throws IllegalStateException when the cache is closed
     */
    public static Transactions of(Cache<?, ?> cache) {
        return new Transactions(cache);
    }

    /**
     * Runs operations as one. Waits while another transaction of this cache runs, in this process or another.
     *
     * @param <R> what the body returns
     * @param <X> what the body throws
     * @param body the operations
     * @return what the body returned
     * @throws X exactly what the body throws; nothing has changed then
     * @throws io.github.twatcache.error.EngineException when the store could not do it; nothing has changed then
     * @throws IllegalStateException when the cache is closed
     */
    public <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X {
        Objects.requireNonNull(body, "body");
        ability.core().tell("transaction");
        return ability.core().changes.<R, X>together(ability.open(), body);
    }

    /**
     * Runs operations as one.
     *
     * @param <X> what the body throws
     * @param body the operations
     * @throws X exactly what the body throws; nothing has changed then
     */
    public <X extends Exception> void run(Body<X> body) throws X {
        Objects.requireNonNull(body, "body");
        this.<Boolean, X>call(() -> {
            body.run();
            return true;
        });
    }
}
