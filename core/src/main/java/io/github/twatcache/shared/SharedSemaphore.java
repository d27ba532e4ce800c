package io.github.twatcache.shared;

import io.github.twatcache.error.LockTimeoutException;
import io.github.twatcache.shared.Places.Taken;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Permits that all processes share: so many may be held at a time. Thread-safe; two objects of the same name share their
 * permits, and should be given the same number of them, since each counts up to its own.
 *
 * <p>A permit is held under a lease that is renewed while this process holds it: as with {@link SharedLock}, a process that
 * dies gives its permits back when their leases end. Any thread of the process that took a permit may give it back.
 */
public final class SharedSemaphore {
    private final Places places;
    private final Keeper keeper;
    private final String process;

    SharedSemaphore(Places places, Keeper keeper, String process) {
        this.places = places;
        this.keeper = keeper;
        this.process = process;
    }

    private @Nullable Taken kept(@Nullable Taken taken, String owner) {
        if (taken != null) {
            keeper.keep(places.cell(), places, owner, taken);
        }
        return taken;
    }

    /**
     * Takes a permit, or waits for one as long as it takes.
     *
     * @throws InterruptedException when interrupted while waiting
     */
    public void acquire() throws InterruptedException {
        String owner = Owners.ofThread(process);
        kept(places.take(owner, null), owner);
    }

    /**
     * Takes a permit, or waits for one.
     *
     * @param atMost how long to wait; zero for not at all
     * @return the fencing token of the permit, greater than that of any permit before
     * @throws LockTimeoutException when the time has passed, naming an owner
     * @throws InterruptedException when interrupted while waiting
     */
    public long acquire(Duration atMost) throws InterruptedException {
        Objects.requireNonNull(atMost, "atMost");
        String owner = Owners.ofThread(process);
        Taken taken = kept(places.take(owner, atMost), owner);
        if (taken == null) {
            throw places.late(atMost);
        }
        return taken.fence();
    }

    /**
     * Takes a permit if there is one. Does not wait, but for the store.
     *
     * @return whether there was one
     */
    public boolean tryAcquire() {
        String owner = Owners.ofThread(process);
        return places.attempt(owner) instanceof Taken taken && kept(taken, owner) != null;
    }

    /**
     * Gives the permit back that this process has taken last.
     *
     * @throws IllegalMonitorStateException when this process holds none, or has lost it
     */
    public void release() {
        Grip grip = keeper.forget(places.cell());
        if (grip == null) {
            throw new IllegalMonitorStateException(
                    "this process holds no permit of " + places.words() + "; only who has taken one may give it back");
        }
        if (!grip.release()) {
            throw new IllegalMonitorStateException("a permit of " + places.words() + " was lost: its lease of "
                    + places.lease() + " ended before it was renewed; its fencing token was " + grip.fence());
        }
    }

    /**
     * How many permits are free just now, over all processes.
     *
     * @return the number, 0 or more
     */
    public int availablePermits() {
        return Math.max(
                0,
                places.count()
                        - Holders.alive(
                                        places.cells().read(places.cell()),
                                        places.clock().millis())
                                .all()
                                .size());
    }

    @Override
    public String toString() {
        return places.words();
    }
}
