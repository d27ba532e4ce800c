package io.github.twatcache.load;

import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spares the source of a cache's values: so many computations at a time, so many in a period, and none for a while when it
 * has failed again and again.
 *
 * <p>A computation inside another one of the same cache has its leave with that: it would wait for itself otherwise.
 */
final class SourceGuard {
    private final String cache;
    private final SourceSettings settings;
    private final @Nullable Semaphore places;
    private final @Nullable RateWindow window;
    private final @Nullable SourceBreaker breaker;
    private final @Nullable Duration patience;

    /** Leave to compute; to be given back with how it went. */
    final class Leave {
        private final boolean place;
        private final boolean probes;

        private Leave(boolean place, boolean probes) {
            this.place = place;
            this.probes = probes;
        }

        /**
         * Gives it back.
         *
         * @param failed whether the source failed; {@code null} where that says nothing of it
         */
        void giveBack(@Nullable Boolean failed) {
            if (place && places != null) {
                places.release();
            }
            if (breaker != null) {
                breaker.tell(failed, probes);
            }
        }
    }

    private SourceGuard(String cache, SourceSettings settings, @Nullable Duration patience, Ticker ticker) {
        this.cache = cache;
        this.settings = settings;
        this.patience = patience;
        this.places = settings.atOnce() > 0 ? new Semaphore(settings.atOnce(), true) : null;
        this.window = settings.rate() > 0 ? new RateWindow(settings.rate(), settings.periodNanos(), ticker) : null;
        this.breaker =
                settings.failures() > 0 ? new SourceBreaker(settings.failures(), settings.delayNanos(), ticker) : null;
    }

    /** {@code null} where the source is not to be spared. */
    static @Nullable SourceGuard of(String cache, SourceSettings settings, @Nullable Duration patience, Ticker ticker) {
        return settings.spares() ? new SourceGuard(cache, settings, patience, ticker) : null;
    }

    /**
     * Asks for leave to compute.
     *
     * @param mine the load, whose thread works on it
     * @param waits whether to wait for a place; not where there is another answer
     * @return the leave
     * @throws LoadRejectedException when there is none
     * @throws LoadInterruptedException when interrupted while waiting for a place
     */
    Leave admit(Load mine, boolean waits) {
        for (Load outer = mine.parent; outer != null; outer = outer.parent) {
            if (outer.home == mine.home && outer.admitted) {
                return new Leave(false, false);
            }
        }
        boolean probes = false;
        if (breaker != null) {
            SourceBreaker.Answer answer = breaker.ask();
            if (answer == SourceBreaker.Answer.OPEN) {
                throw refused("the source has failed " + settings.failures()
                        + " times in a row (source-breaker-failures) and is left alone for "
                        + Durations.format(Duration.ofNanos(settings.delayNanos()))
                        + " after the last of them (source-breaker-delay); see to the source, or keep stale values with"
                        + " failSafe");
            }
            probes = answer == SourceBreaker.Answer.PROBE;
        }
        boolean admitted = false;
        boolean place = false;
        try {
            place = place(waits);
            if (window != null && !window.enters()) {
                throw refused("there have been " + settings.rate() + " computations (load-rate) within "
                        + Durations.format(Duration.ofNanos(settings.periodNanos()))
                        + " (load-rate-period); raise load-rate, or keep stale values with failSafe");
            }
            admitted = true;
            mine.admitted = true;
            return new Leave(place, probes);
        } finally {
            if (!admitted) {
                new Leave(place, probes).giveBack(null);
            }
        }
    }

    private boolean place(boolean waits) {
        if (places == null || places.tryAcquire()) {
            return places != null;
        }
        if (waits && waited(places)) {
            return true;
        }
        throw refused(settings.atOnce() + " computations are running (max-concurrent-loads)"
                + (waits && patience != null
                        ? ", and none has ended within " + Durations.format(patience) + " (load-timeout)"
                        : "")
                + "; raise max-concurrent-loads, or keep stale values with failSafe");
    }

    private boolean waited(Semaphore free) {
        try {
            return free.tryAcquire(nanos(patience), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException(
                    "interrupted while waiting to compute a value of cache '" + cache + "': " + settings.atOnce()
                            + " computations were running (max-concurrent-loads)",
                    e);
        }
    }

    private static long nanos(@Nullable Duration patience) {
        try {
            return patience == null ? Long.MAX_VALUE : patience.toNanos();
        } catch (ArithmeticException tooLong) {
            return Long.MAX_VALUE;
        }
    }

    private LoadRejectedException refused(String why) {
        return new LoadRejectedException("a value of cache '" + cache + "' is not computed: " + why);
    }
}
