package io.github.twatcache.disk.store;

import org.jspecify.annotations.Nullable;

/**
 * What proves a lease of this process.
 *
 * @param number the lease's, which no other of this process has
 * @param unreadable an entry that was there and that this process cannot read, to be replaced
 */
record LeaseToken(long number, @Nullable Mark unreadable) {
    /** Proves nothing: of a store that is closed. */
    static final LeaseToken NONE = new LeaseToken(0, null);
}
