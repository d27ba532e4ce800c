package io.github.twatcache.spi;

/** The JVM's own clock. One object, so that it is told from clocks that somebody moves by hand. */
enum SystemTicker implements Ticker {
    NANO_TIME;

    @Override
    public long read() {
        return System.nanoTime();
    }
}
