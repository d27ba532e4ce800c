package io.github.twatcache.testkit;

import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that a test moves by hand. It starts far from zero, and overflows on the way: only differences count. The wall
 * clock beside it moves with it.
 */
public final class FakeTicker implements Ticker {
    private static final long START = Long.MAX_VALUE - Duration.ofSeconds(3).toNanos();
    private static final Instant DAY = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong now = new AtomicLong(START);

    /** Makes a clock that stands still. */
    public FakeTicker() {}

    @Override
    public long read() {
        return now.get();
    }

    /**
     * The wall clock that this one moves along: for {@link io.github.twatcache.spi.StoreContext#clock()}.
     *
     * @return a clock that began on the first of January 2026
     */
    public InstantSource clock() {
        return () -> DAY.plusNanos(now.get() - START);
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
