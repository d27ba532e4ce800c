package io.github.twatcache.testkit;

import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A clock that a test moves by hand. It starts far from zero, and overflows on the way: only differences count. */
public final class FakeTicker implements Ticker {
    private final AtomicLong now =
            new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());

    /** Makes a clock that stands still. */
    public FakeTicker() {}

    @Override
    public long read() {
        return now.get();
    }

    /**
     * Moves the clock forward.
     *
     * @param duration by how much, zero or more
     */
    public void advance(Duration duration) {
        advance(duration.toNanos());
    }

    /**
     * Moves the clock forward.
     *
     * @param nanos by how many nanoseconds, 0 or more
     */
    public void advance(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("a clock does not go back, but was told to advance by " + nanos);
        }
        now.addAndGet(nanos);
    }
}
