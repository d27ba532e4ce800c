package io.github.twatcache.load;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The user's function, applied to the arguments of one call, where it answers by a stage. */
@FunctionalInterface
public interface AsyncComputation {
    /**
     * Runs the function.
     *
     * @return its stage; {@code null}, which it must not be, is told to the caller
     * @throws Exception whatever it throws before there is a stage
     */
    @Nullable CompletionStage<? extends @Nullable Object> begin() throws Exception;
}
