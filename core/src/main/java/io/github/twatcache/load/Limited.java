package io.github.twatcache.load;

import io.github.twatcache.error.LoadInterruptedException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.LoadTimeoutException;
import io.github.twatcache.failure.Patience;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.text.Durations;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Loads whose callers wait for so long and no longer: they run in the background, and go on when nobody waits any more. A
 * call that is late is answered with the value that is kept, or by a {@link LoadTimeoutException}.
 *
 * <p>A load that begins inside another one runs on that one's thread, and within its time.
 */
final class Limited {
    private final Loads loads;
    private final InFlight inFlight;
    private final TimeLimits limits;
    private final @Nullable Staleness staleness;
    private final @Nullable Leasing leasing;
    private final Executor background;
    private final Tally tally;
    private final Patience soft;
    private final Patience hard;

    /** Loads that wait for a thread: who asks meanwhile waits for the one that is there. */
    private final ConcurrentMap<Object, Outcome> queued = new ConcurrentHashMap<>();

    /** Of loads whose store is known. */
    Limited(Loads loads) {
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.limits = inFlight.limits();
        this.staleness = inFlight.staleness();
        this.leasing = loads.leasing();
        this.background = inFlight.stale().background();
        this.tally = inFlight.tally();
        this.soft = new Patience(Duration.ofNanos(limits.softNanos()), inFlight.ticker());
        this.hard = new Patience(Duration.ofNanos(limits.hardNanos()), inFlight.ticker());
    }

    /** Loads a value on the thread that calls it. */
    @FunctionalInterface
    interface Here {
        /** Loads it, and tells the outcome whether the store has it, where others wait for that. */
        Ending.Value load(@Nullable Outcome outcome) throws Exception;
    }

    /** What a load in the background has come to. */
    static final class Outcome {
        final CountDownLatch known = new CountDownLatch(1);
        volatile @Nullable Ending ending;

        /** Whether the store has the value. Written before it is known, read afterwards. */
        boolean stored;

        /** The first counts: what carries the context may fail after the load has ended. */
        void is(Ending how) {
            if (ending == null) {
                ending = how;
                known.countDown();
            }
        }

        /** An owner that was interrupted speaks for itself alone. */
        @Nullable Ending forJoiners() {
            Ending how = ending;
            return how instanceof Ending.Failure failed && failed.thrown() instanceof InterruptedException
                    ? Ending.TRY_ANEW
                    : how;
        }

        void runs(Here here) {
            try {
                is(here.load(this));
            } catch (Throwable thrown) {
                is(new Ending.Failure(thrown));
                if (thrown instanceof VirtualMachineError error) {
                    throw error;
                }
            }
        }
    }

    /**
     * Loads a value in the background, or joins whoever does.
     *
     * @param key the key, fit to be kept
     * @param here loads it
     * @return the value, or the one that is kept
     * @throws Exception exactly what the function throws
     */
    @Nullable Object load(Object key, Here here) throws Exception {
        return load(key, here, inFlight.now());
    }

    private @Nullable Object load(Object key, Here here, long since) throws Exception {
        Kept kept = kept(key);
        if (limits.of(kept != null) == 0) {
            return loads.served(key, here.load(null));
        }
        Wait wait = new Wait(kept != null && limits.softNanos() > 0, since);
        Load other = running(key);
        return other == null ? begun(key, here, wait) : joined(key, other, here, wait);
    }

    /** The load that is running and may be joined; from here on it knows of one more who waits. */
    private @Nullable Load running(Object key) {
        Load other = inFlight.running(key);
        if (other != null && leasing != null && !leasing.stands(other)) {
            inFlight.overtake(other);
            return null;
        }
        if (other != null && (other.ending() != null || !other.joins())) {
            inFlight.withdraw(other);
            return null;
        }
        return other;
    }

    /** Whether the soft limit counts for a call, and since when it waits. */
    private record Wait(boolean soft, long since) {}

    /** A call whose time is over, and what it can be answered with. */
    private record Late(@Nullable Kept kept) {}

    private @Nullable Object begun(Object key, Here here, Wait wait) throws Exception {
        ContextCarrier.Carried context = inFlight.stale().context().capture();
        Outcome mine = new Outcome();
        Outcome other = queued.putIfAbsent(key, mine);
        if (other != null) {
            return waited(key, other.known, () -> own(key, other.forJoiners(), other.stored), here, wait);
        }
        try {
            background.execute(() -> {
                // From here on it is found among the loads that run: who asks after a change must not wait for this.
                queued.remove(key, mine);
                try {
                    Carrying.within(context, () -> mine.runs(here));
                } catch (Throwable notRun) {
                    mine.is(new Ending.Failure(notRun));
                    Thrown.passUnlessFailure(notRun);
                }
            });
        } catch (Throwable refused) {
            // Whatever the executor throws, as when no thread is to be had: nobody must wait for what never runs.
            queued.remove(key, mine);
            mine.is(Ending.TRY_ANEW);
            tally.rejected();
            Thrown.passUnlessFailure(refused);
            return rejected(key, refused);
        }
        Late late = await(key, mine.known, wait);
        if (late != null) {
            return answer(key, late);
        }
        Ending ending = mine.ending;
        if (ending instanceof Ending.Value known) {
            return loads.served(key, known);
        }
        throw ending instanceof Ending.Failure failed
                ? Loads.<RuntimeException>same(failed.thrown())
                : new IllegalStateException("a load has ended without an outcome");
    }

    private @Nullable Object joined(Object key, Load other, Here here, Wait wait) throws Exception {
        return waited(key, other.latch(), () -> ending(other), here, wait);
    }

    /** What a load that has ended answers with. */
    private @Nullable Ending ending(Load other) {
        Ending ended = other.ending();
        Ending ending = staleness == null || ended == null ? ended : staleness.joined(other, ended);
        return own(other.key, ending, other.stored);
    }

    /** What one of those is answered with who have joined a load: with a value of its own, where the engine hands out such. */
    private @Nullable Ending own(Object key, @Nullable Ending ending, boolean stored) {
        return ending instanceof Ending.Value known
                ? new Ending.Value(loads.own(key, known, stored), known.stale())
                : ending;
    }

    /** Waits for what another call has begun. */
    private @Nullable Object waited(
            Object key, CountDownLatch end, Supplier<? extends @Nullable Ending> how, Here here, Wait wait)
            throws Exception {
        Events.Span span = tally.events().await();
        long start = inFlight.now();
        tally.waited();
        Late late;
        try {
            late = await(key, end, wait);
        } catch (LoadInterruptedException interrupted) {
            tally.miss(key);
            throw interrupted;
        } finally {
            tally.waitedFor(inFlight.now() - start);
            if (span != null) {
                span.waited(key);
            }
        }
        if (late != null) {
            // It has begun no load, which would have counted its look-up.
            if (late.kept == null) {
                tally.miss(key);
            } else if (tally.full()) {
                tally.hit();
            }
            return answer(key, late);
        }
        Ending ending = how.get();
        if (ending instanceof Ending.Value known) {
            tally.miss(key);
            tally.joined();
            return loads.served(key, known);
        } else if (ending instanceof Ending.Failure failed) {
            tally.miss(key);
            tally.joined();
            throw Loads.<RuntimeException>same(failed.thrown());
        }
        return load(key, here, wait.since);
    }

    /**
     * Waits for the end: for the soft limit where something is kept that would do then, else for the hard one, or for as long
     * as it takes. What is kept is looked up when the time is over: what somebody has removed meanwhile is no answer.
     *
     * @return {@code null} where the end has come in time
     */
    private @Nullable Late await(Object key, CountDownLatch end, Wait wait) {
        try {
            if (wait.soft) {
                if (soft.await(end, wait.since)) {
                    return null;
                }
                Kept kept = kept(key);
                if (kept != null) {
                    return new Late(kept);
                }
            }
            if (limits.hardNanos() > 0) {
                return hard.await(end, wait.since) ? null : new Late(kept(key));
            }
            end.await();
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException(
                    "interrupted while waiting for " + named(key) + "; the load goes on without this caller", e);
        }
    }

    private @Nullable Kept kept(Object key) {
        return staleness == null ? null : staleness.kept(key);
    }

    private @Nullable Object answer(Object key, Late late) {
        tally.timedOut();
        tally.events().timedOut(key);
        if (late.kept != null) {
            return answer(key, late.kept);
        }
        throw late(named(key), limits);
    }

    private @Nullable Object answer(Object key, Kept kept) {
        return loads.served(key, new Ending.Value(Nil.unmask(kept.entry().value()), !kept.fresh()));
    }

    /** What a call is told that has waited for as long as it may, and has no other answer. */
    static LoadTimeoutException late(String named, TimeLimits limits) {
        return new LoadTimeoutException("waited " + Durations.format(Duration.ofNanos(limits.hardNanos()))
                + " (hard-timeout) for " + named
                + ", which goes on in the background and is stored when it ends; raise the limit, or keep stale values"
                + " with failSafe");
    }

    private @Nullable Object rejected(Object key, Throwable refused) {
        Kept kept = kept(key);
        if (kept != null) {
            if (tally.full()) {
                tally.hit();
            }
            return answer(key, kept);
        }
        tally.miss(key);
        throw new LoadRejectedException(
                named(key) + " was not begun: the executor takes no more work (from code); give it a longer queue, or"
                        + " leave soft-timeout and hard-timeout out",
                refused);
    }

    private String named(Object key) {
        return inFlight.cache() + "[" + inFlight.digest(key) + "]";
    }
}
