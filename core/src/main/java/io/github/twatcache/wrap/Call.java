package io.github.twatcache.wrap;

import org.jspecify.annotations.Nullable;

/** A method of a wrapped interface as something to be called. Written by {@code wrap}, for the classes that it spins. */
@FunctionalInterface
public interface Call {
    /**
     * Calls it.
     *
     * @param arguments one for each parameter, primitives boxed
     * @return the result, boxed; {@code null} of a void method
     * @throws Throwable exactly what the method throws
     */
    @Nullable Object call(@Nullable Object[] arguments) throws Throwable;
}
