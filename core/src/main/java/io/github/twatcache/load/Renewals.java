package io.github.twatcache.load;

import io.github.twatcache.failure.Thrown;
import io.github.twatcache.spi.ContextCarrier;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Computes values anew by functions that answer with a value, each when it is its turn at the source. Nobody waits for them,
 * so no thread of the background does: those who compute for others may need it.
 */
final class Renewals {
    private final Loads loads;
    private final InFlight inFlight;

    Renewals(Loads loads) {
        this.loads = loads;
        this.inFlight = loads.inFlight();
    }

    /** Computes a value, with the place at the source that was taken for it, or where there are none. */
    @FunctionalInterface
    interface InPlace {
        void run() throws Exception;
    }

    /**
     * Computes a value when there is a place at the source: now, or in the background, unless somebody has removed it by then.
     *
     * @param key the key, fit to be kept
     * @param source what gives places
     * @param step computes it, and gives the place back
     * @return what ends when that has ended; {@code null} where it has
     * @throws Exception whatever the step throws
     */
    @Nullable CompletionStage<?> run(Object key, SourceGuard source, InPlace step) throws Exception {
        if (source.takes()) {
            step.run();
            return null;
        }
        Alarms alarms = Objects.requireNonNull(inFlight.stale().alarms(), "a cache that keeps values has alarms");
        ContextCarrier.Carried context = inFlight.stale().context().capture();
        CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
        // Nobody gives a renewal up.
        Runnable unused = source.queue(
                alarms,
                () -> {
                    try {
                        inFlight.stale().background().execute(() -> placed(key, source, step, context, ended));
                    } catch (Throwable refused) {
                        source.notUsed();
                        ended.completeExceptionally(refused);
                    }
                },
                ended::completeExceptionally);
        return ended;
    }

    private void placed(
            Object key,
            SourceGuard source,
            InPlace step,
            ContextCarrier.@Nullable Carried context,
            CompletableFuture<@Nullable Void> ended) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Carrying.within(context, () -> {
                if (!inFlight.closed() && loads.keeps(key)) {
                    begun.set(true);
                    compute(step, ended);
                }
            });
            ended.complete(null);
        } catch (Throwable failed) {
            ended.completeExceptionally(failed);
            Thrown.passUnlessFailure(failed);
        } finally {
            if (!begun.get()) {
                source.notUsed();
            }
        }
    }

    private static void compute(InPlace step, CompletableFuture<?> ended) {
        try {
            step.run();
        } catch (Throwable failed) {
            ended.completeExceptionally(failed);
            if (failed instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }
}
