package io.github.twatcache.load;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.failure.Patience;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final @Nullable Staleness staleness;
    private final TimeLimits limits;
    private final Stages stages;

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
        this.staleness = inFlight.staleness();
        this.limits = inFlight.limits();
        this.stages = new Stages(this, loads, settings);
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
            computation.called(call);
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
                    Carrying.within(context, step);
                } catch (Throwable thrown) {
                    failed.accept(thrown);
                }
            });
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
        } catch (Throwable closedOrBroken) {
            // Whatever the executor throws, as when no thread is to be had: somebody waits for the step.
            failed.accept(closedOrBroken);
        }
    }

    /**
     * Has a step run in the background as soon as there is a place at the source.
     *
     * @param source what gives places
     * @param context the context of the caller
     * @param step the step, which has the place
     * @param lost receives why the step is not run
     * @return gives up waiting; the step is not run then, if it has not been
     */
    Runnable whenPlaced(
            SourceGuard source,
            ContextCarrier.@Nullable Carried context,
            Runnable step,
            Consumer<? super Throwable> lost) {
        return source.queue(
                settings.alarms(),
                () -> {
                    AtomicBoolean ran = new AtomicBoolean();
                    Runnable once = () -> {
                        ran.set(true);
                        step.run();
                    };
                    elsewhere(context, once, failed -> {
                        lost.accept(failed);
                        // A step that was run has given its place back itself.
                        if (!ran.get()) {
                            source.notUsed();
                        }
                    });
                },
                lost::accept);
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
        if (settings.blocks()) {
            apart(conclusion);
        } else {
            conclusion.run();
        }
    }

    /**
     * Runs what somebody waits for, in any case, where it may block: on the threads that store, and here only where none of them
     * is to be had. So what ends futures from the thread of the alarms: what is attached to them runs with it, and other alarms
     * must not wait for that, nor those futures for an executor whose threads are all held up.
     *
     * @param conclusion what to run, once
     */
    public void apart(Runnable conclusion) {
        AtomicBoolean concluded = new AtomicBoolean();
        Runnable once = () -> {
            if (concluded.compareAndSet(false, true)) {
                conclusion.run();
            }
        };
        try {
            settings.storing().execute(() -> {
                try {
                    settings.begins().run();
                } finally {
                    once.run();
                }
            });
        } catch (Throwable refused) {
            // As when the cache is closed, which then stores nothing, or when no thread is to be had: the right to end
            // the load was taken, and nobody else will.
            once.run();
        }
    }

    /**
     * The context of the thread that asks.
     *
     * @return what carries it to another thread; {@code null} where there is nothing to carry
     */
    public ContextCarrier.@Nullable Carried context() {
        return settings.context().capture();
    }

    boolean cancels() {
        return settings.cancels();
    }

    Alarms alarms() {
        return settings.alarms();
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
            if (!call.renews && !call.counted() && answeredByWhatIsKept(call)) {
                return;
            }
            bound(call);
            while (!call.isDone()) {
                inFlight.requireOpen();
                Unowned mine = loadOf(call);
                Load other = loads.announce(mine);
                if (other == null) {
                    stages.run(mine, call);
                    return;
                } else if ((!call.renews && answered(call)) || joined(call, other)) {
                    return;
                }
            }
        } catch (Throwable failed) {
            call.fail(failed);
        }
    }

    /** Answers with what is due or stale, where that may be. */
    private boolean answeredByWhatIsKept(Call call) {
        Staleness.Answer answer = staleness == null
                ? null
                : staleness.answer(call.key, () -> renew(call.key, call.computation, call.judge));
        if (answer == null) {
            return false;
        }
        inFlight.requireOpen();
        call.answer(answer.value());
        return true;
    }

    /** Computes anew what is due or stale, unless somebody else computes it: what ends when that has, else {@code null}. */
    @Nullable CompletionStage<?> renew(Object key, AsyncComputation computation, Judge judge) {
        inFlight.requireOpen();
        Call call = new Call(this, key, computation.inBackground(), judge, true, true);
        Unowned mine = loadOf(call);
        if (loads.announce(mine) != null) {
            return null;
        }
        stages.run(mine, call);
        return call;
    }

    /** The load of a call, before it is announced. */
    private Unowned loadOf(Call call) {
        Unowned mine = new Unowned(inFlight, call.key);
        mine.renews = call.renews;
        mine.computation = call.computation;
        return mine;
    }

    /** Has a call be answered otherwise when its load takes too long. */
    private void bound(Call call) {
        if (!limits.any() || call.renews || call.bounded()) {
            return;
        }
        boolean kept = staleness != null && staleness.kept(call.key) != null;
        long nanos = limits.of(kept);
        if (nanos > 0) {
            bound(call, nanos, kept && limits.softNanos() > 0);
        }
    }

    private void bound(Call call, long nanos, boolean soft) {
        call.bound(settings.alarms().after(nanos, () -> apart(() -> lateOrFailed(call, soft))));
    }

    private void lateOrFailed(Call call, boolean soft) {
        try {
            late(call, soft);
        } catch (Throwable failed) {
            call.completeExceptionally(failed);
        }
    }

    /** Looked up now and not when the call began: what somebody has removed meanwhile is no answer. */
    private void late(Call call, boolean soft) {
        if (call.isDone()) {
            return;
        }
        StaleStore.Kept kept = staleness == null ? null : staleness.kept(call.key);
        if (soft && kept == null) {
            // There is no answer but the load's, which is waited for until the hard limit is over, or as long as it
            // takes.
            long left = limits.hardNanos() - limits.softNanos();
            if (limits.hardNanos() == 0) {
                return;
            } else if (left > 0) {
                bound(call, left, false);
                return;
            }
        }
        missed(call);
        tally.timedOut();
        boolean stale = kept != null && !kept.fresh();
        if (stale) {
            tally.stale();
        }
        if (kept == null) {
            call.completeExceptionally(Limited.late(name(call.key), limits));
        } else {
            call.answerLate(Nil.unmask(kept.entry().value()));
        }
        tellLate(call.key, stale);
    }

    /** Tells of a call that was late. */
    private void tellLate(Object key, boolean stale) {
        tell(() -> {
            tally.events().timedOut(key);
            if (stale) {
                tally.events().stale(key);
            }
        });
    }

    /** Tells a listener of something: not on the thread of the alarms, which others wait for. */
    void tell(@Nullable Runnable tell) {
        if (tell == null) {
            return;
        }
        if (!tally.events().listens()) {
            tell.run();
            return;
        }
        try {
            settings.background().execute(tell);
        } catch (Throwable refused) {
            // As when no thread is to be had.
            tell.run();
        }
    }

    /** Answers from the store, where there is an answer. */
    private boolean answered(Call call) {
        Object value = inFlight.find(store, call.key);
        if (value == null) {
            return false;
        }
        loads.hit(call.counted());
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
        limit(call);
        watch(other);
        call.waits(other, true, call.context() == null ? settings.context().capture() : call.context());
        AsyncComputation running = other instanceof Unowned given ? given.computation : null;
        if (running != null) {
            call.computation.joins(running);
        }
        // Counted when it has joined, and before it can be answered.
        tally.waited();
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

    void missed(Call call) {
        if (call.counts()) {
            loads.miss(call.key);
        }
    }

    /** Bounds how long a call waits, from its beginning. */
    void limit(Call call) {
        Duration timeout = inFlight.timeout();
        if (timeout != null && !call.timed() && !call.inBackground) {
            call.timeout(settings.alarms().after(Patience.nanos(timeout), () -> apart(() -> late(call, timeout))));
        }
    }

    private void late(Call call, Duration timeout) {
        Load load = call.load();
        if (!call.isDone()) {
            call.completeExceptionally(
                    load == null
                            ? new LoadTimeoutException("waited for load-timeout for " + name(call.key)
                                    + ", which has not been begun; give the executor more threads, or raise"
                                    + " load-timeout")
                            : Waiting.late(load, timeout));
        }
    }

    /** Bounds how long the caller of a bulk load waits. */
    void limit(CompletableFuture<?> future, String what) {
        Duration timeout = inFlight.timeout();
        if (timeout != null) {
            Alarms.Alarm alarm = settings.alarms()
                    .after(
                            Patience.nanos(timeout),
                            () -> apart(() -> future.completeExceptionally(
                                    new LoadTimeoutException("waited " + Durations.format(timeout)
                                            + " (load-timeout) for " + what
                                            + "; raise load-timeout, or find out what keeps its function"))));
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

    /** A call's load has ended; {@code another} is the load where it was not the call's own. */
    void told(Call call, @Nullable Load another, Ending how) {
        Ending ending = another == null || call.renews ? how : loads.joined(another, how);
        // A refresh shares the end of a load only where that is a refresh, and has begun after it.
        boolean shares =
                !call.renews || another == null || (call.older != null && call.older != another && another.renews);
        if (shares && ending instanceof Ending.Value known) {
            count(call, another);
            if (known.stale()) {
                tally.stale();
            }
            call.answer(another == null ? known.value() : loads.own(another, known));
            if (known.stale()) {
                // Its caller has the answer before anybody is told of it.
                tally.events().stale(call.key);
            }
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

    long now() {
        return inFlight.now();
    }

    /** A call is about to wait for another's load. */
    Events.@Nullable Span awaits() {
        return tally.events().await();
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
