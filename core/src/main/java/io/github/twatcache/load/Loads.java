package io.github.twatcache.load;

import io.github.twatcache.config.Mode;
import io.github.twatcache.error.LoadException;
import io.github.twatcache.failure.StackProbe;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TransactionStore;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes what is missing: one computation per key at a time, shared by all who ask meanwhile.
 *
 * <p>Keys and values are masked; a <em>raw</em> key is one of a call, not yet fit to be kept.
 */
public final class Loads {
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Keeping keeping;
    private final Tally tally;
    private final @Nullable Leasing leasing;
    private final boolean transactional;
    private final Freshness freshness;
    private final @Nullable Staleness staleness;
    private final @Nullable Limited limited;
    private final @Nullable Joiners joiners;
    private final Renewals renewals;

    /**
     * Creates the loading of a cache.
     *
     * @param inFlight its loads
     * @param store its store
     * @param copy makes a copy of a value as well as it can, where the engine hands out fresh values; {@code null} where it
     *     hands them out by reference
     */
    public Loads(InFlight inFlight, Store<Object> store, @Nullable UnaryOperator<@Nullable Object> copy) {
        this.inFlight = inFlight;
        this.store = store;
        this.staleness = Staleness.of(inFlight, store);
        inFlight.staleness(staleness);
        Freshness asked = inFlight.stale().freshness();
        this.freshness = staleness == null ? asked.withoutKeeping() : asked;
        this.keeping = new Keeping(inFlight, store, freshness);
        this.tally = inFlight.tally();
        this.leasing = Leasing.of(inFlight, store);
        this.transactional = store.capability(TransactionStore.class).isPresent();
        this.joiners = copy == null ? null : new Joiners(inFlight, store, copy);
        this.renewals = new Renewals(this);
        this.limited = inFlight.limits().any() ? new Limited(this) : null;
    }

    /**
     * Answers a call that has missed: joins the load that is running, or runs one.
     *
     * @param raw the key of the call
     * @param computation the function, run at most once
     * @param judge decides on what terms the value is kept
     * @return the value, not masked
     * @throws Exception exactly what the function throws
     */
    public @Nullable Object load(Object raw, Computation computation, Judge judge) throws Exception {
        StackProbe.load();
        Object key = inFlight.settled(raw);
        if (key != raw) {
            // A key that is compared by content may be there after all.
            Object value = inFlight.find(store, key);
            if (value != null) {
                hit(false);
                return Nil.unmask(value);
            }
        }
        if (staleness != null) {
            Staleness.Answer answer = staleness.answer(key, () -> renew(key, computation, judge));
            if (answer != null) {
                inFlight.requireOpen();
                return answer.value();
            }
        }
        // Within a transaction its own thread computes: another would wait for what it holds.
        if (limited != null && Chain.innermost() == null && !inFlight.together().inside()) {
            inFlight.requireOpen();
            return limited.load(key, outcome -> loadHere(key, computation, judge, outcome));
        }
        return served(key, loadHere(key, computation, judge, null));
    }

    /** What a call is answered with. That it is past its freshness counts now: each call has one answer, a load may have many. */
    @Nullable Object served(Object key, Ending.Value answer) {
        if (answer.stale() && staleness != null) {
            staleness.served(key);
        }
        return answer.value();
    }

    /**
     * Joins the load that is running, or runs one on this thread.
     *
     * @param outcome is told whether the store has the value, where others wait for this call's; {@code null} where none do
     */
    private Ending.Value loadHere(Object key, Computation computation, Judge judge, Limited.@Nullable Outcome outcome)
            throws Exception {
        boolean counted = false;
        while (true) {
            inFlight.requireOpen();
            Load mine = new Load(inFlight, key);
            // Before others can find it: what the stack leaves no room to end, the load outside of it takes along.
            Chain.enter(mine);
            Load other;
            try {
                other = announce(mine);
                if (other == null) {
                    return told(outcome, mine, run(mine, computation, judge, counted));
                }
            } catch (Throwable failed) {
                notBegun(mine);
                throw failed;
            }
            Chain.leave(mine);
            Object value = inFlight.find(store, key);
            if (value != null) {
                hit(counted);
                if (outcome != null) {
                    outcome.stored = true;
                }
                return new Ending.Value(Nil.unmask(value));
            }
            if (!counted) {
                miss(key);
                counted = true;
            }
            Ending ending = joined(other, inFlight.join(other, mine.parent));
            if (ending instanceof Ending.Value known) {
                tally.joined();
                return told(outcome, other, new Ending.Value(own(other, known), known.stale()));
            } else if (ending instanceof Ending.Failure failed) {
                tally.joined();
                throw Loads.<RuntimeException>same(failed.thrown());
            }
        }
    }

    private static Ending.Value told(Limited.@Nullable Outcome outcome, Load load, Ending.Value value) {
        if (outcome != null) {
            outcome.stored = load.stored;
        }
        return value;
    }

    /**
     * Puts a load up for others to join; returns the one that is there already. Within a transaction no other is joined,
     * since its owner may wait for the transaction; nor one whose key another process has changed since it began.
     */
    @Nullable Load announce(Load mine) {
        if (transactional && inFlight.together().inside()) {
            Chain.refuseOneself(mine);
            return null;
        }
        while (true) {
            Load other = inFlight.announce(mine);
            if (other == null || leasing == null || other.owner == Thread.currentThread() || leasing.stands(other)) {
                return other;
            }
            inFlight.overtake(other);
        }
    }

    /** Ends a load that was announced, or was to be, and has not begun. */
    private void notBegun(Load mine) {
        if (mine.ending() == null) {
            inFlight.end(mine, Ending.TRY_ANEW);
        }
    }

    /** Runs the load that was just announced. From here on it must end, whatever happens. */
    private Ending.Value run(Load mine, Computation computation, Judge judge, boolean counted) throws Exception {
        Ending ending = Ending.TRY_ANEW;
        try {
            Object stored = inFlight.find(store, mine.key);
            if (stored != null) {
                hit(counted);
                Ending.Value there = new Ending.Value(Nil.unmask(stored));
                ending = found(mine, there);
                return there;
            }
            Staleness.Answer spared = staleness == null ? null : staleness.throttled(mine);
            if (spared != null) {
                hit(counted);
                mine.stored = !spared.stale();
                Ending.Value there = new Ending.Value(spared.value(), spared.stale());
                ending = there;
                return there;
            }
            if (!counted) {
                miss(mine.key);
            }
            Throwable kept = inFlight.failures().of(mine.key);
            if (kept != null) {
                ending = orStale(mine, new Ending.Failure(kept));
                return outcome(ending);
            }
            Leases.Claim claim = leasing == null ? null : claim(mine, leasing);
            if (claim instanceof Leases.Found found) {
                tally.joined();
                Ending.Value there = new Ending.Value(Nil.unmask(found.value()));
                ending = found(mine, there);
                return there;
            }
            try (Lease lease = leasing == null ? null : leasing.lease(mine, claim)) {
                if (lease != null) {
                    mine.lease = lease;
                }
                Guard guard = lease == null ? guard(mine.key) : Guard.ABSENT;
                ending = compute(mine, computation);
                if (ending instanceof Ending.Value known) {
                    keeping.keep(mine, known.value(), judge, guard, lease);
                    return known;
                }
            }
            ending = orStale(mine, ending);
            return outcome(ending);
        } finally {
            // An owner that was interrupted speaks for itself alone: those who wait elect a new owner.
            inFlight.end(
                    mine, ending instanceof Ending.Failure failed && interrupted(failed) ? Ending.TRY_ANEW : ending);
        }
    }

    void miss(Object key) {
        if (staleness != null) {
            staleness.missed(key);
        }
        tally.miss(key);
    }

    Guard guard(Object key) {
        return staleness == null || !inFlight.mode().finds() ? inFlight.guard(store, key) : staleness.guard(key);
    }

    /** An ending, or that with the value that is kept where it is a failure; who was interrupted speaks for itself alone. */
    Ending orStale(Load load, Ending ending) {
        return staleness == null || !(ending instanceof Ending.Failure failure) || interrupted(failure)
                ? ending
                : staleness.instead(load, failure);
    }

    /** What a call is answered with that has joined a load; who was interrupted speaks for itself alone. */
    Ending joined(Load other, Ending ending) {
        return staleness == null || (ending instanceof Ending.Failure failure && interrupted(failure))
                ? ending
                : staleness.joined(other, ending);
    }

    /** The value of a load for a call that has joined it. */
    @Nullable Object own(Load other, Ending.Value known) {
        return own(other.key, known, other.stored);
    }

    /** The same of a load of which no more is known than its key, its ending, and whether the store has its value. */
    @Nullable Object own(Object key, Ending.Value known, boolean stored) {
        return joiners == null ? known.value() : joiners.own(key, known, stored);
    }

    private static Ending.Value outcome(Ending ending) {
        if (ending instanceof Ending.Value known) {
            return known;
        }
        throw Loads.<RuntimeException>same(((Ending.Failure) ending).thrown());
    }

    /**
     * How long what is stored is found, fresh and kept.
     *
     * @return how long; nothing is kept where the store cannot
     */
    public Freshness freshness() {
        return freshness;
    }

    /**
     * Looks for a value that is fresh, though look-ups find it no more because it is due to be computed anew.
     *
     * @param key the key, fit to be kept
     * @return the masked value, {@code null} where there is none
     */
    public @Nullable Object due(Object key) {
        return staleness == null ? null : staleness.fresh(key);
    }

    /**
     * The ending of a load that has found a value in the store. Where other processes change what is stored, who has joined
     * may have begun after such a change: they look for themselves.
     */
    Ending found(Load mine, Ending.Value value) {
        mine.stored = true;
        return leasing == null ? value : Ending.TRY_ANEW;
    }

    Leases.@Nullable Claim claim(Load mine, Leasing leasing) {
        return leases() ? leasing.claim(mine) : null;
    }

    /**
     * Who is to compute anew, over processes. It is waited for nobody: callers have an answer, or want one that is computed
     * from now on.
     */
    Leases.@Nullable Claim renewalClaim(Object key, Leasing leasing) {
        return leases() ? leasing.claimNow(key) : null;
    }

    /** Whether another process computes what is due, or has done so since. */
    boolean elsewhere(Object key, Leases.@Nullable Claim claim) {
        if (claim instanceof Leases.Theirs && staleness != null) {
            staleness.elsewhere(key);
        }
        return claim instanceof Leases.Theirs || claim instanceof Leases.Found;
    }

    /** Whether it is asked who may compute: not within a transaction, nor where nothing is to be found or stored. */
    boolean leases() {
        return inFlight.mode() == Mode.ON && !inFlight.together().inside();
    }

    /** Whether anything is kept for a key. */
    boolean keeps(Object key) {
        return staleness != null && staleness.keeps(key);
    }

    Keeping keeping() {
        return keeping;
    }

    Store<Object> store() {
        return store;
    }

    InFlight inFlight() {
        return inFlight;
    }

    @Nullable Leasing leasing() {
        return leasing;
    }

    /** Computes, with leave where the source is spared, and as often as it is to be tried. */
    private Ending compute(Load mine, Computation computation) {
        SourceGuard source = inFlight.source();
        if (source == null) {
            return computed(mine, computation);
        }
        SourceGuard.Leave leave;
        try {
            boolean placed = mine.placed;
            mine.placed = false;
            leave = placed ? source.admitInPlace(mine) : source.admit(mine, waits(mine));
        } catch (LoadException refused) {
            return new Ending.Failure(refused);
        }
        Boolean failed = null;
        try {
            Ending ending = computed(mine, computation);
            failed = ending instanceof Ending.Failure failure ? sourceFailed(failure) : Boolean.FALSE;
            return ending;
        } finally {
            leave.giveBack(failed);
        }
    }

    /** Whether a load waits for its turn at the source: nobody who computes anew has another answer that would do. */
    boolean waits(Load mine) {
        return mine.renews || !keeps(mine.key);
    }

    /** Computes many values at once, with leave where the source is spared, and as often as it is to be tried. */
    <T> T spared(Load group, Callable<T> once, boolean waits) throws Exception {
        SourceGuard source = inFlight.source();
        Attempts attempts = inFlight.attempts();
        Callable<T> computation = attempts == null ? once : () -> attempts.run(once);
        if (source == null) {
            return computation.call();
        }
        SourceGuard.Leave leave = source.admit(group, waits);
        Boolean failed = null;
        try {
            T values = computation.call();
            failed = Boolean.FALSE;
            return values;
        } catch (Throwable thrown) {
            failed = sourceFailed(new Ending.Failure(thrown));
            throw thrown;
        } finally {
            leave.giveBack(failed);
        }
    }

    /** Whether a failure is one of the source: not an interruption, nor one of ours; those say nothing of it. */
    static @Nullable Boolean sourceFailed(Ending.Failure failure) {
        return (interrupted(failure) || failure.thrown() instanceof LoadException) ? null : Boolean.TRUE;
    }

    private Ending computed(Load mine, Computation computation) {
        boolean timed = tally.full() || inFlight.timed();
        long start = timed ? inFlight.now() : 0;
        Events.Span span = tally.events().load();
        Attempts attempts = inFlight.attempts();
        try {
            Object value = attempts == null
                    ? computation.run()
                    : attempts.run(() -> {
                        // What a failed attempt has said is of no value of the next one's.
                        mine.said = null;
                        return computation.run();
                    });
            mine.costNanos = timed ? inFlight.now() - start : 0;
            tally.loaded(tally.full() ? mine.costNanos : 0);
            if (span != null) {
                mine.later(span.loaded(List.of(mine.key), mine.renews));
            }
            return new Ending.Value(value);
        } catch (Throwable thrown) {
            tally.failed(tally.full() ? inFlight.now() - start : 0);
            if (span != null) {
                mine.later(span.failed(List.of(mine.key), mine.renews, thrown));
            }
            Ending.Failure failure = new Ending.Failure(thrown);
            if (!interrupted(failure) && mine.commit()) {
                inFlight.failures().keep(mine.key, thrown);
            }
            return failure;
        }
    }

    static boolean interrupted(Ending.Failure failure) {
        return failure.thrown() instanceof InterruptedException
                || Thread.currentThread().isInterrupted();
    }

    /** What is there after all, although the call counts as a miss already, was computed by another. */
    void hit(boolean countedAsMiss) {
        if (countedAsMiss) {
            tally.joined();
        } else if (tally.full()) {
            tally.hit();
        }
    }

    /**
     * Computes anew, after what may be running has ended, and replaces what is stored. Calls that arrive meanwhile are
     * answered from the store as before; another refresh that arrives meanwhile waits and shares the next computation.
     *
     * @param raw the key of the call
     * @param computation the function, run at most once
     * @param judge decides on what terms the value is kept
     * @return the new value, not masked
     * @throws Exception exactly what the function throws; what is stored then stays
     */
    public @Nullable Object refresh(Object raw, Computation computation, Judge judge) throws Exception {
        StackProbe.load();
        Object key = inFlight.settled(raw);
        Load older = null;
        while (true) {
            inFlight.requireOpen();
            Load mine = new Load(inFlight, key);
            mine.renews = true;
            // Before others can find it: what the stack leaves no room to end, the load outside of it takes along.
            Chain.enter(mine);
            Load other;
            try {
                other = announce(mine);
                if (other == null) {
                    return rerun(mine, computation, judge, false);
                }
            } catch (Throwable failed) {
                notBegun(mine);
                throw failed;
            }
            Chain.leave(mine);
            Ending ending = inFlight.join(other, mine.parent);
            if (older != null && other != older && other.renews) {
                // It began after this call did, and sees to it that the old value goes, as a load need not.
                if (ending instanceof Ending.Value known) {
                    return own(other, known);
                } else if (ending instanceof Ending.Failure failed) {
                    throw Loads.<RuntimeException>same(failed.thrown());
                }
            }
            older = older == null ? other : older;
        }
    }

    /**
     * Computes anew what is due or stale, unless somebody else computes it, when it is its turn at the source: what ends when
     * that has, {@code null} where it has.
     */
    @Nullable CompletionStage<?> renew(Object key, Computation computation, Judge judge) throws Exception {
        inFlight.requireOpen();
        SourceGuard source = inFlight.source();
        if (source == null) {
            renewNow(new Load(inFlight, key), computation, judge);
            return null;
        }
        return renewals.run(key, source, () -> {
            Load mine = new Load(inFlight, key);
            mine.placed = true;
            try {
                renewNow(mine, computation, judge);
            } finally {
                if (mine.placed) {
                    source.notUsed();
                }
            }
        });
    }

    private void renewNow(Load mine, Computation computation, Judge judge) throws Exception {
        mine.renews = true;
        Chain.enter(mine);
        try {
            if (announce(mine) == null) {
                rerun(mine, computation, judge, true);
                return;
            }
        } catch (Throwable failed) {
            notBegun(mine);
            throw failed;
        }
        Chain.leave(mine);
    }

    private @Nullable Object rerun(Load mine, Computation computation, Judge judge, boolean inBackground)
            throws Exception {
        Ending ending = Ending.TRY_ANEW;
        try {
            Entry seen = store.entry(mine.key);
            // What is seen and fresh is replaced where it is still the same, whoever computes.
            Leases.Claim claim =
                    leasing == null || (seen != null && !inBackground) ? null : renewalClaim(mine.key, leasing);
            if (inBackground && elsewhere(mine.key, claim)) {
                return null;
            }
            try (Lease lease = leasing == null ? null : leasing.lease(mine, claim)) {
                mine.lease = lease;
                tally.refreshed();
                if (inBackground) {
                    tally.early();
                }
                ending = compute(mine, computation);
                if (ending instanceof Ending.Value known) {
                    Guard guard = seen == null ? Guard.ABSENT : Guard.seen(seen.mark());
                    if (!keeping.keep(mine, known.value(), judge, guard, lease)) {
                        if (inBackground) {
                            dropUnrenewed(mine, guard);
                        } else {
                            giveUp(mine, seen == null ? null : guard);
                        }
                    }
                    return known.value();
                }
            }
            throw Loads.<RuntimeException>same(((Ending.Failure) ending).thrown());
        } finally {
            inFlight.end(
                    mine, ending instanceof Ending.Failure failed && interrupted(failed) ? Ending.TRY_ANEW : ending);
        }
    }

    /**
     * Removes what was to be renewed in the background by a value that is not to be stored: it would be computed at each
     * call, and never be anything but old. Nobody has seen the new one; so what others do meanwhile has its way.
     */
    void dropUnrenewed(Load mine, Guard seen) {
        if (inFlight.mode().stores() && (mine.commit() || !mine.detached())) {
            if (seen != Guard.ABSENT) {
                keeping.drop(mine, seen);
            } else if (leasing == null || mine.lease == null || leasing.stands(mine)) {
                // What is stale cannot be seen; what another process has put meanwhile must stay, and has ended the
                // lease.
                keeping.drop(mine, Guard.ANY);
            }
        }
    }

    /**
     * Sees to it that nothing older than what a refresh returns is found after it: neither what it has seen, nor what a load
     * may have stored that began after the refresh was detached, and computed before it. What somebody has put by hand
     * stays.
     */
    void giveUp(Load mine, @Nullable Guard seen) {
        if (mine.detached() && inFlight.loadedOnly() && !inFlight.closed()) {
            inFlight.detach(mine.key);
            keeping.drop(mine, Guard.ANY);
            inFlight.detach(mine.key);
        } else if (seen != null) {
            keeping.drop(mine, seen);
        }
    }

    /**
     * Answers many keys with one computation for those that nobody has or is computing.
     *
     * @param raws the keys, each once
     * @param computation the bulk function
     * @param judges decide on what terms the values are kept
     * @param found receives each value
     * @throws Exception exactly what the function throws
     */
    public void loadAll(
            Set<Object> raws, BulkLoad.Computation computation, BulkLoad.Judges judges, BulkLoad.Found found)
            throws Exception {
        new BulkLoad(this, inFlight, store, keeping, computation, judges, found).run(raws);
    }

    /**
     * Throws what it is given, whatever its type: a function's exception reaches its caller as it is.
     *
     * @param <X> what the caller may throw
     * @param thrown what to throw
     * @return never; declared so that a caller can write {@code throw same(thrown)}
     * @throws X always
     */
    @SuppressWarnings("unchecked") // the cast is never executed: X is erased
    public static <X extends Throwable> RuntimeException same(Throwable thrown) throws X {
        throw (X) thrown;
    }
}
