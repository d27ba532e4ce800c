package io.github.twatcache.load;

import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Staleness.Renewal;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.Terms;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Has values computed anew that are due though nobody asks for them: a round each period, by the cache's clock. How a value
 * is computed is what the last call has said that has computed it in this process, so what somebody has put by hand, or
 * another process has stored, is left alone.
 *
 * <p>A round looks at the store for at most {@link #LOOKS} keys, and only for those that may be due by then; it has at most
 * {@link #BEGUN} computed anew. What is left is for the next round. A round runs where what is computed in the background does;
 * where that takes no more work, the next round tries again.
 */
final class Unread {
    private static final int LOOKS = 1_024;
    private static final int BEGUN = 64;

    private final InFlight inFlight;
    private final Staleness staleness;
    private final Alarms alarms;
    private final long periodNanos;
    private final ConcurrentMap<Object, Watched> watched = new ConcurrentHashMap<>();
    private volatile Alarms.@Nullable Alarm alarm;

    /** A value that was computed here, and a time before which nobody needs to look at it. */
    private record Watched(Renewal renewal, long at) {}

    Unread(InFlight inFlight, Staleness staleness, Alarms alarms, long periodNanos) {
        this.inFlight = inFlight;
        this.staleness = staleness;
        this.alarms = alarms;
        this.periodNanos = periodNanos;
    }

    /** Notes how a value is computed that is about to be. */
    void computing(Object key, Renewal renewal) {
        watched.put(key, new Watched(renewal, inFlight.now()));
        // Who takes the alarm away looks afterwards at what is watched.
        if (alarm == null) {
            arm();
        }
    }

    private synchronized void arm() {
        if (alarm == null && !inFlight.closed() && !watched.isEmpty()) {
            alarm = alarms.after(periodNanos, this::ring);
        }
    }

    private void ring() {
        try {
            inFlight.stale().background().execute(this::round);
        } catch (Throwable refused) {
            // Counted last: who reads the count may let the clock go on, for the alarm that is set by then.
            over();
            inFlight.tally().rejected();
            Thrown.passUnlessFailure(refused);
        }
    }

    private void round() {
        try {
            long now = inFlight.now();
            int looks = 0;
            int begun = 0;
            for (var each : watched.entrySet()) {
                if (inFlight.closed() || looks == LOOKS || begun == BEGUN) {
                    return;
                }
                Watched one = each.getValue();
                if (one.at - now <= 0) {
                    looks++;
                    begun += look(each.getKey(), one, now) ? 1 : 0;
                }
            }
        } finally {
            over();
        }
    }

    /** Looks whether a value is due, and has it computed anew then; says whether. */
    private boolean look(Object key, Watched one, long now) {
        Kept kept = staleness.kept(key);
        if (kept == null) {
            if (inFlight.running(key) == null && now - one.at >= periodNanos) {
                // Not stored in all that time, or gone: whoever wants it computes it.
                watched.remove(key, one);
            }
            return false;
        }
        if (kept.due() && staleness.early(kept)) {
            return staleness.inBackground(key, one.renewal);
        }
        long due = kept.entry().terms().dueNanos();
        watched.replace(key, one, new Watched(one.renewal, due == Terms.FOREVER ? now + periodNanos : now + due));
        return false;
    }

    /** A round is over: the next one begins a period after it, whatever the clock has done meanwhile. */
    private synchronized void over() {
        alarm = null;
        arm();
    }

    /** Lets go of everything. */
    synchronized void close() {
        watched.clear();
        Alarms.Alarm pending = alarm;
        if (pending != null) {
            pending.cancel();
            alarm = null;
        }
    }
}
