package io.github.twatcache.heap;

import io.github.twatcache.failure.StackProbe;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for a few dozen instructions: one compare-and-set to take it, one ordered write to release it, no object for
 * those who wait.
 *
 * <p>Who finds it taken spins, then naps for some microseconds at a time; there is no queue, hence nobody has to be
 * woken, and no order among those who wait. Naps let a holder finish that lost its processor or sweeps much at once. A
 * virtual thread that waits leaves its carrier. Not reentrant. A stack too short for what is done under the lock overflows
 * before the lock is taken: half an operation would leave the lock held, or links that lead nowhere.
 */
final class ShortLock {
    private static final VarHandle HELD;
    private static final int SPINS = 128;
    private static final long NAP_NANOS = 20_000;

    static {
        try {
            HELD = MethodHandles.lookup().findVarHandle(ShortLock.class, "held", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("unused") // through HELD
    private boolean held;

    void lock() {
        StackProbe.lock();
        if (!HELD.compareAndSet(this, false, true)) {
            await();
        }
    }

    void unlock() {
        HELD.setRelease(this, false);
    }

    private void await() {
        for (int tries = 0; ; tries++) {
            if (!(boolean) HELD.getOpaque(this) && HELD.compareAndSet(this, false, true)) {
                return;
            }
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
    }
}
