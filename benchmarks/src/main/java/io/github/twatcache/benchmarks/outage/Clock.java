package io.github.twatcache.benchmarks.outage;

import java.util.concurrent.TimeUnit;

/** Real time, in milliseconds since the begin. Until then it stands at zero. */
final class Clock {
    private volatile long begin;
    private volatile boolean begun;

    void begin() {
        begin = System.nanoTime();
        begun = true;
    }

    double millis() {
        return begun ? (System.nanoTime() - begin) / 1e6 : 0;
    }

    /** Lets the thread sleep; not at all where there is nothing to wait for. */
    static void sleep(double millis) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.round(millis * 1e6));
        } catch (InterruptedException nobodyDoes) {
            throw new IllegalStateException(nobodyDoes);
        }
    }
}
