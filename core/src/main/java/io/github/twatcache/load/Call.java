package io.github.twatcache.load;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.stats.Events;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One call that does not wait: the future that its caller holds, and what it takes to try anew.
 *
 * <p>It is nobody else's future, so that whoever cancels it gives up for himself alone.
 */
final class Call extends CompletableFuture<@Nullable Object> implements Load.Listener {
    final Object key;
    final AsyncComputation computation;
    final Judge judge;
    /** Whether it computes anew although a value is there. */
    final boolean renews;

    /** Whether it computes anew in the background, for nobody in particular. */
    final boolean inBackground;

    /** The load inside which it was made: that load's own function has made it. */
    final @Nullable Load inside = Chain.innermost();

    private volatile boolean counted;

    /** The first load that a renewing call had to wait for. Handed on with the call. */
    @Nullable Load older;

    private final AsyncLoads loads;

    /** The load that it waits for, and since when; none while it is tried anew. */
    private volatile @Nullable Load load;

    private static final VarHandle LOAD;
    private static final VarHandle WAIT;

    static {
        try {
            LOAD = MethodHandles.lookup().findVarHandle(Call.class, "load", Load.class);
            WAIT = MethodHandles.lookup().findVarHandle(Call.class, "wait", Wait.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The wait for another's load; none once it is over. */
    private volatile @Nullable Wait wait;

    private boolean joined;
    private ContextCarrier.@Nullable Carried context;
    private Alarms.@Nullable Alarm timeout;
    private Alarms.@Nullable Alarm bound;

    Call(AsyncLoads loads, Object key, AsyncComputation computation, Judge judge, boolean renews) {
        this(loads, key, computation, judge, renews, false);
    }

    Call(
            AsyncLoads loads,
            Object key,
            AsyncComputation computation,
            Judge judge,
            boolean renews,
            boolean inBackground) {
        this.loads = loads;
        this.key = key;
        this.computation = computation;
        this.judge = judge;
        this.renews = renews;
        this.inBackground = inBackground;
    }

    /** A wait for another's load: since when, and what is to be told of it. */
    private record Wait(long since, Events.@Nullable Span span) {}

    /**
     * The wait is over, by its load's end, a time limit or a cancellation, whichever comes first: its time counts once.
     *
     * @return tells of it; {@code null} where there is nothing to tell
     */
    private @Nullable Runnable waited() {
        Wait over = wait;
        if (over == null || !WAIT.compareAndSet(this, over, null)) {
            return null;
        }
        loads.waitedFor(loads.now() - over.since);
        return over.span == null ? null : over.span.over(key);
    }

    /** Takes note of what it waits for, before it is told of the end. */
    void waits(Load wanted, boolean anothers, ContextCarrier.@Nullable Carried carried) {
        joined = anothers;
        if (anothers) {
            wait = new Wait(loads.now(), loads.awaits());
        }
        if (carried != null) {
            context = carried;
        }
        load = wanted;
    }

    void timeout(Alarms.Alarm alarm) {
        timeout = alarm;
    }

    void bound(Alarms.Alarm alarm) {
        bound = alarm;
        if (isDone()) {
            alarm.cancel();
        }
    }

    boolean bounded() {
        return bound != null;
    }

    /** Answers with what is kept, since the load takes too long; that goes on. */
    void answerLate(@Nullable Object value) {
        try {
            complete(loads.handed(value));
        } catch (Throwable failed) {
            completeExceptionally(failed);
        }
    }

    /** Whether its miss has been counted. */
    boolean counted() {
        return counted;
    }

    /** Has its miss counted once: its time limit may be over before it knows what it waits for. */
    synchronized boolean counts() {
        boolean first = !counted;
        counted = true;
        return first;
    }

    /** The load that it waits for right now. */
    @Nullable Load load() {
        return load;
    }

    boolean timed() {
        return timeout != null;
    }

    ContextCarrier.@Nullable Carried context() {
        return context;
    }

    @Override
    public void ended(Ending ending) {
        Load ended = taken();
        Runnable waited = waited();
        if (!isDone()) {
            loads.told(this, joined ? ended : null, ending);
        }
        if (waited != null) {
            waited.run();
        }
    }

    @Override
    public boolean gone() {
        return isDone();
    }

    /** Answers with what was computed or found. */
    void answer(@Nullable Object value) {
        try {
            super.complete(loads.handed(value));
        } catch (Throwable failed) {
            super.completeExceptionally(failed);
        }
        letGo();
    }

    /** Answers with what the function threw, as it is. */
    void fail(Throwable thrown) {
        super.completeExceptionally(thrown);
        letGo();
    }

    private void letGo() {
        if (timeout != null) {
            timeout.cancel();
        }
        if (bound != null) {
            bound.cancel();
        }
    }

    /** Gives up for this caller; the load is cancelled when nobody wants its value any more. */
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            letGo();
            leave();
        }
        return cancelled;
    }

    /** After what it waits for has become known: gives that up where the caller has given up meanwhile. */
    void leaveIfCancelled() {
        if (isCancelled()) {
            leave();
        }
    }

    private void leave() {
        Load given = taken();
        if (given != null) {
            loads.tell(waited());
            given.forget();
            loads.leaves(given);
        }
    }

    /** What it waits for, to the first who asks: of the end and a cancellation only one takes note. */
    private @Nullable Load taken() {
        return (Load) LOAD.getAndSet(this, null);
    }

    /** Somebody else's answer, as that of a time limit of the caller's, is no cancellation: the load goes on. */
    @Override
    public boolean complete(@Nullable Object value) {
        Runnable waited = waited();
        return forgotten(super.complete(value), waited);
    }

    @Override
    public boolean completeExceptionally(Throwable thrown) {
        Runnable waited = waited();
        return forgotten(super.completeExceptionally(thrown), waited);
    }

    private boolean forgotten(boolean done, @Nullable Runnable waited) {
        loads.tell(waited);
        if (done) {
            letGo();
            Load given = load;
            if (given != null) {
                given.forget();
            }
        }
        return done;
    }

    /**
     * A thread that runs a load of ours and waits for this one: that is an edge like any other.
     *
     * @throws io.github.twatcache.error.RecursiveLoadException when it would wait for itself
     */
    private @Nullable Load edge() {
        Load wanted = load;
        Load self = wanted == null || isDone() ? null : Chain.innermost();
        if (self != null && wanted != null) {
            Chain.waits(self, wanted);
        }
        return self;
    }

    private static void noEdge(@Nullable Load self) {
        if (self != null) {
            self.waitsFor = null;
        }
    }

    @Override
    public @Nullable Object join() {
        Load self = edge();
        try {
            return super.join();
        } finally {
            noEdge(self);
        }
    }

    @Override
    public @Nullable Object get() throws InterruptedException, ExecutionException {
        Load self = edge();
        try {
            return super.get();
        } finally {
            noEdge(self);
        }
    }

    @Override
    public @Nullable Object get(long time, TimeUnit unit)
            throws InterruptedException, ExecutionException, TimeoutException {
        Load self = edge();
        try {
            return super.get(time, unit);
        } finally {
            noEdge(self);
        }
    }
}
