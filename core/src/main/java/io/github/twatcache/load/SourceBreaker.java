package io.github.twatcache.load;

import io.github.twatcache.spi.Ticker;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a source alone that has failed so many times in a row. After a while one computation at a time probes it: a success
 * ends that, a failure begins it anew.
 */
final class SourceBreaker {
    private final ReentrantLock lock = new ReentrantLock();
    private final int most;
    private final long delayNanos;
    private final Ticker ticker;
    private int failures;
    private long failedAt;
    private long probedAt;
    private boolean probing;

    /** Whether somebody may compute. */
    enum Answer {
        /** As anybody. */
        CLOSED,
        /** To find out whether the source is well again. */
        PROBE,
        /** Not now. */
        OPEN
    }

    SourceBreaker(int most, long delayNanos, Ticker ticker) {
        this.most = most;
        this.delayNanos = delayNanos;
        this.ticker = ticker;
    }

    Answer ask() {
        long now = ticker.read();
        lock.lock();
        try {
            if (failures < most) {
                return Answer.CLOSED;
            }
            // A probe that does not end says as much as one that fails.
            if (now - failedAt < delayNanos || (probing && now - probedAt < delayNanos)) {
                return Answer.OPEN;
            }
            probing = true;
            probedAt = now;
            return Answer.PROBE;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Says how a computation went.
     *
     * @param failed whether the source failed; {@code null} where that says nothing of it
     * @param probe whether it was a probe
     */
    void tell(@Nullable Boolean failed, boolean probe) {
        long now = ticker.read();
        lock.lock();
        try {
            if (probe) {
                probing = false;
            }
            if (failed == null || (failures >= most && !probe)) {
                return; // what began before the source was given up says nothing new
            }
            if (failed) {
                failures = Math.min(most, failures + 1);
                failedAt = now;
            } else {
                failures = 0;
            }
        } finally {
            lock.unlock();
        }
    }
}
