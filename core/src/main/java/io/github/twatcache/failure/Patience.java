package io.github.twatcache.failure;

import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;

/**
 * How long a caller waits, by the cache's own clock: what a test calls a minute need not be one.
 *
 * <p>The JVM's own clock is waited for. Nobody says when one that is moved by hand has moved, so such a one is looked at now
 * and then: soon at first, and the longer the wait has been, the less often. Where it keeps time, a wait still ends on time.
 *
 * <p>Immutable and thread-safe. A waiting thread is parked and holds no monitor.
 */
public final class Patience {
    private static final long FIRST_LOOK = 100_000;
    private static final long LAST_LOOK = 50_000_000;

    private final Duration limit;
    private final long nanos;
    private final Ticker ticker;
    private final boolean real;

    /**
     * Sets a limit.
     *
     * @param limit how long; more than some hundred years is for ever
     * @param ticker the clock
     */
    public Patience(Duration limit, Ticker ticker) {
        this.limit = limit;
        this.nanos = nanos(limit);
        this.ticker = ticker;
        this.real = ticker == Ticker.system();
    }

    /** Waits for one step at most this long, in real time. */
    private interface Step {
        boolean await(long nanos) throws InterruptedException;
    }

    /**
     * The moment from which a wait counts: before anything that may move the clock is begun.
     *
     * @return the time of the clock
     */
    public long now() {
        return ticker.read();
    }

    /**
     * Waits until something is done.
     *
     * @param done opens then
     * @param since when the wait began, as {@link #now} told it
     * @return false when the limit is over first
     * @throws InterruptedException when interrupted
     */
    public boolean await(CountDownLatch done, long since) throws InterruptedException {
        return await(step -> done.await(step, TimeUnit.NANOSECONDS), since);
    }

    /** Waits until a lock is free and takes it; false when the limit is over first. */
    boolean take(Lock lock) throws InterruptedException {
        return await(step -> lock.tryLock(step, TimeUnit.NANOSECONDS), now());
    }

    private boolean await(Step step, long since) throws InterruptedException {
        long look = FIRST_LOOK;
        long before = since;
        while (true) {
            long now = ticker.read();
            long left = Math.max(0, nanos - (now - since));
            // What is left of a clock's time is time only where the clock goes.
            long pause = real ? left : now == before ? look : Math.max(FIRST_LOOK, Math.min(left, look));
            if (step.await(pause)) {
                return true;
            }
            if (ticker.read() - since >= nanos) {
                return false;
            }
            before = now;
            look = Math.min(2 * look, LAST_LOOK);
        }
    }

    /**
     * A duration in nanoseconds.
     *
     * @param duration the duration
     * @return its nanoseconds; {@link Long#MAX_VALUE} where it has more than that
     */
    public static long nanos(Duration duration) {
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
