package io.github.twatcache.disk.store;

import org.jspecify.annotations.Nullable;

/**
 * What proves a lease of this process.
 *
 * @param number the lease's, which no other of this process has
 * @param passes an entry that was there and is to be replaced: this process cannot read it, or it is due
 */
record LeaseToken(long number, @Nullable Mark passes) {
    /** Proves nothing: of a store that is closed. */
    static final LeaseToken NONE = new LeaseToken(0, null);
}
