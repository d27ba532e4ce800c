package io.github.twatcache.disk.store;

import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.RemovalCause;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, within a fixed space, why entries have left whose keys this process does not know: those of calls, of which the
 * database holds a digest, and those that are cleared at once. One slot for each of many hashes of keys, the last to leave
 * wins; a wrong guess changes the reason of a miss, never the number of misses.
 */
public final class Gone {
    static final int SLOTS = 1 << 12;

    private static final MissReason[] REASONS = {
        MissReason.ABSENT, MissReason.EXPIRED, MissReason.EVICTED, MissReason.INVALIDATED, MissReason.UNDECODABLE
    };
    private static final long REASON = 7;

    private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

    /** Remembers nothing yet. */
    public Gone() {}

    /**
     * Remembers why the entry of a key has left.
     *
     * @param find a hash of the key
     * @param cause why
     */
    public void left(long find, RemovalCause cause) {
        long reason = switch (cause) {
            case REPLACED -> 0;
            case EXPIRED -> 1;
            case SIZE -> 2;
            case EXPLICIT -> 3;
            case DAMAGED -> 4;
        };
        if (reason != 0) {
            slots.set(slot(find), (find & ~REASON) | reason);
        }
    }

    /**
     * Why the entry of a key has left.
     *
     * @param find a hash of the key
     * @return why; {@code null} where nobody remembers
     */
    public @Nullable MissReason reason(long find) {
        long known = slots.get(slot(find));
        return (known & REASON) != 0 && (known & ~REASON) == (find & ~REASON) ? REASONS[(int) (known & REASON)] : null;
    }

    private static int slot(long find) {
        return (int) (find >>> 3) & (SLOTS - 1);
    }
}
