package io.github.twatcache.load;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The runs of a bulk function that answers with a stage: with leave to use the source, again where one has failed and is to be
 * tried again, and to one conclusion. As in {@link Stages} no thread waits: what must wait goes on in the background.
 */
final class BulkRuns {
    /** What the runs come to: one of these, once, on a thread that may store. */
    interface Conclusion {
        /** The last stage has ended. */
        void computed(@Nullable Map<?, ?> values, @Nullable Throwable thrown);

        /** The function cannot be run, or not again. */
        void refused(Throwable why);

        /** A stage has ended that nobody wants to know of any more. */
        void abandoned();
    }

    private final AsyncLoads async;
    private final InFlight inFlight;
    private final Tally tally;
    private final @Nullable SourceGuard source;
    private final @Nullable Attempts attempts;
    private final Unowned group;
    private final ContextCarrier.@Nullable Carried context;
    private final Callable<CompletionStage<? extends Map<?, ?>>> function;
    private final Conclusion conclusion;

    private final AtomicReference<SourceGuard.@Nullable Leave> leave = new AtomicReference<>();
    private @Nullable CompletionStage<? extends Map<?, ?>> stage;
    private boolean queues;
    private int made;

    /** How many attempts have come to their end: each does so once, whatever its stage does. */
    private final AtomicInteger over = new AtomicInteger();

    private boolean timed;
    private long start;
    private Events.@Nullable Span span;

    BulkRuns(
            AsyncLoads async,
            InFlight inFlight,
            Unowned group,
            ContextCarrier.@Nullable Carried context,
            Callable<CompletionStage<? extends Map<?, ?>>> function,
            Conclusion conclusion) {
        this.async = async;
        this.inFlight = inFlight;
        this.tally = inFlight.tally();
        this.source = inFlight.source();
        this.attempts = inFlight.attempts();
        this.group = group;
        this.context = context;
        this.function = function;
        this.conclusion = conclusion;
    }

    /**
     * Runs the function on a thread that works on the group, if there is leave at once.
     *
     * @param waits whether a place at the source is to be waited for; not where there is another answer
     * @throws Exception what the function throws, where it is not tried again; or that there is no leave
     */
    void begin(boolean waits) throws Exception {
        if (source == null || admitted(source.admitNow(group, waits))) {
            stage = computing();
        } else {
            queues = true;
        }
    }

    /** Whether it {@linkplain #goOn goes on}, to its conclusion. */
    boolean begun() {
        return stage != null || (queues && !group.abandoned());
    }

    /** Goes on, after the thread has released the group. */
    void goOn() {
        CompletionStage<? extends Map<?, ?>> running = stage;
        stage = null;
        if (running != null) {
            follow(running);
        } else if (source != null) {
            SourceGuard guard = source;
            group.whenAbandoned(async.whenPlaced(guard, context, () -> placed(guard), this::lost));
        }
    }

    private boolean admitted(SourceGuard.@Nullable Leave given) {
        leave.set(given);
        return given != null;
    }

    private void giveBack(@Nullable Boolean failed) {
        SourceGuard.Leave given = leave.getAndSet(null);
        if (given != null) {
            given.giveBack(failed);
        }
    }

    private CompletionStage<? extends Map<?, ?>> computing() throws Exception {
        if (made == 0) {
            timed = tally.full() || inFlight.timed();
            start = timed ? inFlight.now() : 0;
            span = tally.events().load();
        }
        made++;
        try {
            return function.call();
        } catch (Exception thrown) {
            if (attempts == null) {
                throw thrown;
            }
            // As though a stage had failed: it may be tried again.
            return CompletableFuture.failedFuture(thrown);
        }
    }

    private void placed(SourceGuard guard) {
        if (group.abandoned()) {
            guard.notUsed();
            return;
        }
        step(() -> {
            leave.set(guard.admitInPlace(group));
            return computing();
        });
    }

    private void anew() {
        if (group.abandoned()) {
            giveBack(null);
            return;
        }
        step(this::computing);
    }

    private void step(Callable<CompletionStage<? extends Map<?, ?>>> begins) {
        CompletionStage<? extends Map<?, ?>> running;
        group.adopt();
        try {
            running = begins.call();
        } catch (Throwable failed) {
            lost(failed);
            return;
        } finally {
            group.release();
        }
        follow(running);
    }

    /** There is no leave to compute, or no thread to do it. */
    private void lost(Throwable why) {
        if (group.finish()) {
            async.apart(() -> conclusion.refused(why));
        }
    }

    private void follow(CompletionStage<? extends Map<?, ?>> running) {
        int attempt = over.get();
        group.runs(running);
        try {
            running.whenComplete((values, thrown) -> arrived(attempt, values, thrown));
        } catch (Throwable failed) {
            arrived(attempt, null, failed);
        }
    }

    private void arrived(int attempt, @Nullable Map<?, ?> values, @Nullable Throwable how) {
        if (!over.compareAndSet(attempt, attempt + 1)) {
            return;
        }
        Throwable thrown = Stages.original(how);
        if (triedAgain(thrown)) {
            return;
        }
        boolean abandoned = group.abandoned();
        giveBack(abandoned ? null : thrown == null ? Boolean.FALSE : Loads.sourceFailed(new Ending.Failure(thrown)));
        if (group.finish()) {
            async.store(() -> conclusion.computed(values, thrown));
        } else if (abandoned) {
            async.store(conclusion::abandoned);
        }
    }

    /** Has it computed again after a pause, if that may be. */
    private boolean triedAgain(@Nullable Throwable thrown) {
        if (thrown == null || attempts == null || group.abandoned() || !attempts.again(thrown, made)) {
            return false;
        }
        Alarms.Alarm unused =
                async.alarms().after(attempts.pause(made), () -> async.elsewhere(context, this::anew, this::lost));
        return true;
    }

    /** Takes note of the values, which have been computed for these loads. */
    void loaded(Collection<? extends Load> loads, boolean renewed) {
        long cost = nanos();
        if (inFlight.stale().freshness().measures()) {
            loads.forEach(load -> load.costNanos = cost);
        }
        tally.loaded(tally.full() ? cost : 0);
        if (span != null) {
            group.later(span.loaded(keys(loads), renewed));
        }
    }

    /** Takes note that nothing was computed for these loads; gives the leave back that there may be. */
    void failed(Collection<? extends Load> loads, boolean renewed, Throwable thrown) {
        giveBack(Loads.sourceFailed(new Ending.Failure(thrown)));
        if (!(thrown instanceof LoadRejectedException)) {
            tally.failed(tally.full() ? nanos() : 0);
            if (span != null) {
                group.later(span.failed(keys(loads), renewed, thrown));
            }
        }
    }

    private long nanos() {
        return timed ? inFlight.now() - start : 0;
    }

    private static List<Object> keys(Collection<? extends Load> loads) {
        return loads.stream().map(load -> load.key).toList();
    }
}
