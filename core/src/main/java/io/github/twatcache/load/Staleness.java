package io.github.twatcache.load;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.error.RecursiveLoadException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.StaleStore;
import io.github.twatcache.spi.StaleStore.Kept;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Tally;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What calls are answered with when what is stored is due to be computed anew, or stale.
 *
 * <ul>
 *   <li>Due and fresh, or made stale by somebody: the value, and one computation in the background.
 *   <li>Expired: the call computes. If that fails it is answered with the value, and so are calls after it without computing,
 *       until the throttle lets go of the key.
 * </ul>
 *
 * <p>Nothing of it runs on a hit, nor on a miss of a cache that keeps nothing.
 */
final class Staleness {
    /** So long at most after another process has died somebody else computes what is due. */
    private static final long FOREIGN_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final InFlight inFlight;
    private final StaleStore<Object> keeper;
    private final StaleSettings settings;
    private final Tally tally;
    private final Throttle throttle;
    private final @Nullable Unread unread;

    /** The keys that another process computes: who asks meanwhile does not ask the store each time. */
    private final Throttle foreign;

    /** The keys that are being computed in the background, or are to be. */
    private final Set<Object> renewing = ConcurrentHashMap.newKeySet();

    private Staleness(InFlight inFlight, StaleStore<Object> keeper, StaleSettings settings) {
        this.inFlight = inFlight;
        this.keeper = keeper;
        this.settings = settings;
        this.tally = inFlight.tally();
        this.throttle = inFlight.throttle();
        this.foreign = new Throttle(inFlight.ticker(), FOREIGN_NANOS);
        Alarms alarms = settings.alarms();
        this.unread = settings.unreadNanos() == 0 || alarms == null
                ? null
                : new Unread(inFlight, this, alarms, settings.unreadNanos());
    }

    /** {@code null} where nothing is kept past its freshness. */
    @SuppressWarnings("unchecked") // the store's keys are Objects
    static @Nullable Staleness of(InFlight inFlight, Store<Object> store) {
        StaleSettings settings = inFlight.stale();
        if (!settings.freshness().keeps()) {
            return null;
        }
        return store.capability(StaleStore.class)
                .map(keeper -> new Staleness(inFlight, (StaleStore<Object>) keeper, settings))
                .orElse(null);
    }

    /** What a call is answered with at once. */
    record Answer(@Nullable Object value, boolean stale) {}

    /** Computes a value in the background. */
    @FunctionalInterface
    interface Renewal {
        /**
         * Computes the value of the key anew and stores it, unless somebody does already.
         *
         * @return what ends when that has ended; {@code null} where it has
         */
        @Nullable CompletionStage<?> run() throws Exception;

        /** Has the key be computed together with others, where these are being gathered; says whether. */
        default boolean gathered() {
            return false;
        }
    }

    /**
     * Answers a call that has found nothing, if what is kept allows it.
     *
     * @param key the key, fit to be kept
     * @param renewal computes the value anew
     * @return the answer; {@code null} where the call must compute
     */
    @Nullable Answer answer(Object key, Renewal renewal) {
        Kept kept = inFlight.mode().finds() ? kept(key) : null;
        if (kept == null) {
            computes(key, renewal);
            return null;
        }
        if (kept.fresh()) {
            return due(key, kept, renewal);
        }
        if (kept.aged()) {
            inBackground(key, renewal);
            return stale(key, kept);
        }
        if (throttle.holds(key)) {
            return stale(key, kept);
        }
        computes(key, renewal);
        return null;
    }

    /**
     * Answers a load that is about to compute, where its key has failed after its call had looked: while it waited for a
     * thread, say. To be asked once it is announced, so that no load of the key can fail in between. Counts nothing.
     *
     * @param mine the load
     * @return the answer; {@code null} where the load must compute
     */
    @Nullable Answer throttled(Load mine) {
        Kept kept = throttle.holds(mine.key) && inFlight.mode().finds() ? kept(mine.key) : null;
        return kept == null ? null : new Answer(Nil.unmask(kept.entry().value()), !kept.fresh());
    }

    /** Notes that a call computes a value, which is not to wait for another call when it is due. */
    private void computes(Object key, Renewal renewal) {
        if (unread != null) {
            unread.computing(key, renewal);
        }
    }

    /** Takes note that another process computes a key that is due here. */
    void elsewhere(Object key) {
        foreign.failed(key);
    }

    /** Ends what goes on without calls. */
    void close() {
        if (unread != null) {
            unread.close();
        }
    }

    private @Nullable Answer due(Object key, Kept kept, Renewal renewal) {
        Freshness freshness = settings.freshness();
        if (kept.due() && freshness.failover() && !throttle.holds(key)) {
            return null;
        }
        if (kept.due() && early(kept)) {
            inBackground(key, renewal);
        }
        return found(kept, false);
    }

    /** Whether a value that is due is to be computed anew now, where that is left to chance. */
    boolean early(Kept kept) {
        Freshness freshness = settings.freshness();
        Terms terms = kept.entry().terms();
        return freshness.beta() == 0
                || freshness.early(
                        terms.freshNanos(), terms.costNanos(), settings.chance().getAsDouble());
    }

    private Answer found(Kept kept, boolean stale) {
        if (tally.full()) {
            tally.hit();
        }
        return new Answer(Nil.unmask(kept.entry().value()), stale);
    }

    private Answer stale(Object key, Kept kept) {
        served(key);
        return found(kept, true);
    }

    /** A call is answered with a value past its freshness, by a thread that holds nothing. */
    void served(Object key) {
        tally.stale();
        tally.events().stale(key);
    }

    /** The same while its load, or the bulk that this is one of, has not ended: it is told of when that has. */
    void servedBefore(Load load) {
        tally.stale();
        Load bulk = load.nested;
        (bulk == null ? load : bulk).later(() -> tally.events().stale(load.key));
    }

    /** A value that is fresh and only due, for look-ups that compute nothing. */
    @Nullable Object fresh(Object key) {
        Kept kept = kept(key);
        if (kept != null && kept.fresh()) {
            return kept.entry().value();
        }
        if (kept != null) {
            tally.report(key, MissReason.EXPIRED);
        }
        return null;
    }

    /** What is kept of a key; {@code null} where nothing is, or the engine does not say. */
    @Nullable Kept kept(Object key) {
        try {
            return keeper.kept(key);
        } catch (EngineException unanswered) {
            return null;
        }
    }

    /** Takes note that a call computes, which has found what is kept expired. */
    void missed(Object key) {
        Kept kept = kept(key);
        if (kept != null && !kept.fresh()) {
            tally.report(key, MissReason.EXPIRED);
        }
    }

    /** Whether something is kept for each of these loads, none of which was detached, so that they have another answer. */
    static boolean keepsAll(@Nullable Staleness kept, Collection<? extends Load> loads) {
        return kept != null && loads.stream().allMatch(load -> !load.detached() && kept.keeps(load.key));
    }

    /** Whether anything is kept for a key. */
    boolean keeps(Object key) {
        return kept(key) != null;
    }

    /** On what condition a load that begins now may store: in the place of what is due, or where nothing is fresh. */
    Guard guard(Object key) {
        Kept kept = kept(key);
        return kept == null || !kept.fresh()
                ? Guard.ABSENT
                : Guard.seen(kept.entry().mark());
    }

    /**
     * What a load that has failed ends with instead. Whether anybody is answered with it, and so how often it counts, is for those
     * to say who wait: one may have had an answer before, and others have joined.
     *
     * @param mine the load; nobody has detached it
     * @param failure its failure
     * @return with the value that is kept; the failure itself where none is, or somebody must hear of it
     */
    Ending instead(Load mine, Ending.Failure failure) {
        if (!(failure.thrown() instanceof Exception) || failure.thrown() instanceof RecursiveLoadException) {
            return failure;
        }
        // Looked up now and not when the load began: what somebody has removed meanwhile is no answer.
        Kept kept = mine.detached() ? null : kept(mine.key);
        if (kept == null) {
            return failure;
        }
        // A load that has ended has failed once, for all who have joined it.
        if (mine.ending() == null && !(failure.thrown() instanceof LoadRejectedException)) {
            throttle.failed(mine.key);
        }
        return new Ending.Value(Nil.unmask(kept.entry().value()), !kept.fresh());
    }

    /**
     * What a call is answered with that has joined a load.
     *
     * @param other the load, which another has run
     * @param ending what that has ended with
     * @return the same, but for a failure in whose place a value is kept
     */
    Ending joined(Load other, Ending ending) {
        return ending instanceof Ending.Failure failure ? instead(other, failure) : ending;
    }

    /** Has a value computed anew in the background, unless that is under way, or has failed of late; says whether. */
    boolean inBackground(Object key, Renewal renewal) {
        if (throttle.holds(key) || foreign.holds(key) || inFlight.running(key) != null || !renewing.add(key)) {
            return false;
        }
        if (renewal.gathered()) {
            return true;
        }
        try {
            ContextCarrier.Carried context = settings.context().capture();
            settings.background().execute(() -> renewWithin(context, key, renewal));
            return true;
        } catch (Throwable refused) {
            // Whatever the executor throws, as when no thread is to be had: the next call tries again.
            renewing.remove(key);
            tally.rejected();
            Thrown.passUnlessFailure(refused);
            return false;
        }
    }

    /** Has the keys computed anew by one step in the background that were gathered to be. */
    void inBackground(Map<Object, Object> due, Due.Run renewals) {
        if (due.isEmpty()) {
            return;
        }
        try {
            ContextCarrier.Carried context = settings.context().capture();
            settings.background().execute(() -> renewTogether(context, due, renewals));
        } catch (Throwable refused) {
            // The next call tries again.
            due.values().forEach(key -> {
                renewing.remove(key);
                tally.rejected();
            });
            Thrown.passUnlessFailure(refused);
        }
    }

    private void renewTogether(ContextCarrier.@Nullable Carried context, Map<Object, Object> due, Due.Run renewals) {
        Set<Object> left = ConcurrentHashMap.newKeySet();
        left.addAll(due.values());
        Due.Over over = (key, failed) -> {
            if (left.remove(key)) {
                renewed(key, failed);
            }
        };
        try {
            Carrying.within(context, () -> renewTogether(due, renewals, over));
        } catch (Throwable failed) {
            due.values().forEach(key -> over.tell(key, failed));
            Thrown.passUnlessFailure(failed);
        }
    }

    private void renewTogether(Map<Object, Object> due, Due.Run renewals, Due.Over over) {
        Map<Object, Object> wanted = new LinkedHashMap<>(due);
        // Whoever has removed one meanwhile does not want it back.
        wanted.values().removeIf(key -> {
            boolean unwanted = inFlight.closed() || kept(key) == null;
            if (unwanted) {
                over.tell(key, null);
            }
            return unwanted;
        });
        if (!wanted.isEmpty()) {
            try {
                renewals.run(wanted, over);
            } catch (Exception failed) {
                wanted.values().forEach(key -> over.tell(key, failed));
            }
        }
    }

    private void renewWithin(ContextCarrier.@Nullable Carried context, Object key, Renewal renewal) {
        boolean[] begun = new boolean[1];
        try {
            Carrying.within(context, () -> {
                begun[0] = true;
                renew(key, renewal);
            });
        } catch (Throwable failed) {
            // What has begun has said itself how it ended, or will.
            if (!begun[0]) {
                renewed(key, failed);
            }
            Thrown.passUnlessFailure(failed);
        }
    }

    private void renew(Object key, Renewal renewal) {
        try {
            // Whoever has removed it meanwhile does not want it back.
            CompletionStage<?> running = inFlight.closed() || kept(key) == null ? null : renewal.run();
            if (running != null) {
                running.whenComplete((value, failed) -> renewed(key, failed));
                return;
            }
            renewed(key, null);
        } catch (Throwable failed) {
            renewed(key, failed);
            if (failed instanceof VirtualMachineError error) {
                throw error;
            }
        }
    }

    private void renewed(Object key, @Nullable Throwable failed) {
        if (failed != null && !inFlight.closed()) {
            boolean executors = failed instanceof RejectedExecutionException
                    || failed.getCause() instanceof RejectedExecutionException;
            boolean refused = executors || failed instanceof LoadRejectedException;
            // Throttled before it is counted: who reads the count may let the clock go on. An executor may take more at
            // any moment, the source will not.
            if (!executors) {
                throttle.failed(key);
            }
            if (refused) {
                tally.rejected();
            } else {
                tally.backgroundFailed();
            }
        }
        renewing.remove(key);
    }
}
