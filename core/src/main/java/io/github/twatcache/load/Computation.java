package io.github.twatcache.load;

import org.jspecify.annotations.Nullable;

/** The user's function, applied to the arguments of one call. */
@FunctionalInterface
public interface Computation {
    /**
     * Runs the function.
     *
     * @return its result
     * @throws Exception whatever it throws
     */
    @Nullable Object run() throws Exception;
}
