package io.github.twatcache.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function of six arguments: five arguments and a result, for the typed options of functions of five. Nothing of six
 * arguments is memoized.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <F> the type of the sixth argument
 * @param <R> the type of the result
 * @param <X> what the function throws; {@link RuntimeException} is inferred where it declares nothing
 */
@FunctionalInterface
public interface Fn6<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                F extends @Nullable Object,
                R extends @Nullable Object,
                X extends Exception>
        extends Serializable {
    /**
     * Computes the result.
     *
     * @param a the first argument
     * @param b the second argument
     * @param c the third argument
     * @param d the fourth argument
     * @param e the fifth argument
     * @param f the sixth argument
     * @return the result
     * @throws X when the computation fails
     */
    R apply(A a, B b, C c, D d, E e, F f) throws X;
}
