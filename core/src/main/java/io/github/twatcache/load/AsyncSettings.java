package io.github.twatcache.load;

import io.github.twatcache.spi.ContextCarrier;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a cache loads for callers that do not wait.
 *
 * @param blocks whether the engine may block its caller, so that it is asked on threads of the background
 * @param background runs what may block, and what is tried anew
 * @param storing runs what stores, where the engine blocks: apart, since what runs in the background may wait for it
 * @param cancels whether a stage is cancelled when nobody wants its value any more
 * @param alarms tell when a wait has been long enough
 * @param context carries what belongs to the caller's thread
 * @param begins said on each thread of the background before it asks the engine
 * @param arriving what becomes of a value before it is kept
 * @param handing what becomes of a value before it is handed out
 */
public record AsyncSettings(
        boolean blocks,
        Executor background,
        Executor storing,
        boolean cancels,
        Alarms alarms,
        ContextCarrier context,
        Runnable begins,
        UnaryOperator<@Nullable Object> arriving,
        UnaryOperator<@Nullable Object> handing) {}
