package io.github.twatcache;

import io.github.twatcache.function.Fn3;
import io.github.twatcache.key.CallKey;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A memoized function of three arguments. Thread-safe.
 *
 * <p>Every method but {@link #original}, {@link #bypass} and {@link #key} throws {@link IllegalStateException} after the cache
 * was closed, and {@link io.github.twatcache.error.KeyException} when an argument cannot work as part of a key.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <R> the type of the result
 * @param <X> what the function throws
 */
public interface Cached3<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                R extends @Nullable Object,
                X extends Exception>
        extends Fn3<A, B, C, R, X>, Cached {
    /**
     * Returns the stored result, or computes and stores it. One thread computes, others that ask meanwhile wait and share
     * its result or its exception.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the result
     * @throws X exactly what the function throws; nothing is stored then
     * @throws io.github.twatcache.error.RecursiveLoadException when the call would wait for itself
     * @throws io.github.twatcache.error.LoadTimeoutException when another's computation takes longer than {@code
     *     loadTimeout}
     * @throws io.github.twatcache.error.LoadInterruptedException when interrupted while waiting for another's computation
     */
    @Override
    R apply(A a, B b, C c) throws X;

    /**
     * Looks a result up, without computing, counting, or making use of it.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the result, or that there is none
     */
    Lookup<R> peek(A a, B b, C c);

    /**
     * Whether a result is stored for these arguments. Never computes.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return whether there is one
     */
    boolean isCached(A a, B b, C c);

    /**
     * Stores a result, as though the function had returned it. A computation that is running is not stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param result the result
     * @throws io.github.twatcache.error.ValueException when the cache is full and its policy lets nothing go, or the result
     *     is heavier than the cache's maximum
     */
    void put(A a, B b, C c, R result);

    /**
     * Removes the result for these arguments. A computation that is running answers its callers and is not stored; a call that
     * begins after this one returned computes anew.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return whether there was one
     */
    boolean invalidate(A a, B b, C c);

    /**
     * Has the result of a call be stale: {@code peek} and {@code size} know it no more, and the next call is answered with it
     * and has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()},
     * which every setting for stale values implies.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return whether there was a fresh result
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values
     * @throws IllegalStateException when the cache is closed
     */
    boolean invalidateSoftly(A a, B b, C c);

    /**
     * Computes anew, on this thread, and stores the result, though one is there. Others are answered with the old one
     * meanwhile.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the new result
     * @throws X exactly what the function throws; the old result stays then
     */
    R refresh(A a, B b, C c) throws X;

    /**
     * Computes anew on another thread: a virtual one where the JDK has them.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return completes with the new result, or with exactly what the function threw; with
     *     {@link io.github.twatcache.error.LoadRejectedException} where the executor takes no more work
     */
    CompletableFuture<R> refreshAsync(A a, B b, C c);

    /**
     * Returns the stored result as a small reference, or computes and stores it first: what is large need not be read now,
     * nor by this process.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the reference; it holds the result itself where the engine keeps no result in files of its own
     * @throws X exactly what the function throws
     */
    default Shelved<R> shelve(A a, B b, C c) throws X {
        // Settled before the function runs, which may change its arguments.
        CallKey key = Shelf.settled(this, key(a, b, c));
        Shelved<R> there = Shelf.found(this, key);
        return there == null ? Shelf.shelved(this, apply(a, b, c), key) : there;
    }

    /**
     * The key of a call: the function and the arguments that count, with their digest.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the key
     */
    CallKey key(A a, B b, C c);

    /**
     * Calls the function itself: nothing is looked up, nothing is stored.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @return the result
     * @throws X what the function throws
     */
    R bypass(A a, B b, C c) throws X;

    /**
     * The function itself.
     *
     * @return what was given to {@code memoize}
     */
    Fn3<A, B, C, R, X> original();

    /**
     * This memoized function without its checked exception. What the
     * function throws passes through as it is.
     *
     * @return a view of this
     */
    Fn3<A, B, C, R, RuntimeException> asFunction();
}
