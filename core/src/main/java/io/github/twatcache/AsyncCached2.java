package io.github.twatcache;

import io.github.twatcache.function.AsyncFn2;
import io.github.twatcache.key.CallKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of two arguments that answers with a future. Thread-safe; no method that returns a future blocks.
 *
 * <p>Each caller gets a future of its own: see {@link AsyncCache} for what it ends with, what cancelling it does, and on
 * which threads. What a method of {@link Cached} returns at once, it may have waited for the engine for.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <R> the type of the value that the stage ends with
 */
public interface AsyncCached2<A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
        extends AsyncFn2<A, B, R>, Cached {
    /**
     * Returns the stored result, or computes and stores it. One computation runs, all who ask meanwhile share its result or
     * its failure.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the result, or exactly what the function failed with; nothing is stored then. Ends with {@link
     *     io.github.twatcache.error.RecursiveLoadException} when the call is seen to wait for itself, with {@link
     *     io.github.twatcache.error.LoadTimeoutException} after {@code loadTimeout}
     */
    @Override
    CompletableFuture<R> apply(A a, B b);

    /**
     * Looks a result up, without computing, counting, or making use of it.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the result, or that there is none
     */
    CompletableFuture<Lookup<R>> peek(A a, B b);

    /**
     * Whether a result is stored for these arguments. Never computes.
     *
     * @param a the first argument
     * @param b the second argument
     * @return whether there is one
     */
    CompletableFuture<Boolean> isCached(A a, B b);

    /**
     * Stores a result, as though the function's stage had ended with it. A computation that is running is not stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @param result the result
     * @return ends when it is stored; with {@link io.github.twatcache.error.ValueException} when the cache is full and its
     *     policy lets nothing go, or the result is heavier than the cache's maximum
     */
    CompletableFuture<@Nullable Void> put(A a, B b, R result);

    /**
     * Removes the result for these arguments. A computation that is running answers its callers and is not stored; a call that
     * begins after the future has ended computes anew.
     *
     * @param a the first argument
     * @param b the second argument
     * @return whether there was one
     */
    CompletableFuture<Boolean> invalidate(A a, B b);

    /**
     * Has the result for these arguments be stale: {@code peek} and {@code size} know it no more, and the next call is answered with
     * it and has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()},
     * which every setting for stale values implies.
     *
     * @param a the first argument
     * @param b the second argument
     * @return whether there was a fresh result; or {@link io.github.twatcache.error.ConfigurationException} when the cache
     *     keeps no stale values
     */
    CompletableFuture<Boolean> invalidateSoftly(A a, B b);

    /**
     * Computes anew and stores the result, though one is there. Others are answered with the old one meanwhile.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the new result, or exactly what the function failed with; the old result stays then
     */
    CompletableFuture<R> refresh(A a, B b);

    /**
     * The key of a call: the function and the arguments that count, with their digest.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the key
     * @throws io.github.twatcache.error.KeyException when an argument cannot work as part of a key
     */
    CallKey key(A a, B b);

    /**
     * Calls the function itself: nothing is looked up, nothing is stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @return the function's own stage
     * @throws Exception what the function throws
     */
    CompletionStage<R> bypass(A a, B b) throws Exception;

    /**
     * The function itself.
     *
     * @return what was given to {@code memoizeAsync}
     */
    AsyncFn2<A, B, R> original();
}
