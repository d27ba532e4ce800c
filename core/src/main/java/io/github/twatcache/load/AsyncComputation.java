package io.github.twatcache.load;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
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

    /**
     * Is told of its call, before anything is begun.
     *
     * @param call what the caller holds; cancelling it gives up for him alone
     */
    default void called(Future<?> call) {}

    /**
     * Is told that its call has joined a load, and waits for that instead.
     *
     * @param running what the load runs
     */
    default void joins(AsyncComputation running) {}

    /** Is told that nobody wants to know the outcome any more: also while it begins, when there is no stage to be cancelled. */
    default void abandoned() {}

    /**
     * What is run where the value is computed anew in the background, after the call was answered.
     *
     * @return the same function, for nobody in particular
     */
    default AsyncComputation inBackground() {
        return this;
    }
}
