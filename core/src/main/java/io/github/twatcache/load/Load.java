package io.github.twatcache.load;

import io.github.twatcache.text.ThreadWords;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * One computation of one key, from its announcement to its end.
 *
 * <p><b>States.</b> RUNNING until the function has returned; then COMMITTING while the store takes the value, during
 * which whoever invalidates waits; or DETACHED, when somebody invalidated first: then nothing is stored. DONE at last.
 * Those who joined get the outcome in either case.
 *
 * <p><b>Links.</b> {@code parent} and {@code nested} tie the loads that one thread runs inside each other; {@code
 * waitsFor} points to the load that this load's thread is waiting for. The links of a load are set before it can be
 * found, so that no cycle goes unseen.
 *
 * <p><b>Owner.</b> The thread that has announced it, from beginning to end; or none, or one after the other: see {@link
 * Unowned}.
 */
class Load {
    private static final int RUNNING = 0;
    private static final int COMMITTING = 1;
    private static final int DETACHED = 2;

    private static final VarHandle STATE;
    private static final VarHandle ENDING;
    private static final VarHandle AUDIENCE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Load.class, "state", int.class);
            ENDING = lookup.findVarHandle(Load.class, "ending", Ending.class);
            AUDIENCE = lookup.findVarHandle(Load.class, "audience", Audience.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final InFlight home;
    final Object key;

    /** Who works on it right now. Written before others can find it, or by {@link Unowned} alone. */
    @Nullable Thread owner;

    /** The load that the owner runs it inside of. Read and written by the owner alone. */
    @Nullable Load parent;

    /** The place of the owner's innermost load. Read and written by the owner alone. */
    @Nullable Object @Nullable [] place;

    /** Where the table keeps it, and what lies below it there; {@link LoadTable} alone writes that, before others can see it. */
    final int hash;

    @Nullable Load below;

    volatile @Nullable Load nested;
    volatile @Nullable Load waitsFor;
    volatile boolean warned;

    /** Under which it computes, over processes. Set before the function is run. */
    volatile Leasing.@Nullable Lease lease;

    /** How long the function ran, in nanoseconds; 0 where nobody measures. Written and read by the owner. */
    long costNanos;

    /** Whether it replaces what is stored. Set before it can be found. */
    boolean renews;

    /** Whether it computes many values at once. */
    boolean bulk;

    /** Whether it has leave to use the source, and what it runs inside with it. Read and written by the owner alone. */
    boolean admitted;

    /** Whether a place at the source was taken for it already. Read and written by the owner alone. */
    boolean placed;

    /** What this attempt of the function says of its value; {@code null} where it says nothing. Read and written by the owner alone. */
    @Nullable Said said;

    /** Whether the store has taken its value, or had it. Written by the owner before the end, read by those who hear of it. */
    boolean stored;

    /** Whether another process computes it. Read and written by the owner alone. */
    boolean foreign;

    /** Whether the owner is inside the store right now. Read and written by the owner alone. */
    boolean storing;

    private @Nullable List<Runnable> later;

    private volatile int state;
    private volatile @Nullable Ending ending;
    private volatile @Nullable Audience audience;

    /** A load inside the innermost one of this thread. */
    Load(InFlight home, Object key) {
        this.home = home;
        this.key = key;
        this.hash = LoadTable.hash(key);
        this.owner = Thread.currentThread();
        @Nullable Object[] here = Chain.place();
        this.place = here;
        this.parent = Chain.innermost(here);
    }

    /** A load of one key of a bulk: beside the others of it, so inside what the bulk is inside. */
    Load(Object key, Load bulk) {
        this.home = bulk.home;
        this.key = key;
        this.hash = LoadTable.hash(key);
        this.owner = bulk.owner;
        this.place = bulk.place;
        this.parent = bulk.parent;
        this.nested = bulk;
    }

    /** A load that no thread owns yet. */
    Load(InFlight home, Object key, @Nullable Thread owner) {
        this.home = home;
        this.key = key;
        this.hash = LoadTable.hash(key);
        this.owner = owner;
    }

    /** Whether others may join: not once it has ended, nor when somebody has detached it. */
    final boolean joinable() {
        return state != DETACHED && ending == null;
    }

    /** Takes the right to store the outcome. Fails when somebody has detached the load. */
    final boolean commit() {
        return STATE.compareAndSet(this, RUNNING, COMMITTING);
    }

    /** Takes that right away for ever. Fails when the outcome is being stored. */
    final boolean detach() {
        return STATE.compareAndSet(this, RUNNING, DETACHED) || state == DETACHED;
    }

    final boolean detached() {
        return state == DETACHED;
    }

    /** Ends the load and wakes the threads that wait for it; whoever hears of it is to be told next. The first ending counts. */
    final void end(Ending how) {
        over(how);
        VarHandle.fullFence();
        wake();
    }

    /**
     * Says that the load is over, for whoever looks. A {@linkplain VarHandle#fullFence full fence} must come between this
     * and {@link #wake}, or somebody who begins to wait right now is overlooked; {@link LoadTable#remove} is one. So
     * what every miss does costs one such fence and not two.
     */
    final void over(Ending how) {
        if (ending == null) {
            ENDING.setRelease(this, how);
        }
    }

    /** Wakes the threads that wait for it, after {@link #over}. */
    final void wake() {
        Audience waiting = audience;
        if (waiting != null) {
            waiting.countDown();
        }
    }

    final @Nullable Ending ending() {
        return ending;
    }

    /** Those who wait; made by the first who does, since most loads are waited for by nobody. */
    private Audience audience() {
        Audience waiting = audience;
        if (waiting == null) {
            waiting = new Audience();
            if (!AUDIENCE.compareAndSet(this, null, waiting)) {
                Audience theirs = audience;
                waiting = theirs == null ? waiting : theirs;
            }
        }
        return waiting;
    }

    /** The latch that opens when the load ends. */
    final CountDownLatch latch() {
        Audience waiting = audience();
        if (ending != null) {
            waiting.countDown();
        }
        return waiting;
    }

    /**
     * Takes note of one more who waits. Fails when the load is being given up, since nobody waited for it any more.
     *
     * @return whether its end is worth waiting for
     */
    boolean joins() {
        return true;
    }

    /** Has somebody told of the end: by the thread that ends it, outside all locks; at once where it is over. */
    final void hear(Listener listener) {
        audience().add(listener);
        tell();
    }

    /** Lets go of a listener that does not want to hear of the end any more. */
    final void forget() {
        Audience waiting = audience;
        if (waiting != null) {
            waiting.oneIsGone();
            tell();
        }
    }

    /** Whether nobody sees to it yet that a wait for it which takes long is told. */
    final boolean watchedFirst() {
        return audience().watchedFirst();
    }

    /** Whether somebody is to be told. */
    final boolean heard() {
        return audience != null;
    }

    /** Tells of the end all who are to be told and have not been; nobody where it has not ended. */
    final void tell() {
        Ending how = ending;
        Audience waiting = audience;
        if (how != null && waiting != null) {
            waiting.tell(how);
        }
    }

    /** Who is behind it, for messages. */
    String behind() {
        Thread thread = owner;
        return thread == null ? "which no thread computes" : "which " + ThreadWords.of(thread) + " computes";
    }

    /** Puts something off until the load has ended; the owner alone does. */
    final void later(Runnable action) {
        if (later == null) {
            later = new ArrayList<>();
        }
        later.add(action);
    }

    /** Runs what was put off; the owner alone does. */
    final void runLater() {
        if (later != null) {
            later.forEach(Runnable::run);
            later = null;
        }
    }

    /** The load that its thread is working on right now: itself, or the innermost one inside it. */
    final Load innermost() {
        Load load = this;
        for (Load inner = load.nested; inner != null; inner = load.nested) {
            load = inner;
        }
        return load;
    }

    /** Hears of the end of a load. */
    interface Listener {
        /** Receives the end. Must not throw. */
        void ended(Ending ending);

        /** Whether it does not want to hear of it any more. */
        boolean gone();
    }

    /** How a load ended. */
    sealed interface Ending {
        /** The only one of its kind that is needed. */
        Ending TRY_ANEW = new TryAnew();

        /**
         * With a value.
         *
         * @param stale whether it is one that was kept past its freshness, as nothing newer could be computed
         */
        record Value(@Nullable Object value, boolean stale) implements Ending {
            Value(@Nullable Object value) {
                this(value, false);
            }
        }

        /** With what the function threw. */
        record Failure(Throwable thrown) implements Ending {}

        /** With nothing that concerns anybody but the owner: each who waits tries anew. */
        record TryAnew() implements Ending {}
    }
}
