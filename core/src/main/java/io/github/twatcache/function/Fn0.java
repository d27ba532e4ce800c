package io.github.twatcache.function;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A function without arguments that may throw one kind of checked exception.
 *
 * <p>It is {@link Serializable} for one reason only: so that a lambda or a method reference tells which method it
 * stands for and what it has captured. Nothing of it is ever written or read through Java serialization.
 *
 * @param <R> the type of the result
 * @param <X> what the function throws; {@link RuntimeException} is inferred where it declares nothing
 */
@FunctionalInterface
public interface Fn0<R extends @Nullable Object, X extends Exception> extends Serializable {
    /**
     * Computes the result.
     *
     * @return the result, which may be {@code null}
     * @throws X when the computation fails
     */
    R apply() throws X;
}
