package io.github.twatcache.load;

/**
 * How long a call waits for the value that it has computed. Times in nanoseconds; 0 for as long as it takes.
 *
 * @param softNanos how long where a value is kept that it can be answered with
 * @param hardNanos how long where none is
 */
public record TimeLimits(long softNanos, long hardNanos) {
    /** As long as it takes. */
    public static final TimeLimits NONE = new TimeLimits(0, 0);

    boolean any() {
        return softNanos > 0 || hardNanos > 0;
    }

    /** How long a call waits first, and for what; 0 for as long as it takes. */
    long of(boolean kept) {
        return kept && softNanos > 0 ? softNanos : hardNanos;
    }
}
