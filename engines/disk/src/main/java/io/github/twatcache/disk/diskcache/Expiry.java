package io.github.twatcache.disk.diskcache;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.config.Settings;
import io.github.twatcache.spi.Terms;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Gives entries their lifetimes, by the wall clock, as Python does. Python's times are doubles in seconds, a quarter of a
 * microsecond apart; ours beside them are exact.
 */
final class Expiry {
    private static final long SECOND = 1_000_000_000L;

    private final InstantSource clock;
    private final long nanos;
    private final boolean own;

    Expiry(CacheSpec spec, InstantSource clock) {
        this.clock = clock;
        this.nanos = nanos(spec.get(Settings.EXPIRE_AFTER_WRITE));
        this.own = spec.on(Settings.PER_ENTRY_EXPIRY);
    }

    private static long nanos(@org.jspecify.annotations.Nullable Duration duration) {
        try {
            return duration == null ? Terms.FOREVER : duration.toNanos();
        } catch (ArithmeticException longerThanLong) {
            return Terms.FOREVER;
        }
    }

    /** Whether entries may have lifetimes of their own. */
    boolean own() {
        return own;
    }

    /** The time, in nanoseconds since 1970. */
    long now() {
        Instant now = clock.instant();
        return now.getEpochSecond() * SECOND + now.getNano();
    }

    /** When a life ends that begins now. */
    long end(Terms terms, long now) {
        return own && terms.freshNanos() != Terms.UNSET ? after(now, terms.freshNanos()) : after(now, nanos);
    }

    /** When a life ends that a touch gives. */
    long touched(long lasting, long now) {
        return lasting == Terms.UNSET ? after(now, nanos) : after(now, lasting);
    }

    private static long after(long now, long nanos) {
        if (nanos == Terms.FOREVER) {
            return Long.MAX_VALUE;
        }
        long end = now + nanos;
        return end < now && nanos >= 0 ? Long.MAX_VALUE : end;
    }

    /** A time as Python keeps it. */
    static double seconds(long nanos) {
        return nanos / (double) SECOND;
    }

    /** A time that Python has kept, in nanoseconds. */
    static long nanos(double seconds) {
        return (long) (seconds * SECOND);
    }
}
