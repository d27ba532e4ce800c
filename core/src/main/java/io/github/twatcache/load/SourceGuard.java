package io.github.twatcache.load;

import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.failure.Patience;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
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
    private final @Nullable Places places;
    private final @Nullable RateWindow window;
    private final @Nullable SourceBreaker breaker;
    private final @Nullable Duration timeout;
    private final Ticker ticker;

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
                places.giveBack();
            }
            if (breaker != null) {
                breaker.tell(failed, probes);
            }
        }
    }

    private SourceGuard(String cache, SourceSettings settings, @Nullable Duration timeout, Ticker ticker) {
        this.cache = cache;
        this.settings = settings;
        this.timeout = timeout;
        this.ticker = ticker;
        this.places = settings.atOnce() > 0 ? new Places(settings.atOnce()) : null;
        this.window = settings.rate() > 0 ? new RateWindow(settings.rate(), settings.periodNanos(), ticker) : null;
        this.breaker =
                settings.failures() > 0 ? new SourceBreaker(settings.failures(), settings.delayNanos(), ticker) : null;
    }

    /** {@code null} where the source is not to be spared. */
    static @Nullable SourceGuard of(String cache, SourceSettings settings, @Nullable Duration timeout, Ticker ticker) {
        return settings.spares() ? new SourceGuard(cache, settings, timeout, ticker) : null;
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
        if (inside(mine)) {
            return new Leave(false, false);
        }
        boolean probes = probes();
        boolean place = false;
        boolean asked = false;
        try {
            place = place(waits);
            asked = true;
        } finally {
            if (!asked) {
                new Leave(false, probes).giveBack(null);
            }
        }
        return entered(mine, place, probes);
    }

    /**
     * Asks for leave to compute without waiting.
     *
     * @param mine the load, which this thread works on
     * @param waits whether there may be something to wait for; not where there is another answer
     * @return the leave; {@code null} where a place must be {@linkplain #queue waited} for
     * @throws LoadRejectedException when there is none
     */
    @Nullable Leave admitNow(Load mine, boolean waits) {
        if (inside(mine)) {
            return new Leave(false, false);
        }
        boolean probes = probes();
        if (places != null && !places.takes()) {
            new Leave(false, probes).giveBack(null);
            if (waits) {
                return null;
            }
            throw full(false);
        }
        return entered(mine, places != null, probes);
    }

    /**
     * Has a place taken as soon as there is one, for a load that no thread waits for.
     *
     * @param alarms tell when that has taken too long
     * @param given run with the place taken; must be short, and must not throw
     * @param late receives the refusal; must be short, and must not throw
     * @return gives up waiting; then neither is run, if none has been
     */
    Runnable queue(Alarms alarms, Runnable given, Consumer<LoadRejectedException> late) {
        Places all = places;
        Queued queued = new Queued(given);
        Places.Waiter waiter = all == null ? null : all.queues(queued);
        if (all == null || waiter == null) {
            given.run();
            return () -> {};
        }
        if (timeout != null) {
            // An alarm that comes when the place was given finds nobody waiting.
            queued.until(alarms.after(Patience.nanos(timeout), () -> {
                if (all.leaves(waiter)) {
                    late.accept(full(true));
                }
            }));
        }
        return () -> {
            if (all.leaves(waiter)) {
                queued.over();
            }
        };
    }

    /** What is run when there is a place; then nobody need be told that there was none. */
    private static final class Queued implements Runnable {
        private final Runnable given;
        private volatile Alarms.@Nullable Alarm alarm;
        private volatile boolean over;

        Queued(Runnable given) {
            this.given = given;
        }

        void until(Alarms.Alarm set) {
            alarm = set;
            if (over) {
                set.cancel();
            }
        }

        void over() {
            over = true;
            Alarms.Alarm set = alarm;
            if (set != null) {
                set.cancel();
            }
        }

        @Override
        public void run() {
            over();
            given.run();
        }
    }

    /**
     * Asks for leave with a place that was waited for, and gives that back where there is none.
     *
     * @param mine the load, which this thread works on
     * @return the leave
     * @throws LoadRejectedException when there is none
     */
    Leave admitInPlace(Load mine) {
        boolean asked = false;
        boolean probes;
        try {
            probes = probes();
            asked = true;
        } finally {
            if (!asked) {
                notUsed();
            }
        }
        return entered(mine, places != null, probes);
    }

    /** Takes a place without waiting, for {@link #admitInPlace}; whether there was one, or none is needed. */
    boolean takes() {
        return places == null || places.takes();
    }

    /** Gives a place back that was waited for, and is not needed any more. */
    void notUsed() {
        if (places != null) {
            places.giveBack();
        }
    }

    private static boolean inside(Load mine) {
        for (Load outer = mine.parent; outer != null; outer = outer.parent) {
            if (outer.home == mine.home && outer.admitted) {
                return true;
            }
        }
        return false;
    }

    /** Whether the computation is to find out whether the source is well again; refuses where that is left alone. */
    private boolean probes() {
        SourceBreaker.Answer answer = breaker == null ? SourceBreaker.Answer.CLOSED : breaker.ask();
        if (answer == SourceBreaker.Answer.OPEN) {
            throw refused("the source has failed " + settings.failures()
                    + " times in a row (source-breaker-failures) and is left alone for "
                    + Durations.format(Duration.ofNanos(settings.delayNanos()))
                    + " after the last of them (source-breaker-delay); see to the source, or keep stale values with"
                    + " failSafe");
        }
        return answer == SourceBreaker.Answer.PROBE;
    }

    private Leave entered(Load mine, boolean place, boolean probes) {
        Leave leave = new Leave(place, probes);
        if (window != null && !window.enters()) {
            leave.giveBack(null);
            throw refused("there have been " + settings.rate() + " computations (load-rate) within "
                    + Durations.format(Duration.ofNanos(settings.periodNanos()))
                    + " (load-rate-period); raise load-rate, or keep stale values with failSafe");
        }
        mine.admitted = true;
        return leave;
    }

    private boolean place(boolean waits) {
        if (places == null || places.takes()) {
            return places != null;
        }
        if (waits && waited(places)) {
            return true;
        }
        throw full(waits);
    }

    private LoadRejectedException full(boolean waited) {
        return refused(settings.atOnce() + " computations are running (max-concurrent-loads)"
                + (waited && timeout != null
                        ? ", and none has ended within " + Durations.format(timeout) + " (load-timeout)"
                        : "")
                + "; raise max-concurrent-loads, or keep stale values with failSafe");
    }

    private boolean waited(Places all) {
        CountDownLatch given = new CountDownLatch(1);
        Places.Waiter waiter = all.queues(given::countDown);
        if (waiter == null) {
            return true;
        }
        try {
            if (timeout == null) {
                given.await();
                return true;
            }
            Patience patience = new Patience(timeout, ticker);
            return patience.await(given, patience.now()) || !all.leaves(waiter);
        } catch (InterruptedException e) {
            if (!all.leaves(waiter)) {
                all.giveBack();
            }
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException(
                    "interrupted while waiting to compute a value of cache '" + cache + "': " + settings.atOnce()
                            + " computations were running (max-concurrent-loads)",
                    e);
        }
    }

    private LoadRejectedException refused(String why) {
        return new LoadRejectedException("a value of cache '" + cache + "' is not computed: " + why);
    }
}
