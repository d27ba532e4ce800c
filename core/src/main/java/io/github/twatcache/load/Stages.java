package io.github.twatcache.load;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Tally;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Runs loads that no thread owns, from their announcement to their end: leave to use the source, the function's stage, more
 * of them where one has failed and is to be tried again, and the storing.
 *
 * <p>No thread waits. A load that must wait for a place at the source, or pause before the next attempt, is left by its thread
 * and goes on in the background, in the context of its caller.
 */
final class Stages {
    private final AsyncLoads async;
    private final Loads loads;
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Tally tally;
    private final AsyncSettings settings;
    private final @Nullable SourceGuard source;
    private final @Nullable Attempts attempts;

    Stages(AsyncLoads async, Loads loads, AsyncSettings settings) {
        this.async = async;
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.store = loads.store();
        this.tally = inFlight.tally();
        this.settings = settings;
        this.source = inFlight.source();
        this.attempts = inFlight.attempts();
    }

    /** What a thread does for a load: its ending, or {@code null} where that is still to come. */
    @FunctionalInterface
    private interface Step {
        @Nullable Ending run() throws FunctionFailed;
    }

    /** Runs the load that was just announced. From here on it must end, or have something that it ends with. */
    void run(Unowned mine, Call call) {
        Running running = new Running(mine, call);
        work(running, () -> {
            call.waits(mine, false, null);
            async.limit(call);
            mine.hear(call);
            call.leaveIfCancelled();
            Ending known = mine.abandoned() ? Ending.TRY_ANEW : known(running, call);
            if (known != null) {
                return known;
            }
            prepare(running);
            return admitted(running);
        });
    }

    private void work(Running running, Step step) {
        Unowned mine = running.load;
        Ending ending = Ending.TRY_ANEW;
        try {
            mine.adopt();
            ending = step.run();
        } catch (FunctionFailed failed) {
            ending = thrown(running, failed.thrown);
        } catch (Throwable failed) {
            // Those who wait try for themselves: it is not the function that has failed.
            running.call.fail(failed);
        } finally {
            if (ending != null) {
                running.close();
            }
            if (ending != null && mine.finish()) {
                inFlight.end(mine, ending);
            } else {
                mine.release();
            }
        }
        if (ending == null) {
            goOn(running);
        }
    }

    /** The ending of a load that need not be run, if it is known already; the call is answered then. */
    private @Nullable Ending known(Running running, Call call) {
        return call.renews ? renewedElsewhere(running, call) : stored(running, call);
    }

    /** The same of what is due, where another process computes it or has done so since. */
    private @Nullable Ending renewedElsewhere(Running running, Call call) {
        Entry seen = store.entry(running.load.key);
        running.guard = seen == null ? Guard.ABSENT : Guard.seen(seen.mark());
        Leasing leasing = loads.leasing();
        // What is seen and fresh is replaced where it is still the same, whoever computes.
        Leases.Claim claim = leasing == null || (seen != null && !call.inBackground)
                ? null
                : loads.renewalClaim(running.load.key, leasing);
        if (call.inBackground && loads.elsewhere(running.load.key, claim)) {
            call.complete(null);
            return Ending.TRY_ANEW;
        }
        leased(running, leasing, claim);
        return null;
    }

    private static void leased(Running running, @Nullable Leasing leasing, Leases.@Nullable Claim claim) {
        running.lease = leasing == null ? null : leasing.lease(running.load, claim);
        running.load.lease = running.lease;
    }

    private @Nullable Ending stored(Running running, Call call) {
        Object key = running.load.key;
        Object stored = inFlight.find(store, key);
        if (stored != null) {
            loads.hit(call.counted());
            return found(running, call, stored);
        }
        Staleness staleness = inFlight.staleness();
        Staleness.Answer spared = staleness == null ? null : staleness.throttled(running.load);
        if (spared != null) {
            loads.hit(call.counted());
            if (staleness != null && spared.stale() && !call.isDone()) {
                staleness.servedBefore(running.load);
            }
            call.answer(spared.value());
            running.load.stored = !spared.stale();
            return new Ending.Value(spared.value(), spared.stale());
        }
        async.missed(call);
        Throwable kept = inFlight.failures().of(key);
        if (kept != null) {
            return loads.orStale(running.load, new Ending.Failure(kept));
        }
        Leasing leasing = loads.leasing();
        Leases.Claim claim = leasing == null ? null : loads.claim(running.load, leasing);
        if (claim instanceof Leases.Found there) {
            tally.joined();
            return found(running, call, there.value());
        }
        leased(running, leasing, claim);
        return null;
    }

    private Ending found(Running running, Call call, Object masked) {
        Ending.Value there = new Ending.Value(Nil.unmask(masked));
        call.answer(there.value());
        return loads.found(running.load, there);
    }

    private void prepare(Running running) {
        if (running.renews) {
            tally.refreshed();
            if (running.call.inBackground) {
                tally.early();
            }
        } else if (running.lease == null) {
            running.guard = loads.guard(running.load.key);
        }
        if (source != null || attempts != null) {
            running.context = async.context();
        }
    }

    /** Begins the function with leave to use the source, if there is leave at once. */
    private @Nullable Ending admitted(Running running) throws FunctionFailed {
        if (source != null) {
            try {
                running.leave = source.admitNow(running.load, loads.waits(running.load));
            } catch (LoadRejectedException refused) {
                return ended(running, refused);
            }
            if (running.leave == null) {
                running.queues = true;
                return null;
            }
        }
        return begun(running);
    }

    /** Begins the function, unless nobody wants to know any more: the leave may have come after the last one gave up. */
    private @Nullable Ending begun(Running running) throws FunctionFailed {
        if (running.load.abandoned()) {
            return Ending.TRY_ANEW;
        }
        if (running.made == 0 && (tally.full() || inFlight.timed())) {
            running.started();
        }
        if (running.made == 0) {
            running.span = tally.events().load();
        }
        running.made++;
        // What a failed attempt has said is of no value of this one's.
        running.load.said = null;
        running.stage = stage(running.call);
        return null;
    }

    private CompletionStage<?> stage(Call call) throws FunctionFailed {
        try {
            CompletionStage<?> stage = call.computation.begin();
            if (stage == null) {
                throw new NullPointerException("the function of cache '" + inFlight.cache()
                        + "' returned null in the place of a stage; return CompletableFuture.completedFuture(null) for a"
                        + " value that is null");
            }
            return stage;
        } catch (Throwable thrown) {
            throw new FunctionFailed(thrown);
        }
    }

    /** Tells what the function threw apart from what else may. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class FunctionFailed extends Exception {
        private final Throwable thrown;

        FunctionFailed(Throwable thrown) {
            super(null, null, false, false);
            this.thrown = thrown;
        }
    }

    /** The function has thrown before there was a stage. */
    private @Nullable Ending thrown(Running running, Throwable thrown) {
        boolean interrupted = Loads.interrupted(new Ending.Failure(thrown));
        if (!interrupted && again(running, thrown)) {
            return null;
        }
        running.giveBack(Loads.sourceFailed(new Ending.Failure(thrown)));
        countFailed(running, thrown);
        if (interrupted) {
            // An owner that was interrupted speaks for itself alone: those who wait elect a new owner.
            running.call.fail(thrown);
            return Ending.TRY_ANEW;
        }
        // The call is told with the others, once the load has ended: a call after that must not join it.
        return failed(running, thrown);
    }

    /** Whether the function is to be run again. */
    private boolean again(Running running, Throwable thrown) {
        return attempts != null && !running.load.abandoned() && attempts.again(thrown, running.made);
    }

    /** No thread works on the load now: has one do so when there is something to do. */
    private void goOn(Running running) {
        CompletionStage<?> stage = running.stage;
        if (stage != null) {
            running.stage = null;
            follow(stage, running);
        } else if (running.queues && source != null) {
            running.queues = false;
            SourceGuard guard = source;
            running.load.whenAbandoned(
                    async.whenPlaced(guard, running.context, () -> placed(running, guard), why -> lost(running, why)));
        } else {
            pause(running);
        }
    }

    /** Goes on with a load that was given a place at the source. */
    private void placed(Running running, SourceGuard guard) {
        if (running.load.abandoned()) {
            guard.notUsed();
            running.close();
            return;
        }
        work(running, () -> {
            try {
                running.leave = guard.admitInPlace(running.load);
            } catch (LoadRejectedException refused) {
                return ended(running, refused);
            }
            return begun(running);
        });
    }

    /** Has the next attempt made after a pause. */
    private void pause(Running running) {
        if (attempts != null) {
            Alarms.Alarm unused = settings.alarms()
                    .after(
                            attempts.pause(running.made),
                            () -> async.elsewhere(
                                    running.context,
                                    () -> work(running, () -> begun(running)),
                                    failed -> lost(running, failed)));
        }
    }

    /** Ends a load that cannot go on: for want of a thread, or as an alarm has said. */
    private void lost(Running running, Throwable why) {
        if (running.load.finish()) {
            async.apart(() -> {
                running.close();
                inFlight.end(running.load, ended(running, why));
            });
        } else {
            running.close();
        }
    }

    private void follow(CompletionStage<?> stage, Running running) {
        int attempt = running.attempt();
        running.load.runs(stage);
        try {
            Load wanted = stage instanceof Call call ? call.load() : null;
            if (wanted != null) {
                // Of all stages the one of ours tells what it waits for.
                Chain.waits(running.load, wanted);
            }
            stage.whenComplete((value, thrown) -> arrived(running, attempt, value, thrown));
        } catch (Throwable failed) {
            arrived(running, attempt, null, failed);
        }
    }

    /** A stage has come to its end: for the first time, that is, and while somebody wants to know. */
    private void arrived(Running running, int attempt, @Nullable Object value, @Nullable Throwable how) {
        if (!running.ends(attempt)) {
            return;
        }
        Throwable thrown = original(how);
        if (thrown != null && again(running, thrown)) {
            running.load.waitsFor = null;
            pause(running);
            return;
        }
        boolean abandoned = running.load.abandoned();
        running.giveBack(
                abandoned ? null : thrown == null ? Boolean.FALSE : Loads.sourceFailed(new Ending.Failure(thrown)));
        if (running.load.finish()) {
            async.store(() -> conclude(running, value, thrown));
        } else if (abandoned) {
            async.store(running::close);
        }
    }

    /** What a function failed with, without what the JDK wraps around it on the way. */
    static @Nullable Throwable original(@Nullable Throwable thrown) {
        Throwable cause = thrown instanceof CompletionException ? thrown.getCause() : null;
        return cause == null ? thrown : cause;
    }

    private void conclude(Running running, @Nullable Object value, @Nullable Throwable thrown) {
        Ending ending = Ending.TRY_ANEW;
        running.load.adopt();
        try {
            if (thrown == null) {
                Object kept = settings.arriving().apply(value);
                ending = new Ending.Value(kept);
                running.load.costNanos = running.nanos();
                tally.loaded(tally.full() ? running.load.costNanos : 0);
                if (running.span != null) {
                    running.load.later(running.span.loaded(List.of(running.load.key), running.renews));
                }
                keep(running, kept);
            } else {
                countFailed(running, thrown);
                ending = failed(running, thrown);
            }
        } catch (Throwable failed) {
            // Storing throws nothing but errors of the JVM; the value is there all the same.
            ending = ending == Ending.TRY_ANEW ? new Ending.Failure(failed) : ending;
        } finally {
            try {
                running.close();
            } finally {
                inFlight.end(running.load, ending);
            }
        }
    }

    private void keep(Running running, @Nullable Object value) {
        boolean kept = loads.keeping().keep(running.load, value, running.judge, running.guard, running.lease);
        if (!running.renews || kept) {
            return;
        }
        if (running.call.inBackground) {
            loads.dropUnrenewed(running.load, running.guard);
        } else {
            loads.giveUp(running.load, running.guard == Guard.ABSENT ? null : running.guard);
        }
    }

    private void countFailed(Running running, Throwable thrown) {
        tally.failed(tally.full() ? running.nanos() : 0);
        if (running.span != null) {
            running.load.later(running.span.failed(List.of(running.load.key), running.renews, thrown));
        }
    }

    private Ending failed(Running running, Throwable thrown) {
        if (running.load.commit()) {
            inFlight.failures().keep(running.load.key, thrown);
        }
        return ended(running, thrown);
    }

    /** The end of a load that has failed, or was refused: with the value that is kept, unless it was to be replaced. */
    private Ending ended(Running running, Throwable thrown) {
        Ending ending = new Ending.Failure(thrown);
        return running.renews ? ending : loads.orStale(running.load, ending);
    }
}
