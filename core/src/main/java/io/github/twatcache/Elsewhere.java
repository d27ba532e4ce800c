package io.github.twatcache;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.AsyncSettings;
import io.github.twatcache.load.Carrying;
import io.github.twatcache.spi.ContextCarrier;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs operations of one cache for callers that do not wait: at once, on their thread, where the engine does not block; else
 * in the background. Whatever they throw, the future ends with.
 */
final class Elsewhere {
    private final CacheCore core;
    private final AsyncSettings settings;

    Elsewhere(CacheCore core, AsyncSettings settings) {
        this.core = core;
        this.settings = settings;
    }

    /** An operation that may throw. */
    @FunctionalInterface
    interface Operation<T extends @Nullable Object> {
        T run() throws Exception;
    }

    /** Runs an operation on one key, which is fixed at once: what it was made of may change before the operation runs. */
    <T extends @Nullable Object> CompletableFuture<T> of(Object raw, Function<Object, T> operation) {
        try {
            if (!settings.blocks()) {
                return CompletableFuture.completedFuture(operation.apply(raw));
            }
            Object settled = core.keys.settled(raw);
            return run(() -> operation.apply(settled));
        } catch (Throwable refused) {
            return failed(refused);
        }
    }

    /** An operation that may return null. */
    @FunctionalInterface
    interface Maybe {
        @Nullable Object run() throws Exception;
    }

    /** Runs an operation that may return null. */
    CompletableFuture<?> maybe(Maybe operation) {
        return run(() -> Cast.<Object>to(operation.run()));
    }

    /** Runs an operation. */
    <T extends @Nullable Object> CompletableFuture<T> run(Operation<T> operation) {
        try {
            if (!settings.blocks()) {
                return CompletableFuture.completedFuture(operation.run());
            }
            core.inFlight.requireOpen();
            core.inFlight.refuseWithinTransaction("asynchronous calls");
            ContextCarrier.Carried context = settings.context().capture();
            CompletableFuture<T> future = new CompletableFuture<>();
            settings.background().execute(() -> {
                try {
                    Carrying.within(context, () -> settle(future, operation));
                } catch (Throwable failed) {
                    future.completeExceptionally(failed);
                }
            });
            return future;
        } catch (RejectedExecutionException full) {
            return CompletableFuture.failedFuture(new LoadRejectedException(
                    "an operation of cache '" + core.name()
                            + "' was not begun: the executor takes no more work (from code);"
                            + " give it a longer queue, or ask for less at once",
                    full));
        } catch (Throwable refused) {
            return failed(refused);
        }
    }

    /** What runs a step in the background when it is run, in the context of the thread that asks now. */
    Runnable later(Runnable step, Consumer<Throwable> failed) {
        ContextCarrier.Carried context = settings.context().capture();
        return () -> core.async.elsewhere(context, step, failed);
    }

    private void settle(CompletableFuture<?> future, Operation<?> operation) {
        try {
            settings.begins().run();
            complete(future, operation.run());
        } catch (Throwable thrown) {
            future.completeExceptionally(thrown);
        }
    }

    @SuppressWarnings("unchecked") // the operation's result is what the future was made for
    private static void complete(CompletableFuture<?> future, @Nullable Object result) {
        ((CompletableFuture<@Nullable Object>) future).complete(result);
    }

    private static <T extends @Nullable Object> CompletableFuture<T> failed(Throwable refused) {
        Thrown.passUnlessFailure(refused);
        return CompletableFuture.failedFuture(refused);
    }
}
