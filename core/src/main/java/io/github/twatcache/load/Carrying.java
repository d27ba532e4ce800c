package io.github.twatcache.load;

import io.github.twatcache.spi.ContextCarrier;
import org.jspecify.annotations.Nullable;

/** Steps that run on another thread, in the context of whoever has asked for them. */
public final class Carrying {
    private Carrying() {}

    /**
     * Runs a step in a context. A carrier that leaves its task out would leave a caller without an answer.
     *
     * @param context the context; {@code null} for none
     * @param step the step
     * @throws IllegalStateException when the carrier has not run it
     */
    public static void within(ContextCarrier.@Nullable Carried context, Runnable step) {
        if (context == null) {
            step.run();
            return;
        }
        boolean[] ran = new boolean[1];
        context.run(() -> {
            ran[0] = true;
            step.run();
        });
        if (!ran[0]) {
            throw new IllegalStateException(
                    "a ContextCarrier (from code) has not run the task that it was given; run it before returning");
        }
    }
}
