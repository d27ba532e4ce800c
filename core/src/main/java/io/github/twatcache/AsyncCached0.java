package io.github.twatcache;

import io.github.twatcache.function.AsyncFn0;
import io.github.twatcache.key.CallKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of no arguments that answers with a future. Thread-safe; no method that returns a future blocks.
 *
 * <p>Each caller gets a future of its own: see {@link AsyncCache} for what it ends with, what cancelling it does, and on
 * which threads. What a method of {@link Cached} returns at once, it may have waited for the engine for.
 *
 * @param <R> the type of the value that the stage ends with
 */
public interface AsyncCached0<R extends @Nullable Object> extends AsyncFn0<R>, Cached {
    /**
     * Returns the stored result, or computes and stores it. One computation runs, all who ask meanwhile share its result or
     * its failure.
     *
     * @return the result, or exactly what the function failed with; nothing is stored then. Ends with {@link
     *     io.github.twatcache.error.RecursiveLoadException} when the call is seen to wait for itself, with {@link
     *     io.github.twatcache.error.LoadTimeoutException} after {@code loadTimeout}
     */
    @Override
    CompletableFuture<R> apply();

    /**
     * Looks a result up, without computing, counting, or making use of it.
     *
     * @return the result, or that there is none
     */
    CompletableFuture<Lookup<R>> peek();

    /**
     * Whether a result is stored of the function. Never computes.
     *
     * @return whether there is one
     */
    CompletableFuture<Boolean> isCached();

    /**
     * Stores a result, as though the function's stage had ended with it. A computation that is running is not stored.
     *
     * @param result the result
     * @return ends when it is stored; with {@link io.github.twatcache.error.ValueException} when the cache is full and its
     *     policy lets nothing go, or the result is heavier than the cache's maximum
     */
    CompletableFuture<@Nullable Void> put(R result);

    /**
     * Removes the result of the function. A computation that is running answers its callers and is not stored; a call that
     * begins after the future has ended computes anew.
     *
     * @return whether there was one
     */
    CompletableFuture<Boolean> invalidate();

    /**
     * Has the result of the function be stale: {@code peek} and {@code size} know it no more, and the next call is answered with
     * it and has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()},
     * which every setting for stale values implies.
     *
     * @return whether there was a fresh result; or {@link io.github.twatcache.error.ConfigurationException} when the cache
     *     keeps no stale values
     */
    CompletableFuture<Boolean> invalidateSoftly();

    /**
     * Computes anew and stores the result, though one is there. Others are answered with the old one meanwhile.
     *
     * @return the new result, or exactly what the function failed with; the old result stays then
     */
    CompletableFuture<R> refresh();

    /**
     * The key of a call: the function and the arguments that count, with their digest.
     *
     * @return the key
     * @throws io.github.twatcache.error.KeyException when an argument cannot work as part of a key
     */
    CallKey key();

    /**
     * Calls the function itself: nothing is looked up, nothing is stored.
     *
     * @return the function's own stage
     * @throws Exception what the function throws
     */
    CompletionStage<R> bypass() throws Exception;

    /**
     * The function itself.
     *
     * @return what was given to {@code memoizeAsync}
     */
    AsyncFn0<R> original();
}
