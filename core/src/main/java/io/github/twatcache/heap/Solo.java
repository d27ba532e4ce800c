package io.github.twatcache.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.function.IntConsumer;

/**
 * What one thread notes while nobody else does, without an atomic operation: it alone adds, and whoever holds the lock takes.
 * It is never another thread's as long as its own lives, since that may have been stopped just before it adds.
 */
final class Solo {
    /** As many as the ring has, so that a thread on its own takes the lock as seldom as before. */
    private static final int ROOM = 128;

    private static final VarHandle ADDED;
    private static final VarHandle TAKEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            ADDED = lookup.findVarHandle(Solo.class, "added", int.class);
            TAKEN = lookup.findVarHandle(Solo.class, "taken", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** The thread's number, which the JVM never gives out twice. */
    final long thread;

    private final WeakReference<Thread> owner;
    private final int[] places = new int[ROOM];

    private int added;

    @SuppressWarnings("unused") // keeps what the owner writes two cache lines apart from what others write
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11;

    private int taken;

    private Solo(Thread owner) {
        this.thread = owner.getId();
        this.owner = new WeakReference<>(owner);
    }

    /** Of the thread that asks. */
    static Solo ofThisThread() {
        return new Solo(Thread.currentThread());
    }

    /** Notes a hit; by its thread. Fails when there is no room. */
    boolean add(int place) {
        int at = added;
        if (at - (int) TAKEN.getAcquire(this) == ROOM) {
            return false;
        }
        places[at & (ROOM - 1)] = place;
        ADDED.setRelease(this, at + 1);
        return true;
    }

    /** How far it goes right now; under the lock. */
    int end() {
        return (int) ADDED.getAcquire(this);
    }

    /** Passes on what was noted up to there; under the lock. */
    void hear(IntConsumer hits, int end) {
        for (int at = taken; at != end; at++) {
            hits.accept(places[at & (ROOM - 1)]);
        }
        TAKEN.setRelease(this, end);
    }

    /** Whether its thread adds nothing more, and never will. */
    boolean over() {
        Thread alive = owner.get();
        return (alive == null || !alive.isAlive()) && end() == taken;
    }
}
