package io.github.twatcache.function;

import java.io.Serializable;
import java.util.concurrent.Flow;

/**
 * A function of no arguments that returns a publisher.
 *
 * <p>It is {@link Serializable} for one reason only: so that a lambda or a method reference tells which method it
 * stands for and what it has captured. Nothing of it is ever written or read through Java serialization.
 *
 * @param <T> the type of the elements
 */
@FunctionalInterface
public interface PublisherFn0<T> extends Serializable {
    /**
     * Makes the publisher.
     *
     * @return a publisher that brings the elements to one subscriber and completes; never {@code null}
     * @throws Exception when it cannot be made
     */
    Flow.Publisher<T> apply() throws Exception;
}
