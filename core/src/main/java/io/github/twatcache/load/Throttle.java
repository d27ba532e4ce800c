package io.github.twatcache.load;

import io.github.twatcache.spi.Ticker;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The keys that are left alone for a while, since what is kept of them answers meanwhile: those whose values could not be
 * computed anew of late, or that others compute. At most {@value #MOST}; when there are more, those whose time is over go, and if that is not enough
 * nothing is added.
 */
final class Throttle {
    static final int MOST = 10_000;

    private final ConcurrentMap<Object, Long> since = new ConcurrentHashMap<>();
    private final Ticker ticker;
    private final long nanos;

    Throttle(Ticker ticker, long nanos) {
        this.ticker = ticker;
        this.nanos = nanos;
    }

    /** Whether a key is to be left alone. */
    boolean holds(Object key) {
        Long failure = since.get(key);
        if (failure == null) {
            return false;
        }
        if (over(failure)) {
            since.remove(key, failure);
            return false;
        }
        return true;
    }

    private boolean over(long failure) {
        return ticker.read() - failure >= nanos;
    }

    /** Takes note that a key is to be left alone from now on. */
    void failed(Object key) {
        if (since.size() >= MOST) {
            since.values().removeIf(this::over);
        }
        if (since.size() < MOST) {
            since.put(key, ticker.read());
        }
    }

    void forget(Object key) {
        if (!since.isEmpty()) {
            since.remove(key);
        }
    }

    void forgetAll() {
        since.clear();
    }
}
