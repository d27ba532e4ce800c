package io.github.twatcache.load;

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
 */
final class Load {
    private static final int RUNNING = 0;
    private static final int COMMITTING = 1;
    private static final int DETACHED = 2;

    private static final VarHandle STATE;
    private static final VarHandle DONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            STATE = lookup.findVarHandle(Load.class, "state", int.class);
            DONE = lookup.findVarHandle(Load.class, "done", CountDownLatch.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final InFlight home;
    final Object key;
    final Thread owner = Thread.currentThread();
    final @Nullable Load parent;

    /** The place of the owner's innermost load. */
    final @Nullable Object[] place;

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

    /** What the function says of its value; {@code null} where it says nothing. Read and written by the owner alone. */
    @Nullable Said said;

    /** Whether another process computes it. Read and written by the owner alone. */
    boolean foreign;

    /** Whether the owner is inside the store right now. Read and written by the owner alone. */
    boolean storing;

    private @Nullable List<Runnable> later;

    private volatile int state;
    private volatile @Nullable Ending ending;
    private volatile @Nullable CountDownLatch done;

    /** A load inside the innermost one of this thread. */
    Load(InFlight home, Object key) {
        this.home = home;
        this.key = key;
        this.hash = LoadTable.hash(key);
        this.place = Chain.place();
        this.parent = Chain.innermost(place);
    }

    /** A load of one key of a bulk: beside the others of it, so inside what the bulk is inside. */
    Load(Object key, Load bulk) {
        this.home = bulk.home;
        this.key = key;
        this.hash = LoadTable.hash(key);
        this.place = bulk.place;
        this.parent = bulk.parent;
        this.nested = bulk;
    }

    /** Whether others may join: not once it has ended, nor when somebody has detached it. */
    boolean joinable() {
        return state != DETACHED && ending == null;
    }

    /** Takes the right to store the outcome. Fails when somebody has detached the load. */
    boolean commit() {
        return STATE.compareAndSet(this, RUNNING, COMMITTING);
    }

    /** Takes that right away for ever. Fails when the outcome is being stored. */
    boolean detach() {
        return STATE.compareAndSet(this, RUNNING, DETACHED) || state == DETACHED;
    }

    boolean detached() {
        return state == DETACHED;
    }

    /** Ends the load and wakes all who wait for it. The first ending counts. */
    void end(Ending how) {
        if (ending == null) {
            ending = how;
        }
        CountDownLatch latch = done;
        if (latch != null) {
            latch.countDown();
        }
    }

    @Nullable Ending ending() {
        return ending;
    }

    /** The latch that opens when the load ends; made by the first who waits, since most loads are waited for by nobody. */
    CountDownLatch latch() {
        CountDownLatch latch = done;
        if (latch == null) {
            latch = new CountDownLatch(1);
            if (!DONE.compareAndSet(this, null, latch)) {
                CountDownLatch theirs = done;
                latch = theirs == null ? latch : theirs;
            }
        }
        if (ending != null) {
            latch.countDown();
        }
        return latch;
    }

    /** Puts something off until the load has ended; the owner alone does. */
    void later(Runnable action) {
        if (later == null) {
            later = new ArrayList<>();
        }
        later.add(action);
    }

    /** Runs what was put off; the owner alone does. */
    void runLater() {
        if (later != null) {
            later.forEach(Runnable::run);
            later = null;
        }
    }

    /** The load that its thread is working on right now: itself, or the innermost one inside it. */
    Load innermost() {
        Load load = this;
        for (Load inner = load.nested; inner != null; inner = load.nested) {
            load = inner;
        }
        return load;
    }

    /** How a load ended. */
    sealed interface Ending {
        /** The only one of its kind that is needed. */
        Ending TRY_ANEW = new TryAnew();

        /** With a value. */
        record Value(@Nullable Object value) implements Ending {}

        /** With what the function threw. */
        record Failure(Throwable thrown) implements Ending {}

        /** With nothing that concerns anybody but the owner: each who waits tries anew. */
        record TryAnew() implements Ending {}
    }
}
