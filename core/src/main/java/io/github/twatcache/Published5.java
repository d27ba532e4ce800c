package io.github.twatcache;

import io.github.twatcache.function.PublisherFn5;
import io.github.twatcache.key.CallKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of five arguments that returns a publisher: kept is the list of its elements. Thread-safe; no method that
 * returns a publisher or a future blocks.
 *
 * <p>See {@link PublisherCache} for what subscribers get while the source runs, on a hit, and when they cancel. What a method of
 * {@link Cached} returns at once, it may have waited for the engine for.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <T> the type of the elements
 */
public interface Published5<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                T>
        extends PublisherFn5<A, B, C, D, E, T>, Cached {
    /**
     * The elements: from the stored list, or as the function's publisher brings them, which are then stored. Nothing is looked up,
     * and the function is not called, before somebody subscribes. One computation runs, all who subscribe meanwhile get its
     * elements from the first on, or its failure.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return a publisher for any number of subscribers. It fails with exactly what the function or its publisher failed with, and
     *     nothing is stored then; with {@link io.github.twatcache.error.RecursiveLoadException} when the call is seen to wait for
     *     itself, with {@link io.github.twatcache.error.LoadTimeoutException} after {@code loadTimeout}
     */
    @Override
    Flow.Publisher<T> apply(A a, B b, C c, D d, E e);

    /**
     * Looks a list up, without computing, counting, or making use of it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return the list, or that there is none
     */
    CompletableFuture<Lookup<List<T>>> peek(A a, B b, C c, D d, E e);

    /**
     * Whether a list is stored for these arguments. Never computes.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return whether there is one
     */
    CompletableFuture<Boolean> isCached(A a, B b, C c, D d, E e);

    /**
     * Stores a list, as though the function's publisher had brought its elements. A computation that is running is not stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @param elements the elements, none of them {@code null}; copied
     * @return ends when they are stored; with {@link io.github.twatcache.error.ValueException} when the cache is full and its
     *     policy lets nothing go, or the list is heavier than the cache's maximum
     */
    CompletableFuture<@Nullable Void> put(A a, B b, C c, D d, E e, List<T> elements);

    /**
     * Removes the list for these arguments. A computation that is running answers its subscribers and is not stored; who subscribes
     * after the future has ended has it computed anew.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return whether there was one
     */
    CompletableFuture<Boolean> invalidate(A a, B b, C c, D d, E e);

    /**
     * Has the list for these arguments be stale: {@code peek} and {@code size} know it no more, and the next subscriber gets it and
     * has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()}, which
     * every setting for stale values implies.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return whether there was a fresh list; or {@link io.github.twatcache.error.ConfigurationException} when the cache
     *     keeps no stale values
     */
    CompletableFuture<Boolean> invalidateSoftly(A a, B b, C c, D d, E e);

    /**
     * Computes anew and stores the list, though one is there. Others get the old one meanwhile. The publisher is asked for all its
     * elements.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return the new list, or exactly what the function or its publisher failed with; the old list stays then
     */
    CompletableFuture<List<T>> refresh(A a, B b, C c, D d, E e);

    /**
     * The key of a call: the function and the arguments that count, with their digest.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return the key
     * @throws io.github.twatcache.error.KeyException when an argument cannot work as part of a key
     */
    CallKey key(A a, B b, C c, D d, E e);

    /**
     * Calls the function itself: nothing is looked up, nothing is stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @return the function's own publisher
     * @throws Exception what the function throws
     */
    Flow.Publisher<T> bypass(A a, B b, C c, D d, E e) throws Exception;

    /**
     * The function itself.
     *
     * @return what was given to {@code memoizePublisher}
     */
    PublisherFn5<A, B, C, D, E, T> original();
}
