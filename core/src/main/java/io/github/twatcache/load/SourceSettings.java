package io.github.twatcache.load;

/**
 * How the source of a cache's values is spared. Times in nanoseconds.
 *
 * @param atOnce how many computations may run at a time; 0 for any number
 * @param rate how many may begin within a period; 0 for any number
 * @param periodNanos the period
 * @param failures how many must fail in a row for the source to be left alone; 0 to never leave it alone
 * @param delayNanos for how long it is left alone
 * @param attempts how often a computation is tried in all
 * @param pauseNanos the longest pause before the second attempt
 */
public record SourceSettings(
        int atOnce, int rate, long periodNanos, int failures, long delayNanos, int attempts, long pauseNanos) {
    /** What holds where nothing was asked for. */
    public static final SourceSettings NONE = new SourceSettings(0, 0, 0, 0, 0, 1, 0);

    boolean spares() {
        return atOnce > 0 || rate > 0 || failures > 0;
    }
}
