package io.github.twatcache.shared;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One place that this process holds. */
final class Grip {
    private final Places places;
    private final String owner;
    private final long fence;
    private volatile long until;

    /** How often the thread that holds it has taken it; used by that thread alone. */
    int count = 1;

    volatile @Nullable Future<?> renewal;

    Grip(Places places, String owner, Places.Taken taken) {
        this.places = places;
        this.owner = owner;
        this.fence = taken.fence();
        this.until = taken.until();
    }

    Places places() {
        return places;
    }

    long fence() {
        return fence;
    }

    /** Whether the lease lasts, as far as this process knows. */
    boolean lasts() {
        return places.clock().millis() < until;
    }

    /** Makes the lease longer; returns whether it was still there. */
    boolean renew() {
        until = places.renew(owner, fence);
        return until != 0;
    }

    /** Ends the renewing. */
    void stop() {
        Future<?> running = renewal;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Lets go; returns whether it was still held. */
    boolean release() {
        stop();
        return places.release(owner, fence);
    }
}
