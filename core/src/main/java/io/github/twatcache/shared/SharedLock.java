package io.github.twatcache.shared;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.shared.Places.Taken;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A lock over processes, held by one thread of one of them. Thread-safe; two objects of the same name are the same lock.
 *
 * <p><b>Leases.</b> It is held under a lease that this process renews for as long as it holds the lock. When the process
 * dies, the lock is free as soon as the lease ends. A process that stood still for longer than its lease (a paused machine,
 * a long collection) has lost the lock without knowing: {@link #isHeldByCurrentThread()} and {@link #unlock()} tell.
 *
 * <p><b>Fencing.</b> So that one who has lost the lock does no harm, hand {@link #fence()} to whatever the lock guards, and
 * let that refuse a token that is less than one it has seen: tokens grow with each time that the lock is taken, for ever.
 *
 * <p><b>Never lost.</b> Neither eviction nor expiry nor {@code clear} touches a lock. If the store fails, every method throws
 * {@link io.github.twatcache.error.EngineException}; no other engine stands in.
 *
 * <pre>{@code
 * SharedLock lock = Recipes.of(cache).lock("nightly report");
 * lock.call(() -> render());
 * }</pre>
 */
public final class SharedLock implements Lock {
    private final Places places;
    private final Keeper keeper;
    private final String process;
    private final boolean reentrant;

    SharedLock(Places places, Keeper keeper, String process, boolean reentrant) {
        this.places = places;
        this.keeper = keeper;
        this.process = process;
        this.reentrant = reentrant;
    }

    /** What is held by this thread. */
    private record Key(String cell, Thread thread) {}

    private Key key() {
        return new Key(places.cell(), Thread.currentThread());
    }

    private String owner() {
        return Owners.ofThread(process);
    }

    private @Nullable Grip mine() {
        return keeper.held(key());
    }

    /** Takes the lock once more where this thread holds it already. */
    private boolean again() {
        Grip grip = mine();
        if (grip == null) {
            return false;
        }
        if (!reentrant && !grip.lasts()) {
            // Whoever has lost it and did not let go of it begins anew.
            keeper.forget(key());
            return false;
        }
        if (!reentrant) {
            throw new IllegalMonitorStateException("this thread holds " + places.words()
                    + " already and would wait for itself; use reentrantLock to take it more than once");
        }
        if (!grip.lasts()) {
            throw lost(grip);
        }
        grip.count++;
        return true;
    }

    private IllegalMonitorStateException lost(Grip grip) {
        return new IllegalMonitorStateException(places.words() + " was lost: its lease of " + places.lease()
                + " ended before it was renewed, and another may have taken it; its fencing token was " + grip.fence());
    }

    private boolean take(@Nullable Duration atMost) throws InterruptedException {
        if (again()) {
            return true;
        }
        String owner = owner();
        Taken taken = places.take(owner, atMost);
        if (taken != null) {
            keeper.keep(key(), places, owner, taken);
        }
        return taken != null;
    }

    /** Takes the lock; waits for it as long as it takes, whether or not interrupted. */
    @Override
    public void lock() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    take(null);
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        take(null);
    }

    /**
     * Takes the lock, or waits for it.
     *
     * @param atMost how long to wait; zero for not at all
     * @return the fencing token, as {@link #fence()}
     * @throws LockTimeoutException when the time has passed, naming the owner
     * @throws InterruptedException when interrupted while waiting
     * @throws IllegalMonitorStateException when this thread holds it already and it is not reentrant
     */
    public long lock(Duration atMost) throws InterruptedException {
        if (!take(Objects.requireNonNull(atMost, "atMost"))) {
            throw places.late(atMost);
        }
        return fence();
    }

    /** Takes the lock if it is free. Does not wait, but for the store. */
    @Override
    public boolean tryLock() {
        if (again()) {
            return true;
        }
        String owner = owner();
        if (places.attempt(owner) instanceof Taken taken) {
            keeper.keep(key(), places, owner, taken);
            return true;
        }
        return false;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        Objects.requireNonNull(unit, "unit");
        return take(Duration.ofNanos(Math.max(0, unit.toNanos(time))));
    }

    /**
     * Lets go of the lock; of a reentrant one, when it has been let go of as often as it was taken.
     *
     * @throws IllegalMonitorStateException when this thread does not hold it, or has lost it
     */
    @Override
    public void unlock() {
        Grip grip = held();
        if (grip.count > 1) {
            grip.count--;
            return;
        }
        keeper.forget(key());
        if (!grip.release()) {
            throw lost(grip);
        }
    }

    private Grip held() {
        Grip grip = mine();
        if (grip == null) {
            throw new IllegalMonitorStateException(
                    "this thread does not hold " + places.words() + "; only who has taken it may let go of it");
        }
        return grip;
    }

    /**
     * Runs something while this thread holds the lock; waits for it as long as it takes.
     *
     * @param <R> what it returns
     * @param <X> what it throws
     * @param body what to run
     * @return what it returned
     * @throws X exactly what it throws
     * @throws IllegalMonitorStateException when the lock was lost meanwhile
     */
    public <R extends @Nullable Object, X extends Exception> R call(Fn0<R, X> body) throws X {
        Objects.requireNonNull(body, "body");
        lock();
        R result;
        try {
            result = body.apply();
        } catch (Throwable thrown) {
            try {
                unlock();
            } catch (RuntimeException too) {
                thrown.addSuppressed(too);
            }
            throw thrown;
        }
        unlock();
        return result;
    }

    /**
     * The token of this holding: greater than that of any before, also where what the store knew of the lock was lost, as
     * far as the clock has not been set back meanwhile.
     *
     * @return the token, greater than 0
     * @throws IllegalMonitorStateException when this thread does not hold the lock
     */
    public long fence() {
        return held().fence();
    }

    /**
     * Whether this thread holds the lock, as far as this process knows: it was taken here, and its lease lasts.
     *
     * @return whether it does
     */
    public boolean isHeldByCurrentThread() {
        Grip grip = mine();
        return grip != null && grip.lasts();
    }

    /**
     * There are none: nobody can wake up a thread of another process.
     *
     * @throws UnsupportedOperationException always, as {@link Lock} allows
     */
    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(
                "a lock over processes has no conditions; wait for a queue or a counter instead");
    }

    @Override
    public String toString() {
        return places.words();
    }
}
