package io.github.twatcache;

import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.key.CallKey;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of one argument that answers with a future. Thread-safe; no method that returns a future blocks.
 *
 * <pre>{@code
 * AsyncCached1<Integer, User> user = twat.memory("users").memoizeAsync(api::fetchUserAsync);
 * user.apply(42).thenAccept(this::show);
 * }</pre>
 *
 * <p>Each caller gets a future of its own: see {@link AsyncCache} for what it ends with, what cancelling it does, and on
 * which threads. What a method of {@link Cached} returns at once, it may have waited for the engine for.
 *
 * @param <A> the type of the first argument
 * @param <R> the type of the value that the stage ends with
 */
public interface AsyncCached1<A extends @Nullable Object, R extends @Nullable Object> extends AsyncFn1<A, R>, Cached {
    /**
     * Returns the stored result, or computes and stores it. One computation runs, all who ask meanwhile share its result or
     * its failure.
     *
     * @param a the first argument
     * @return the result, or exactly what the function failed with; nothing is stored then. Ends with {@link
     *     io.github.twatcache.error.RecursiveLoadException} when the call is seen to wait for itself, with {@link
     *     io.github.twatcache.error.LoadTimeoutException} after {@code loadTimeout}
     */
    @Override
    CompletableFuture<R> apply(A a);

    /**
     * Looks a result up, without computing, counting, or making use of it.
     *
     * @param a the first argument
     * @return the result, or that there is none
     */
    CompletableFuture<Lookup<R>> peek(A a);

    /**
     * Whether a result is stored for this argument. Never computes.
     *
     * @param a the first argument
     * @return whether there is one
     */
    CompletableFuture<Boolean> isCached(A a);

    /**
     * Stores a result, as though the function's stage had ended with it. A computation that is running is not stored.
     *
     * @param a the first argument
     * @param result the result
     * @return ends when it is stored; with {@link io.github.twatcache.error.ValueException} when the cache is full and its
     *     policy lets nothing go, or the result is heavier than the cache's maximum
     */
    CompletableFuture<@Nullable Void> put(A a, R result);

    /**
     * Removes the result for this argument. A computation that is running answers its callers and is not stored; a call that
     * begins after the future has ended computes anew.
     *
     * @param a the first argument
     * @return whether there was one
     */
    CompletableFuture<Boolean> invalidate(A a);

    /**
     * Has the result for this argument be stale: {@code peek} and {@code size} know it no more, and the next call is answered with
     * it and has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()},
     * which every setting for stale values implies.
     *
     * @param a the first argument
     * @return whether there was a fresh result; or {@link io.github.twatcache.error.ConfigurationException} when the cache
     *     keeps no stale values
     */
    CompletableFuture<Boolean> invalidateSoftly(A a);

    /**
     * Computes anew and stores the result, though one is there. Others are answered with the old one meanwhile.
     *
     * @param a the first argument
     * @return the new result, or exactly what the function failed with; the old result stays then
     */
    CompletableFuture<R> refresh(A a);

    /**
     * The key of a call: the function and the arguments that count, with their digest.
     *
     * @param a the first argument
     * @return the key
     * @throws io.github.twatcache.error.KeyException when an argument cannot work as part of a key
     */
    CallKey key(A a);

    /**
     * Calls the function itself: nothing is looked up, nothing is stored.
     *
     * @param a the first argument
     * @return the function's own stage
     * @throws Exception what the function throws
     */
    CompletionStage<R> bypass(A a) throws Exception;

    /**
     * The function itself.
     *
     * @return what was given to {@code memoizeAsync}
     */
    AsyncFn1<A, R> original();
}
