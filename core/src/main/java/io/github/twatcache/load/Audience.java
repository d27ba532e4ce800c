package io.github.twatcache.load;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.load.Load.Listener;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for one load: threads at the latch that this is, and listeners on a stack without a lock.
 *
 * <p>Whoever puts a listener on the stack looks afterwards whether the load has ended, and whoever ends the load says so
 * before it takes the stack away: one of the two tells the listener. Those that are gone are swept out once they are as
 * many as were left at the last sweep, so a load that never ends holds on to no more than twice those who still wait.
 */
final class Audience extends CountDownLatch {
    private static final int FIRST_SWEEP = 32;
    private static final VarHandle HEAD;
    private static final VarHandle GONE;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            HEAD = lookup.findVarHandle(Audience.class, "head", Seat.class);
            GONE = lookup.findVarHandle(Audience.class, "gone", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile @Nullable Seat head;

    @SuppressWarnings("UnusedVariable") // by GONE
    private volatile int gone;

    private volatile int sweepAt = FIRST_SWEEP;
    private volatile boolean watched;

    Audience() {
        super(1);
    }

    private record Seat(Listener listener, @Nullable Seat next) {}

    void add(Listener listener) {
        Seat last = head;
        while (!HEAD.compareAndSet(this, last, new Seat(listener, last))) {
            last = head;
        }
    }

    /** Whether nobody has asked this before, or just now. */
    boolean watchedFirst() {
        boolean first = !watched;
        watched = true;
        return first;
    }

    /** Takes note that one of the listeners is gone. The caller sees to it afterwards that an end is told. */
    void oneIsGone() {
        if ((int) GONE.getAndAdd(this, 1) + 1 >= sweepAt) {
            sweep();
        }
    }

    private void sweep() {
        int out = 0;
        int left = 0;
        for (Seat seat = taken(); seat != null; seat = seat.next) {
            if (seat.listener.gone()) {
                out++;
            } else {
                left++;
                add(seat.listener);
            }
        }
        GONE.getAndAdd(this, -out);
        sweepAt = Math.max(FIRST_SWEEP, left);
    }

    /** Tells all listeners of the end, in the order in which they came; each once. */
    void tell(Ending ending) {
        for (Seat seat = taken(); seat != null; seat = seat.next) {
            seat.listener.ended(ending);
        }
    }

    /** How many seats are taken, by those who are gone too. */
    int seats() {
        int seats = 0;
        for (Seat seat = head; seat != null; seat = seat.next) {
            seats++;
        }
        return seats;
    }

    /** Takes the stack away, turned round. */
    private @Nullable Seat taken() {
        Seat turned = null;
        for (Seat seat = (Seat) HEAD.getAndSet(this, null); seat != null; seat = seat.next) {
            turned = new Seat(seat.listener, turned);
        }
        return turned;
    }
}
