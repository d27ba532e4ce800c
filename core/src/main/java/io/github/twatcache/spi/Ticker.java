package io.github.twatcache.spi;

/**
 * The clock of stores in memory: nanoseconds from some origin, never going back.
 *
 * <p>Tests pass one that they move by hand.
 */
@FunctionalInterface
public interface Ticker {
    /**
     * Tells the time.
     *
     * @return nanoseconds since an arbitrary origin; two readings are compared by subtraction only
     */
    long read();

    /**
     * The JVM's own monotonic clock.
     *
     * @return a ticker that reads {@link System#nanoTime()}, always the same
     */
    static Ticker system() {
        return SystemTicker.NANO_TIME;
    }
}
