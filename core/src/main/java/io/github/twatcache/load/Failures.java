package io.github.twatcache.load;

import io.github.twatcache.load.LoadSettings.KeptFailure;
import io.github.twatcache.spi.Ticker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The exceptions that are kept for a while, when that was asked for: on the heap only, beside the store, whatever the
 * engine. At most {@value #MOST}; when there are more, the expired ones go, and if that is not enough nothing is added.
 */
final class Failures {
    static final int MOST = 10_000;

    private final ConcurrentMap<Object, Kept> kept = new ConcurrentHashMap<>();
    private final List<KeptFailure> kinds;
    private final Ticker ticker;

    Failures(List<KeptFailure> kinds, Ticker ticker) {
        this.kinds = kinds;
        this.ticker = ticker;
    }

    @Nullable Throwable of(Object key) {
        if (kinds.isEmpty()) {
            return null;
        }
        Kept failure = kept.get(key);
        if (failure == null) {
            return null;
        }
        if (ticker.read() - failure.since >= failure.nanos) {
            if (!failure.remembered) {
                kept.remove(key, failure);
            }
            return null;
        }
        return failure.thrown;
    }

    void keep(Object key, Throwable thrown) {
        for (KeptFailure kind : kinds) {
            if (kind.type().isInstance(thrown)) {
                if (kept.size() >= MOST) {
                    sweep();
                }
                long most = saturated(kind.most());
                Kept last = kept.get(key);
                long nanos = last == null || !last.remembered || !kind.type().isInstance(last.thrown)
                        ? saturated(kind.lifetime())
                        : last.nanos > most / 2 ? most : 2 * last.nanos;
                if (last != null || kept.size() < MOST) {
                    kept.put(
                            key,
                            new Kept(thrown, ticker.read(), nanos, !kind.most().equals(kind.lifetime())));
                }
                return;
            }
        }
    }

    void forget(Object key) {
        if (!kinds.isEmpty()) {
            kept.remove(key);
        }
    }

    void forgetAll() {
        kept.clear();
    }

    private void sweep() {
        long now = ticker.read();
        kept.values().removeIf(failure -> now - failure.since >= failure.nanos);
    }

    private static long saturated(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    /**
     * An exception that is kept.
     *
     * @param remembered whether it is remembered when its time is over, so that the next is kept for longer: until there is
     *     a value, or the key is changed
     */
    private record Kept(Throwable thrown, long since, long nanos, boolean remembered) {}
}
