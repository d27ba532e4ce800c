package io.github.twatcache.function;

import java.io.Serializable;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A function of no arguments that answers with a stage.
 *
 * <p>It is {@link Serializable} for one reason only: so that a lambda or a method reference tells which method it
 * stands for and what it has captured. Nothing of it is ever written or read through Java serialization.
 *
 * @param <R> the type of the value that the stage ends with
 */
@FunctionalInterface
public interface AsyncFn0<R extends @Nullable Object> extends Serializable {
    /**
     * Begins to compute the result.
     *
     * @return a stage that ends with the result, which may be {@code null}; never {@code null} itself
     * @throws Exception when the computation cannot be begun
     */
    CompletionStage<R> apply() throws Exception;
}
