package io.github.twatcache.function;

import java.io.Serializable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A function of five arguments that answers with a stage.
 *
 * <p>It is {@link Serializable} for one reason only: so that a lambda or a method reference tells which method it
 * stands for and what it has captured. Nothing of it is ever written or read through Java serialization.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <R> the type of the value that the stage ends with
 */
@FunctionalInterface
public interface AsyncFn5<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                R extends @Nullable Object>
        extends Serializable {
    /**
     * Begins to compute the result.
     *
     * @param a the first argument; {@code null} is a value like any other
     * @param b the second argument; {@code null} is a value like any other
     * @param c the third argument; {@code null} is a value like any other
     * @param d the fourth argument; {@code null} is a value like any other
     * @param e the fifth argument; {@code null} is a value like any other
     * @return a stage that ends with the result, which may be {@code null}; never {@code null} itself
     * @throws Exception when the computation cannot be begun
     */
    CompletionStage<R> apply(A a, B b, C c, D d, E e) throws Exception;
}
