package io.github.twatcache.stats;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Remembers, within a fixed space, why keys have left, so that a later miss can be given its reason.
 *
 * <p>One slot for each of many hash values; the last to leave wins. A slot keeps 29 bits of the hash beside the reason,
 * so a foreign key is mistaken for the one that left about once in five hundred million times two keys meet in a slot; a
 * wrong guess changes the reason of a miss, never the number of misses.
 */
final class Departures {
    private static final int SLOTS = 1 << 12;
    private static final int REASON = 7;
    private static final MissReason[] REASONS = {
        MissReason.ABSENT, MissReason.EXPIRED, MissReason.EVICTED, MissReason.INVALIDATED, MissReason.UNDECODABLE
    };

    private final AtomicIntegerArray slots = new AtomicIntegerArray(SLOTS);

    void left(Object key, RemovalCause cause) {
        int hash = spread(key.hashCode());
        int reason = switch (cause) {
            case EXPIRED -> 1;
            case SIZE -> 2;
            case EXPLICIT -> 3;
            case DAMAGED -> 4;
            case REPLACED -> 0;
        };
        if (reason != 0) {
            slots.set(hash & (SLOTS - 1), (hash & ~REASON) | reason);
        }
    }

    MissReason reason(Object key) {
        int hash = spread(key.hashCode());
        int slot = slots.get(hash & (SLOTS - 1));
        return (slot & ~REASON) == (hash & ~REASON) ? REASONS[slot & REASON] : MissReason.ABSENT;
    }

    /** Mixes the bits, since the lowest three are given up to the reason and the slot is chosen by the lowest twelve. */
    private static int spread(int hash) {
        int h = hash * 0x9E3779B9;
        return h ^ (h >>> 15);
    }
}
