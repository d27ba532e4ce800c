package io.github.twatcache.load;

import io.github.twatcache.spi.Ticker;

/** Lets no more than so many enter within any period of some length: it remembers when each of the last has. */
final class RateWindow {
    private final long[] entered;
    private final long periodNanos;
    private final Ticker ticker;
    private int next;
    private long count;

    RateWindow(int most, long periodNanos, Ticker ticker) {
        this.entered = new long[most];
        this.periodNanos = periodNanos;
        this.ticker = ticker;
    }

    /** Enters, if there is room. */
    boolean enters() {
        long now = ticker.read();
        synchronized (entered) {
            if (count >= entered.length && now - entered[next] < periodNanos) {
                return false;
            }
            entered[next] = now;
            next = (next + 1) % entered.length;
            count++;
            return true;
        }
    }
}
