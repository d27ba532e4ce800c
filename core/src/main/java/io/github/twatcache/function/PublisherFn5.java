package io.github.twatcache.function;

import java.io.Serializable;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * A function of five arguments that returns a publisher.
 *
 * <p>It is {@link Serializable} for one reason only: so that a lambda or a method reference tells which method it
 * stands for and what it has captured. Nothing of it is ever written or read through Java serialization.
 *
 * @param <A> the type of the first argument
 * @param <B> the type of the second argument
 * @param <C> the type of the third argument
 * @param <D> the type of the fourth argument
 * @param <E> the type of the fifth argument
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface PublisherFn5<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                T>
        extends Serializable {
    /**
     * Makes the publisher.
     *
     * @param a the first argument; {@code null} is a value like any other
     * @param b the second argument; {@code null} is a value like any other
     * @param c the third argument; {@code null} is a value like any other
     * @param d the fourth argument; {@code null} is a value like any other
     * @param e the fifth argument; {@code null} is a value like any other
     * @return a publisher that brings the elements to one subscriber and completes; never {@code null}
     * @throws Exception when it cannot be made
     */
    Flow.Publisher<T> apply(A a, B b, C c, D d, E e) throws Exception;
}
