package io.github.twatcache.load;

import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.spi.Guard;
import org.jspecify.annotations.Nullable;

/** What is to be remembered of a load while its stage runs, to store the value then. Handed from thread to thread. */
final class Running {
    final Unowned load;
    final Judge judge;
    final boolean renews;

    /** Under which it is computed, over processes. */
    @Nullable Lease lease;

    /** On what condition the value is stored. */
    Guard guard = Guard.ABSENT;

    /** Since when the function runs; 0 where nobody measures. */
    long start;

    Running(Unowned load, Judge judge, boolean renews) {
        this.load = load;
        this.judge = judge;
        this.renews = renews;
    }

    long nanos() {
        return start == 0 ? 0 : System.nanoTime() - start;
    }

    /** Lets go of the lease, unless it is over. */
    void close() {
        if (lease != null) {
            lease.close();
        }
    }
}
