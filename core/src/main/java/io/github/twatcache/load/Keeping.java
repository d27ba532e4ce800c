package io.github.twatcache.load;

import io.github.twatcache.error.OperationException;
import io.github.twatcache.error.ReadOnlyException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.TransactionStore;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.stats.Unstored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores what loads have computed, and counts what is not stored, and why. */
final class Keeping {
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Tally tally;
    private final Warnings warnings;
    private final @Nullable BulkStore<Object> bulk;
    private final boolean transactional;
    private final boolean shared;
    private final Freshness freshness;

    @SuppressWarnings("unchecked") // the store's keys are Objects
    Keeping(InFlight inFlight, Store<Object> store, Freshness freshness) {
        this.freshness = freshness;
        this.inFlight = inFlight;
        this.store = store;
        this.tally = inFlight.tally();
        this.warnings = new Warnings(inFlight.cache(), InFlight.LOG);
        this.bulk = (BulkStore<Object>) store.capability(BulkStore.class).orElse(null);
        this.transactional = store.capability(TransactionStore.class).isPresent();
        this.shared = store.capability(Leases.class).isPresent();
    }

    /**
     * Stores what a load has computed, unless somebody has detached it. Never throws but for errors of the JVM.
     *
     * @param mine the load
     * @param value what was computed
     * @param judge decides on what terms it is kept
     * @param guard the condition
     * @param lease the lease under which it was computed; {@code null} for none
     * @return whether it is stored
     */
    boolean keep(Load mine, @Nullable Object value, Judge judge, Guard guard, @Nullable Lease lease) {
        Terms terms = judged(mine, value, judge);
        if (terms == null) {
            return false;
        }
        if (transactional && !inFlight.together().begins()) {
            tally.unstored(Unstored.LATE);
            return false;
        }
        try {
            return commits(mine) && store(mine, Nil.mask(value), terms, guard, lease);
        } finally {
            if (transactional) {
                inFlight.together().ends();
            }
        }
    }

    /** The terms on which a value is kept; {@code null} where it is not to be, which is counted. */
    private @Nullable Terms judged(Load mine, @Nullable Object value, Judge judge) {
        // Whoever has seen the value must not get an older failure when the value is gone.
        inFlight.forgetFailure(mine.key);
        try {
            if (!freshness.slowEnough(mine.costNanos)) {
                throw new Unfit(Unstored.CONDITION);
            }
            Terms terms = judge.loaded(mine.key, value);
            if (inFlight.closed()) {
                tally.unstored(Unstored.CLOSED);
            } else if (!inFlight.mode().stores()) {
                tally.unstored(Unstored.SWITCHED_OFF);
            } else {
                Said said = mine.said;
                terms = said == null ? terms : said.on(terms);
                return freshness.terms(
                        inFlight.timed() && terms.costNanos() == 0 ? terms.costing(mine.costNanos) : terms);
            }
        } catch (Unfit unfit) {
            tally.unstored(unfit.reason());
            if (unfit.getCause() != null) {
                warnings.unstored(unfit.reason(), unfit.getCause());
            }
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            failed(failed);
        }
        return null;
    }

    private boolean commits(Load mine) {
        boolean mayStore = mine.commit();
        if (!mayStore) {
            tally.unstored(Unstored.LATE);
        }
        return mayStore;
    }

    private boolean store(Load mine, Object value, Terms terms, Guard guard, @Nullable Lease lease) {
        try {
            mine.storing = true;
            Outcome outcome = lease == null ? store.put(mine.key, value, terms, guard) : lease.commit(value, terms);
            if (outcome == Outcome.REFUSED && guard != Guard.ABSENT && !shared) {
                // What was to be replaced has been evicted or has expired meanwhile. Another process may have removed
                // it.
                outcome = store.put(mine.key, value, terms, Guard.ABSENT);
            }
            count(outcome);
            mine.stored = outcome == Outcome.STORED;
            return mine.stored;
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            failed(failed);
            return false;
        } finally {
            mine.storing = false;
        }
    }

    private void failed(Throwable failed) {
        failed(failed, 1);
    }

    private void failed(Throwable failed, int count) {
        boolean closed = inFlight.closed();
        Unstored why = closed ? Unstored.CLOSED : reason(failed);
        for (int i = 0; i < count; i++) {
            tally.unstored(why);
        }
        if (!closed) {
            warnings.unstored(why, failed);
        }
    }

    /** What cannot be written is no fault of the engine's. */
    private static Unstored reason(Throwable failed) {
        if (failed instanceof ReadOnlyException) {
            return Unstored.SWITCHED_OFF;
        }
        return failed instanceof OperationException ? Unstored.UNSUITABLE : Unstored.ENGINE_FAILED;
    }

    /** The store, where it does many look-ups in one step; {@code null} where it does not. */
    @Nullable BulkStore<Object> bulk() {
        return bulk;
    }

    /** What one load of a bulk has computed. */
    record Computed(
            Load load,
            @Nullable Object value,
            Judge judge,
            Guard guard,
            @Nullable Lease lease) {}

    /** One that is fit to be stored. */
    private record Ready(Computed computed, Terms terms) {}

    /**
     * Stores what a bulk load has computed, in one step where the store can do that. Never throws but for errors of the JVM.
     *
     * @param all what was computed
     * @param here the bulk, which its thread works on
     */
    void keepAll(List<Computed> all, Load here) {
        List<Ready> ready = new ArrayList<>();
        for (Computed one : all) {
            Terms terms = judged(one.load, one.value, one.judge);
            if (terms != null) {
                ready.add(new Ready(one, terms));
            }
        }
        if (transactional && !inFlight.together().begins()) {
            ready.forEach(one -> tally.unstored(Unstored.LATE));
            return;
        }
        try {
            here.storing = true;
            ready.removeIf(one -> !commits(one.computed.load));
            leased(ready.stream().filter(one -> one.computed.lease != null).toList());
            plain(ready.stream().filter(one -> one.computed.lease == null).toList());
        } finally {
            here.storing = false;
            if (transactional) {
                inFlight.together().ends();
            }
        }
    }

    private void leased(List<Ready> ready) {
        if (ready.isEmpty()) {
            return;
        }
        List<Lease> leases = new ArrayList<>();
        List<Leases.Commit<Object>> commits = new ArrayList<>();
        for (Ready one : ready) {
            Lease lease = one.computed.lease;
            if (lease != null) {
                leases.add(lease);
                commits.add(lease.commitOf(Nil.mask(one.computed.value), one.terms));
            }
        }
        stored(ready, () -> Lease.commitAll(leases, commits));
    }

    private void plain(List<Ready> ready) {
        if (bulk == null || ready.size() < 2) {
            for (Ready one : ready) {
                store(one.computed.load, Nil.mask(one.computed.value), one.terms, one.computed.guard, null);
            }
            return;
        }
        List<BulkStore.Put<Object>> puts = new ArrayList<>();
        for (Ready one : ready) {
            puts.add(new BulkStore.Put<>(
                    one.computed.load.key, Nil.mask(one.computed.value), one.terms, one.computed.guard));
        }
        stored(ready, () -> bulk.putAll(puts));
    }

    private void stored(List<Ready> ready, Supplier<List<Outcome>> step) {
        try {
            List<Outcome> outcomes = step.get();
            for (int i = 0; i < outcomes.size(); i++) {
                count(outcomes.get(i));
                ready.get(i).computed.load.stored = outcomes.get(i) == Outcome.STORED;
            }
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            failed(failed, ready.size());
        }
    }

    /** Removes the value that a refresh could not replace: whoever has seen the new one must not get the old one again. */
    void drop(Load mine, Guard guard) {
        try {
            mine.storing = true;
            store.remove(mine.key, guard);
        } catch (Throwable failed) {
            Thrown.passUnlessFailure(failed);
            warnings.unstored(reason(failed), failed);
        } finally {
            mine.storing = false;
        }
    }

    private void count(Outcome outcome) {
        switch (outcome) {
            case STORED -> tally.put();
            case REFUSED -> tally.unstored(Unstored.LATE);
            case FULL -> tally.unstored(Unstored.FULL);
            case TOO_HEAVY -> tally.unstored(Unstored.TOO_HEAVY);
        }
    }
}
