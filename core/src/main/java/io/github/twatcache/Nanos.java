package io.github.twatcache;

import java.time.Duration;

/** Durations as nanoseconds; one of over 292 years counts as one without end. */
final class Nanos {
    private Nanos() {}

    static long of(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
