package io.github.twatcache.failure;

import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * How long a caller waits for an engine, by the cache's own clock: what a test calls a minute need not be one.
 *
 * <p>Nobody says when such a clock has moved, so it is looked at now and then: soon at first, and the longer the wait has
 * been, the less often. By the machine's clock a wait still ends on time.
 */
final class Patience {
    private static final long FIRST_LOOK = 100_000;
    private static final long LAST_LOOK = 50_000_000;

    private final Duration limit;
    private final long nanos;
    private final Ticker ticker;

    Patience(Duration limit, Ticker ticker) {
        this.limit = limit;
        this.nanos = nanos(limit);
        this.ticker = ticker;
    }

    /** Waits for one step at most this long, in real time. */
    private interface Step {
        boolean await(long nanos) throws InterruptedException;
    }

    /** The moment from which a wait counts: before anything that may move the clock is begun. */
    long now() {
        return ticker.read();
    }

    /** Waits until something is done; false when the limit is over first. */
    boolean await(CountDownLatch done, long since) throws InterruptedException {
        return await(step -> done.await(step, TimeUnit.NANOSECONDS), since);
    }

    /** Waits until a lock is free and takes it; false when the limit is over first. */
    boolean take(Lock lock) throws InterruptedException {
        return await(step -> lock.tryLock(step, TimeUnit.NANOSECONDS), now());
    }

    private boolean await(Step step, long since) throws InterruptedException {
        long look = FIRST_LOOK;
        while (true) {
            long left = nanos - (ticker.read() - since);
            if (step.await(Math.max(0, Math.min(left, look)))) {
                return true;
            }
            if (left <= look && ticker.read() - since >= nanos) {
                return false;
            }
            look = Math.min(2 * look, LAST_LOOK);
        }
    }

    private static long nanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    @Override
    public String toString() {
        return Durations.format(limit);
    }
}
