package io.github.twatcache.load;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes what is missing for callers that do not wait, by functions that answer with a stage. The table of what is in
 * flight is the one of {@link Loads}: callers that wait and callers that do not join each other's loads.
 *
 * <p><b>Threads.</b> Where the engine does not block, a load begins on its caller's thread, and its value is stored on the
 * thread that completes the stage. Where it does, both happen in the background. What has to be tried anew is tried in the
 * background in any case: the thread that says so is somebody else's.
 */
public final class AsyncLoads {
    private final Loads loads;
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Tally tally;
    private final AsyncSettings settings;

    /**
     * Creates the loading for callers that do not wait.
     *
     * @param loads the loading of the same cache for those that do
     * @param settings how to load
     */
    public AsyncLoads(Loads loads, AsyncSettings settings) {
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.store = loads.store();
        this.tally = inFlight.tally();
        this.settings = settings;
    }

    /**
     * Answers a call: from the store, or by the load that is running, or by one of its own.
     *
     * @param raw the key of the call
     * @param computation the function, run at most once
     * @param judge decides on what terms the value is kept
     * @return a future of the caller's own: the value, not masked, or exactly what the function failed with
     */
    public CompletableFuture<@Nullable Object> load(Object raw, AsyncComputation computation, Judge judge) {
        return begin(raw, computation, judge, false);
    }

    /**
     * Computes anew, after what may be running has ended, and replaces what is stored; as {@link Loads#refresh}.
     *
     * @param raw the key of the call
     * @param computation the function, run at most once
     * @param judge decides on what terms the value is kept
     * @return a future of the caller's own
     */
    public CompletableFuture<@Nullable Object> refresh(Object raw, AsyncComputation computation, Judge judge) {
        return begin(raw, computation, judge, true);
    }

    private CompletableFuture<@Nullable Object> begin(
            Object raw, AsyncComputation computation, Judge judge, boolean renews) {
        try {
            inFlight.requireOpen();
            Call call = new Call(this, inFlight.settled(raw), computation, judge, renews);
            if (settings.blocks()) {
                limit(call);
                go(context(), () -> attempt(call), call::fail);
            } else {
                attempt(call);
            }
            return call;
        } catch (Throwable refused) {
            Thrown.passUnlessFailure(refused);
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Goes on with a call in the background, in the context of its caller. */
    private void elsewhere(Call call, ContextCarrier.@Nullable Carried context) {
        elsewhere(context, () -> attempt(call), call::fail);
    }

    /**
     * Runs a step in the background, in the context of its caller.
     *
     * @param context the context; {@code null} for none
     * @param step the step
     * @param failed receives what the step throws, or why it cannot be run
     */
    public void elsewhere(ContextCarrier.@Nullable Carried context, Runnable step, Consumer<Throwable> failed) {
        try {
            settings.background().execute(() -> {
                try {
                    settings.begins().run();
                    if (context == null) {
                        step.run();
                    } else {
                        within(context, step);
                    }
                } catch (Throwable thrown) {
                    failed.accept(thrown);
                }
            });
        } catch (IllegalStateException closed) {
            failed.accept(closed);
        } catch (RejectedExecutionException full) {
            failed.accept(
                    inFlight.closed()
                            ? new IllegalStateException(
                                    "cache '" + inFlight.cache() + "' is closed; open a new one", full)
                            : new LoadRejectedException(
                                    "a load of cache '" + inFlight.cache()
                                            + "' was not begun: the executor takes no more"
                                            + " work (from code); give it a longer queue, or load less at once",
                                    full));
        }
    }

    /** A carrier that leaves its task out would leave a caller without an answer. */
    private static void within(ContextCarrier.Carried context, Runnable step) {
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

    /** Runs a step where the engine may be asked: here, or in the background. */
    void go(ContextCarrier.@Nullable Carried context, Runnable step, Consumer<Throwable> failed) {
        if (settings.blocks()) {
            inFlight.refuseWithinTransaction("asynchronous calls");
            elsewhere(context, step, failed);
        } else {
            step.run();
        }
    }

    /** Runs what stores: here, or where it may block. Those who wait must be answered, so it runs in any case. */
    void store(Runnable conclusion) {
        if (!settings.blocks()) {
            conclusion.run();
            return;
        }
        try {
            settings.storing().execute(() -> {
                settings.begins().run();
                conclusion.run();
            });
        } catch (RejectedExecutionException | IllegalStateException refused) {
            // A cache that is closed stores nothing, so this does not block.
            conclusion.run();
        }
    }

    ContextCarrier.@Nullable Carried context() {
        return settings.context().capture();
    }

    boolean cancels() {
        return settings.cancels();
    }

    @Nullable Object arriving(@Nullable Object value) {
        return settings.arriving().apply(value);
    }

    /**
     * Answers a call for many keys.
     *
     * @param <R> what the values are made into
     * @param raws the keys, each once
     * @param computation the bulk function
     * @param masked makes a masked key of the user's
     * @param judges decide on what terms the values are kept
     * @param result makes what the caller gets of the masked values by the keys as they were asked for
     * @return a future of the caller's own
     */
    public <R> CompletableFuture<R> loadAll(
            Set<Object> raws,
            AsyncBulk.Computation computation,
            UnaryOperator<Object> masked,
            BulkLoad.Judges judges,
            Function<Map<Object, Object>, R> result) {
        return new AsyncBulk<>(this, loads, computation, masked, judges, result).begin(raws);
    }

    private void attempt(Call call) {
        try {
            if (settings.blocks() && !call.renews && answered(call)) {
                return;
            }
            while (!call.isDone()) {
                inFlight.requireOpen();
                Unowned mine = new Unowned(inFlight, call.key);
                mine.renews = call.renews;
                Load other = loads.announce(mine);
                if (other == null) {
                    run(mine, call);
                    return;
                } else if ((!call.renews && answered(call)) || joined(call, other)) {
                    return;
                }
            }
        } catch (Throwable failed) {
            call.fail(failed);
        }
    }

    /** Answers from the store, where there is an answer. */
    private boolean answered(Call call) {
        Object value = inFlight.find(store, call.key);
        if (value == null) {
            return false;
        }
        loads.hit(call.counted);
        call.answer(Nil.unmask(value));
        return true;
    }

    /** Has a call told of another's load; fails where that is over, or given up. */
    private boolean joined(Call call, Load other) {
        if (other.ending() != null) {
            inFlight.withdraw(other);
            return false;
        }
        Chain.refuseItself(call.inside, other);
        if (!other.joins()) {
            return false;
        }
        if (!call.renews) {
            missed(call);
        }
        tally.waited();
        limit(call);
        watch(other);
        call.waits(other, true, call.context() == null ? settings.context().capture() : call.context());
        other.hear(call);
        call.leaveIfCancelled();
        return true;
    }

    /** Sees to it that somebody is told when a wait for a load takes long. */
    void watch(Load other) {
        if (other.watchedFirst()) {
            Suspicion suspicion = new Suspicion(other);
            suspicion.alarm = settings.alarms().after(Waiting.SUSPICIOUS, suspicion);
            other.hear(suspicion);
        }
    }

    private void missed(Call call) {
        if (!call.counted) {
            call.counted = true;
            tally.miss(call.key);
        }
    }

    /** Bounds how long a call waits, from its beginning. */
    private void limit(Call call) {
        Duration timeout = inFlight.timeout();
        if (timeout != null && !call.timed()) {
            call.timeout(settings.alarms().after(Waiting.nanos(timeout), () -> {
                Load load = call.load();
                if (!call.isDone()) {
                    call.completeExceptionally(
                            load == null
                                    ? new LoadTimeoutException("waited for load-timeout for " + name(call.key)
                                            + ", which has not been begun; give the executor more threads, or raise"
                                            + " load-timeout")
                                    : Waiting.late(load, timeout));
                }
            }));
        }
    }

    /** Bounds how long the caller of a bulk load waits. */
    void limit(CompletableFuture<?> future, String what) {
        Duration timeout = inFlight.timeout();
        if (timeout != null) {
            Alarms.Alarm alarm = settings.alarms()
                    .after(
                            Waiting.nanos(timeout),
                            () -> future.completeExceptionally(
                                    new LoadTimeoutException("waited " + Durations.format(timeout)
                                            + " (load-timeout) for " + what
                                            + "; raise load-timeout, or find out what keeps its function")));
            CompletableFuture<?> unused = future.whenComplete((done, thrown) -> alarm.cancel());
        }
    }

    /** Tells of a wait that takes long, unless the load ends before. */
    private final class Suspicion implements Load.Listener, Runnable {
        private final Load load;
        private Alarms.@Nullable Alarm alarm;

        Suspicion(Load load) {
            this.load = load;
        }

        @Override
        public void run() {
            if (load.ending() == null) {
                inFlight.waiting().warn(load, null);
            }
        }

        @Override
        public void ended(Ending ending) {
            if (alarm != null) {
                alarm.cancel();
            }
        }

        @Override
        public boolean gone() {
            return false;
        }
    }

    /** Runs the load that was just announced. From here on it must end, or have a stage that it ends with. */
    private void run(Unowned mine, Call call) {
        Running running = new Running(mine, call.judge, call.renews);
        Ending ending = Ending.TRY_ANEW;
        CompletionStage<?> stage = null;
        try {
            mine.adopt();
            call.waits(mine, false, null);
            limit(call);
            mine.hear(call);
            call.leaveIfCancelled();
            Ending known = mine.abandoned() ? ending : call.renews ? null : known(running, call);
            if (known == null) {
                prepare(running);
                running.start = tally.full() || inFlight.timed() ? System.nanoTime() : 0;
                stage = stage(call);
            } else {
                ending = known;
            }
        } catch (FunctionFailed failed) {
            ending = failed(running, failed.thrown, interrupted(failed.thrown));
            if (ending == Ending.TRY_ANEW) {
                call.fail(failed.thrown);
            }
            // Else it is told with the others, once the load has ended: a call after that must not join it.
        } catch (Throwable failed) {
            // Those who wait try for themselves: it is not the function that has failed.
            call.fail(failed);
        } finally {
            if (stage == null) {
                running.close();
            }
            if (stage == null && mine.finish()) {
                inFlight.end(mine, ending);
            } else {
                mine.release();
            }
        }
        if (stage != null) {
            follow(stage, running);
        }
    }

    /** The ending of a load that need not be run, if it is known already; the call is answered then. */
    private @Nullable Ending known(Running running, Call call) {
        Object key = running.load.key;
        Object stored = inFlight.find(store, key);
        if (stored != null) {
            loads.hit(call.counted);
            return found(call, stored);
        }
        missed(call);
        Throwable kept = inFlight.failures().of(key);
        if (kept != null) {
            call.fail(kept);
            return new Ending.Failure(kept);
        }
        Leasing leasing = loads.leasing();
        Leases.Claim claim = leasing == null ? null : loads.claim(key, leasing);
        if (claim instanceof Leases.Found there) {
            tally.joined();
            return found(call, there.value());
        }
        running.lease = leasing == null ? null : leasing.lease(running.load, claim);
        running.load.lease = running.lease;
        return null;
    }

    private Ending found(Call call, Object masked) {
        Object value = Nil.unmask(masked);
        call.answer(value);
        return loads.found(value);
    }

    private void prepare(Running running) {
        if (running.renews) {
            Entry seen = store.entry(running.load.key);
            running.guard = seen == null ? Guard.ABSENT : Guard.seen(seen.mark());
            tally.refreshed();
        } else if (running.lease == null) {
            running.guard = inFlight.guard(store, running.load.key);
        }
    }

    private CompletionStage<?> stage(Call call) throws FunctionFailed {
        try {
            CompletionStage<?> stage = call.computation.begin();
            if (stage == null) {
                throw new NullPointerException("the function of cache '" + inFlight.cache()
                        + "' returned null in the place of a stage; return CompletableFuture.completedFuture(null) for a"
                        + " value that is null");
            }
            return stage;
        } catch (Throwable thrown) {
            throw new FunctionFailed(thrown);
        }
    }

    /** Tells what the function threw apart from what else may. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class FunctionFailed extends Exception {
        private final Throwable thrown;

        FunctionFailed(Throwable thrown) {
            super(null, null, false, false);
            this.thrown = thrown;
        }
    }

    private static boolean interrupted(Throwable thrown) {
        return Loads.interrupted(new Ending.Failure(thrown));
    }

    private void follow(CompletionStage<?> stage, Running running) {
        running.load.runs(stage);
        try {
            Load wanted = stage instanceof Call call ? call.load() : null;
            if (wanted != null) {
                // Of all stages the one of ours tells what it waits for.
                Chain.waits(running.load, wanted);
            }
            stage.whenComplete((value, thrown) -> arrived(running, value, thrown));
        } catch (Throwable failed) {
            arrived(running, null, failed);
        }
    }

    /** A stage has come to its end: for the first time, that is, and while somebody wants to know. */
    private void arrived(Running running, @Nullable Object value, @Nullable Throwable thrown) {
        if (!running.load.finish()) {
            if (running.load.abandoned()) {
                store(running::close);
            }
            return;
        }
        store(() -> conclude(running, value, original(thrown)));
    }

    /** What a function failed with, without what the JDK wraps around it on the way. */
    static @Nullable Throwable original(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        return cause == null ? thrown : cause;
    }

    private void conclude(Running running, @Nullable Object value, @Nullable Throwable thrown) {
        Ending ending = Ending.TRY_ANEW;
        running.load.adopt();
        try {
            if (thrown == null) {
                Object kept = settings.arriving().apply(value);
                ending = new Ending.Value(kept);
                running.load.costNanos = running.nanos();
                tally.loaded(tally.full() ? running.load.costNanos : 0);
                keep(running, kept);
            } else {
                ending = failed(running, thrown, false);
            }
        } catch (Throwable failed) {
            // Storing throws nothing but errors of the JVM; the value is there all the same.
            ending = ending == Ending.TRY_ANEW ? new Ending.Failure(failed) : ending;
        } finally {
            try {
                running.close();
            } finally {
                inFlight.end(running.load, ending);
            }
        }
    }

    private void keep(Running running, @Nullable Object value) {
        boolean kept = loads.keeping().keep(running.load, value, running.judge, running.guard, running.lease);
        if (running.renews && !kept) {
            loads.giveUp(running.load, running.guard == Guard.ABSENT ? null : running.guard);
        }
    }

    private Ending failed(Running running, Throwable thrown, boolean interrupted) {
        tally.failed(tally.full() ? running.nanos() : 0);
        if (interrupted) {
            // An owner that was interrupted speaks for itself alone: those who wait elect a new owner.
            return Ending.TRY_ANEW;
        }
        if (running.load.commit()) {
            inFlight.failures().keep(running.load.key, thrown);
        }
        return new Ending.Failure(thrown);
    }

    /** A call's load has ended; {@code another} is the load where it was not the call's own. */
    void told(Call call, @Nullable Load another, Ending ending) {
        // A refresh shares the end of a load only where that is a refresh, and has begun after it.
        boolean shares =
                !call.renews || another == null || (call.older != null && call.older != another && another.renews);
        if (shares && ending instanceof Ending.Value known) {
            count(call, another);
            call.answer(known.value());
        } else if (shares && ending instanceof Ending.Failure failed) {
            count(call, another);
            call.fail(failed.thrown());
        } else {
            call.older = call.older == null ? another : call.older;
            elsewhere(call, call.context());
        }
    }

    private void count(Call call, @Nullable Load another) {
        if (another != null && !call.renews) {
            tally.joined();
        }
    }

    void waitedFor(long nanos) {
        tally.waitedFor(nanos);
    }

    @Nullable Object handed(@Nullable Object value) {
        return settings.handing().apply(value);
    }

    /** One of those who wanted to know the outcome of a load does not any more. */
    void leaves(Load load) {
        if (settings.cancels() && load instanceof Unowned given && given.leaves()) {
            if (given.finish()) {
                inFlight.abandon(given);
                Lease lease = given.lease;
                if (lease != null) {
                    store(lease::close);
                }
            }
            given.abandon();
        }
    }

    private String name(Object key) {
        return inFlight.cache() + "[" + inFlight.digest(key) + "]";
    }
}
