package io.github.twatcache.disk.sqlite;

import org.jspecify.annotations.Nullable;

/**
 * The body of a transaction.
 *
 * @param <R> what comes of it
 * @param <X> what it throws
 */
@FunctionalInterface
public interface Body<R extends @Nullable Object, X extends Exception> {
    /**
     * Does it.
     *
     * @return what comes of it
     * @throws X to undo it
     */
    R run() throws X;
}
