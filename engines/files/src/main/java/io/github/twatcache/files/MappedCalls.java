package io.github.twatcache.files;

import io.github.twatcache.Cached;
import io.github.twatcache.Cached0;
import io.github.twatcache.Cached1;
import io.github.twatcache.Cached2;
import io.github.twatcache.Cached3;
import io.github.twatcache.Cached4;
import io.github.twatcache.Cached5;
import io.github.twatcache.Shelf;
import io.github.twatcache.error.ValueException;
import io.github.twatcache.files.npy.MappedArray;
import io.github.twatcache.files.npy.Npy;
import io.github.twatcache.files.store.Interrupts;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.key.CallKey;
import org.jspecify.annotations.Nullable;

/**
 * Calls of memoized functions that return arrays, answered with the arrays mapped.
 *
 * <pre>{@code
 * Cached1<Integer, double[], RuntimeException> field = twat.files("field").memoize(Simulation::run);
 * Fn1<Integer, MappedArray, RuntimeException> mapped = MappedCalls.of(field);
 * try (MappedArray found = mapped.apply(42)) {
 *     double first = found.getDouble(0);
 * }
 * }</pre>
 *
 * <p>Both share their entries: the same key, the same file, the same statistics. A call of which the result is stored maps the
 * file, and copies nothing; its content is not looked at before {@link MappedArray#verify} is called. Any other call computes
 * and stores, once for all who ask for it either way, and then maps what was stored. The function has the whole array on the
 * heap while it computes; one whose results are too large for that returns a {@link MappedArray} itself. Each caller gets an
 * array of his own to close.
 *
 * <p><b>What cannot be mapped where it lies</b>, because it is compressed or signed, or was not stored, or is kept by another
 * engine, is read, and written to a temporary file that is gone with the array, as {@link Npy#mapped} does.
 *
 * <p>What is returned throws what the memoized function throws; {@link ValueException} when the result is nothing that
 * {@link Npy#fits}, such as null; {@link io.github.twatcache.error.PathException} when a temporary file is needed and cannot
 * be written. Thread-safe.
 */
public final class MappedCalls {
    private MappedCalls() {}

    /**
     * Calls of a function of no arguments with mapped results.
     *
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <X extends Exception> Fn0<MappedArray, X> of(Cached0<?, X> function) {
        return () -> mapped(function, function.key(), function);
    }

    /**
     * Calls of a function of one argument with mapped results.
     *
     * @param <A> the type of the first argument
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <A extends @Nullable Object, X extends Exception> Fn1<A, MappedArray, X> of(
            Cached1<A, ?, X> function) {
        return a -> mapped(function, function.key(a), () -> function.apply(a));
    }

    /**
     * Calls of a function of two arguments with mapped results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <A extends @Nullable Object, B extends @Nullable Object, X extends Exception>
            Fn2<A, B, MappedArray, X> of(Cached2<A, B, ?, X> function) {
        return (a, b) -> mapped(function, function.key(a, b), () -> function.apply(a, b));
    }

    /**
     * Calls of a function of three arguments with mapped results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    X extends Exception>
            Fn3<A, B, C, MappedArray, X> of(Cached3<A, B, C, ?, X> function) {
        return (a, b, c) -> mapped(function, function.key(a, b, c), () -> function.apply(a, b, c));
    }

    /**
     * Calls of a function of four arguments with mapped results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    X extends Exception>
            Fn4<A, B, C, D, MappedArray, X> of(Cached4<A, B, C, D, ?, X> function) {
        return (a, b, c, d) -> mapped(function, function.key(a, b, c, d), () -> function.apply(a, b, c, d));
    }

    /**
     * Calls of a function of five arguments with mapped results.
     *
     * @param <A> the type of the first argument
     * @param <B> the type of the second argument
     * @param <C> the type of the third argument
     * @param <D> the type of the fourth argument
     * @param <E> the type of the fifth argument
     * @param <X> what the function throws
     * @param function the memoized function
     * @return the calls
     */
    public static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    X extends Exception>
            Fn5<A, B, C, D, E, MappedArray, X> of(Cached5<A, B, C, D, E, ?, X> function) {
        return (a, b, c, d, e) -> mapped(function, function.key(a, b, c, d, e), () -> function.apply(a, b, c, d, e));
    }

    private static <X extends Exception> MappedArray mapped(Cached function, CallKey key, Fn0<?, X> call) throws X {
        return Shelf.inForm(function, key, MappedArray.class, call, MappedCalls::copied);
    }

    private static MappedArray copied(@Nullable Object result) {
        if (result instanceof MappedArray mapped) {
            return mapped;
        }
        if (result == null || !Npy.fits(result)) {
            throw new ValueException((result == null
                            ? "the result is null"
                            : "the result is a " + result.getClass().getTypeName())
                    + ", which has no form as an .npy file and cannot be mapped; call the memoized function itself");
        }
        return Interrupts.apartFromMapping(() -> Npy.mapped(result));
    }
}
