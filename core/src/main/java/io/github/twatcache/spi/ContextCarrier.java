package io.github.twatcache.spi;

import org.jspecify.annotations.Nullable;

/**
 * Carries what belongs to a thread along to the threads that work for it: a trace, a tenant, scoped values. Given to {@link
 * io.github.twatcache.TwatCacheBuilder#context}; the diagnostic context of SLF4J is carried without asking. Thread-safe.
 *
 * <pre>{@code
 * ContextCarrier tenant = () -> {
 *     String captured = Tenant.current();                     // on the thread that calls the cache
 *     return task -> Tenant.run(captured, task);              // on the thread that loads
 * };
 * }</pre>
 *
 * <p>On JDK 25 a carrier can bind {@code ScopedValue}s again that it knows by name: {@code task ->
 * ScopedValue.where(USER, captured).run(task)}. All those that happen to be bound cannot be carried: Java lists them to
 * nobody.
 */
@FunctionalInterface
public interface ContextCarrier {
    /**
     * Takes the context of the calling thread. Called on a miss whose load, or part of it, may run elsewhere, so it should
     * be cheap; never on a hit of an engine on the heap. What it throws the call fails with.
     *
     * @return the context; {@code null} where there is none to carry
     */
    @Nullable Carried capture();

    /** A context that was taken. */
    @FunctionalInterface
    interface Carried {
        /**
         * Runs a task in the context, and leaves the thread as it was.
         *
         * @param task what to run, exactly once, before this returns
         */
        void run(Runnable task);
    }
}
