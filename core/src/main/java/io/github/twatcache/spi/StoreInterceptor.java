package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Runs before and after each operation of an engine: to measure, to trace, to refuse. Thread-safe.
 *
 * <p>It stands next to the engine: an operation that is tried again is seen again, one that a circuit breaker holds back
 * is not seen. It runs on the thread that the engine runs on, which with {@code operationTimeout} is not the caller's. A
 * cache with an interceptor pays for it on each hit; one without pays nothing.
 *
 * <p>It sees what is done with entries, one by one, in bulk, under leases, as streams, in transactions and by walks, and
 * what is done with counters and queues: {@link StoreCall.Operation} lists all of it.
 */
public interface StoreInterceptor {
    /**
     * Runs before an operation. What it throws takes the place of the operation, as though the engine had thrown it; only
     * a store that is to be closed is closed all the same, and what this threw is thrown after that.
     *
     * @param call the operation
     */
    default void before(StoreCall call) {}

    /**
     * Runs after an operation that {@link #before} has let through. What it throws goes no further, an error of the JVM
     * excepted: the operation stands, whatever this throws. It is logged once for each operation and class of what was
     * thrown, and counted: {@code explain()} says how often it happened.
     *
     * @param call the operation
     * @param failure what the operation threw, or {@code null} when it succeeded; what is no
     *     {@link RuntimeException} comes as the cause of an {@link io.github.twatcache.error.EngineException}
     */
    default void after(StoreCall call, @Nullable RuntimeException failure) {}
}
