package io.github.twatcache.load;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.failure.StackProbe;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Leases.Claim;
import io.github.twatcache.spi.Leases.Theirs;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Store;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Many keys at once: what is stored is taken, what nobody computes is announced and computed by one call, what others
 * compute is waited for.
 *
 * <p>Its own loads end before it waits for any other, so two bulk calls over the same keys cannot wait for each other.
 */
public final class BulkLoad {
    /** The bulk function. */
    @FunctionalInterface
    public interface Computation {
        /**
         * Computes the values of several keys. Keys that it leaves out have none.
         *
         * @param keys the masked keys, as they were asked for
         * @return the values by masked key, not masked themselves
         * @throws Exception whatever the function throws
         */
        Map<Object, @Nullable Object> run(Set<Object> keys) throws Exception;
    }

    /** Receives each value that was found or computed. */
    @FunctionalInterface
    public interface Found {
        /**
         * Receives one.
         *
         * @param key the masked key, as it was asked for
         * @param value the value, not masked
         */
        void accept(Object key, @Nullable Object value);
    }

    /** Finds the judge of one key. */
    @FunctionalInterface
    public interface Judges {
        /**
         * Finds the judge.
         *
         * @param key the masked key, as it was asked for
         * @return what decides on what terms its value is kept
         */
        Judge of(Object key);
    }

    private final Loads loads;
    private final InFlight inFlight;
    private final Store<Object> store;
    private final Keeping keeping;
    private final @Nullable Leasing leasing;
    private final Leasing.@Nullable Foreign foreign;
    private final Tally tally;
    private final Computation computation;
    private final Judges judges;
    private final Found found;
    private final @Nullable Staleness staleness;
    private final Map<Object, MissReason> reasons = new HashMap<>();

    BulkLoad(
            Loads loads,
            InFlight inFlight,
            Store<Object> store,
            Keeping keeping,
            Computation computation,
            Judges judges,
            Found found) {
        this.loads = loads;
        this.inFlight = inFlight;
        this.store = store;
        this.keeping = keeping;
        this.leasing = loads.leasing();
        this.foreign = leasing == null ? null : leasing.new Foreign();
        this.tally = inFlight.tally();
        this.staleness = inFlight.staleness();
        this.computation = computation;
        this.judges = judges;
        this.found = found;
    }

    void run(Set<Object> raws) throws Exception {
        inFlight.requireOpen();
        StackProbe.load();
        Map<Object, Object> missing = missing(raws);
        Set<Object> counted = new LinkedHashSet<>();
        while (!missing.isEmpty()) {
            missing = round(missing, counted);
        }
    }

    /** Answers what is stored, or may be answered with what is kept; what is due of it is computed anew in one go. */
    private Map<Object, Object> missing(Set<Object> raws) {
        Map<Object, Object> missing = new LinkedHashMap<>();
        Due due = new Due();
        Looks looks = looks(raws);
        try {
            for (Object raw : raws) {
                Object value = looks.at(raw, raw);
                if (value != null) {
                    hit();
                    found.accept(raw, Nil.unmask(value));
                    continue;
                }
                Object key = inFlight.settled(raw);
                Staleness.Answer kept =
                        staleness == null ? null : staleness.answer(key, due.with(raw, key, () -> renew(raw, key)));
                if (kept != null) {
                    found.accept(raw, kept.value());
                } else {
                    missing.put(raw, key);
                }
            }
        } finally {
            if (staleness != null) {
                staleness.inBackground(due.gathered(), new BulkRenewal(loads, computation, judges)::run);
            }
        }
        return missing;
    }

    /** Computes one value anew, by a bulk of one. */
    private @Nullable CompletionStage<?> renew(Object raw, Object key) throws Exception {
        return loads.renew(
                key,
                () -> {
                    Map<Object, @Nullable Object> values = computation.run(Set.of(raw));
                    if (!values.containsKey(raw)) {
                        throw new NoSuchElementException("the bulk function has left the key out");
                    }
                    return values.get(raw);
                },
                judges.of(raw));
    }

    /** Answers all that could not be computed with what is kept, if it is of each of them. */
    private boolean answeredStale(Map<Object, Load> mine, Throwable thrown) {
        Staleness answers = staleness;
        if (answers == null
                || thrown instanceof InterruptedException
                || Thread.currentThread().isInterrupted()
                || !Staleness.keepsAll(answers, mine.values())) {
            return false;
        }
        Map<Object, Ending.Value> kept = new HashMap<>();
        for (Map.Entry<Object, Load> one : mine.entrySet()) {
            if (!(answers.instead(one.getValue(), new Ending.Failure(thrown)) instanceof Ending.Value known)) {
                return false;
            }
            kept.put(one.getKey(), known);
        }
        mine.forEach((raw, load) -> {
            Ending.Value known = kept.get(raw);
            if (known != null) {
                answerKept(raw, load, known);
            }
        });
        return true;
    }

    /** Answers a key whose load has failed with what is kept, which need not be stale. */
    private void answerKept(Object raw, Load load, Ending.Value known) {
        if (known.stale() && staleness != null) {
            staleness.servedBefore(load);
        }
        end(load, known);
        found.accept(raw, known.value());
    }

    /** One round: announce, compute, wait. What others gave up without an answer is left for the next. */
    private Map<Object, Object> round(Map<Object, Object> missing, Set<Object> counted) throws Exception {
        Load group = new Load(inFlight, "bulk");
        group.bulk = true;
        Map<Object, Load> mine = new LinkedHashMap<>();
        Map<Object, Load> theirs = new LinkedHashMap<>();
        List<Load> announced = new ArrayList<>();
        Throwable failure;
        Ending ending = Ending.TRY_ANEW;
        try {
            Chain.enter(group);
            for (Map.Entry<Object, Object> entry : missing.entrySet()) {
                Load load = new Load(entry.getValue(), group);
                Load other = loads.announce(load);
                if (other != null) {
                    theirs.put(entry.getKey(), other);
                } else {
                    announced.add(load);
                    mine.put(entry.getKey(), load);
                }
            }
            takeStored(mine, counted);
            missed(mine, counted);
            failure = takeFailed(mine);
            Map<Object, Lease> leases = new HashMap<>();
            try {
                claim(mine, leases);
                if (!mine.isEmpty()) {
                    compute(mine, group, leases);
                }
            } finally {
                leases.values().forEach(Lease::close);
            }
        } catch (Throwable thrown) {
            ending = thrown instanceof InterruptedException
                            || Thread.currentThread().isInterrupted()
                    ? ending
                    : new Ending.Failure(thrown);
            throw thrown;
        } finally {
            for (Load load : announced) {
                end(load, ending);
            }
            Chain.leave(group);
            group.runLater();
        }
        if (failure != null) {
            throw Loads.<RuntimeException>same(failure);
        }
        Map<Object, Object> again = await(theirs, counted, missing);
        if (foreign != null) {
            foreign.await();
        }
        for (Load load : announced) {
            if (load.foreign) {
                missing.forEach((raw, key) -> {
                    if (key == load.key) {
                        again.put(raw, key);
                    }
                });
            }
        }
        return again;
    }

    /** Answers what has been stored since the first look. Whoever has leases finds that out with them. */
    private void takeStored(Map<Object, Load> mine, Set<Object> counted) {
        if (leasing != null && loads.leases()) {
            return;
        }
        Looks looks = looks(mine.values().stream().map(load -> load.key).toList());
        mine.entrySet().removeIf(entry -> {
            Object value = looks.at(entry.getKey(), entry.getValue().key);
            if (value == null) {
                return false;
            }
            if (counted.contains(entry.getKey())) {
                tally.joined();
            } else {
                hit();
            }
            entry.getValue().stored = true;
            answer(entry.getKey(), entry.getValue(), Nil.unmask(value));
            return true;
        });
    }

    /** Ends what has failed of late, as the failure that is kept says; returns that, for the call to fail with once it has the rest. */
    private @Nullable Throwable takeFailed(Map<Object, Load> mine) {
        List<Throwable> failures = new ArrayList<>();
        mine.entrySet().removeIf(entry -> {
            Load load = entry.getValue();
            Throwable kept = inFlight.failures().of(load.key);
            if (kept == null) {
                return false;
            }
            Ending ending = loads.orStale(load, new Ending.Failure(kept));
            if (ending instanceof Ending.Value known) {
                answerKept(entry.getKey(), load, known);
            } else {
                end(load, ending);
                failures.add(kept);
            }
            return true;
        });
        return failures.isEmpty() ? null : failures.get(0);
    }

    private void answer(Object raw, Load load, @Nullable Object value) {
        end(load, new Ending.Value(value));
        found.accept(raw, value);
    }

    /** Leaves of the announced loads those that this process is to compute, and takes their leases. */
    private void claim(Map<Object, Load> mine, Map<Object, Lease> leases) {
        if (leasing == null || foreign == null || !loads.leases() || mine.isEmpty()) {
            return;
        }
        Map<Object, Claim> claims =
                leasing.claims(mine.values().stream().map(load -> load.key).toList());
        mine.entrySet().removeIf(entry -> {
            Load load = entry.getValue();
            Claim claim = foreign.orSeized(load, claims.get(load.key));
            Lease lease = leasing.lease(load, claim);
            load.lease = lease;
            if (lease != null) {
                leases.put(entry.getKey(), lease);
            } else if (claim instanceof Leases.Found there) {
                tally.joined();
                Ending.Value known = new Ending.Value(Nil.unmask(there.value()));
                end(load, loads.found(load, known));
                found.accept(entry.getKey(), known.value());
                return true;
            } else if (claim instanceof Theirs other) {
                foreign.add(load.key, other);
                load.foreign = true;
                end(load, Ending.TRY_ANEW);
                return true;
            }
            return false;
        });
    }

    private void compute(Map<Object, Load> mine, Load group, Map<Object, Lease> leases) throws Exception {
        Map<Object, Guard> guards = new HashMap<>();
        mine.forEach((raw, load) -> guards.put(raw, leases.containsKey(raw) ? Guard.ABSENT : loads.guard(load.key)));
        boolean timed = tally.full() || inFlight.timed();
        long start = timed ? inFlight.now() : 0;
        Events.Span span = tally.events().load();
        Map<Object, @Nullable Object> values;
        try {
            values = loads.spared(
                    group,
                    () -> computation.run(Collections.unmodifiableSet(mine.keySet())),
                    !Staleness.keepsAll(staleness, mine.values()));
        } catch (Throwable thrown) {
            if (!(thrown instanceof LoadRejectedException)) {
                tally.failed(tally.full() ? inFlight.now() - start : 0);
                if (span != null) {
                    group.later(span.failed(keys(mine), false, thrown));
                }
            }
            if (answeredStale(mine, thrown)) {
                return;
            }
            throw thrown;
        }
        long cost = timed ? inFlight.now() - start : 0;
        if (inFlight.stale().freshness().measures()) {
            mine.values().forEach(load -> load.costNanos = cost);
        }
        tally.loaded(tally.full() ? cost : 0);
        if (span != null) {
            group.later(span.loaded(keys(mine), false));
        }
        List<Keeping.Computed> computed = new ArrayList<>();
        mine.forEach((raw, load) -> {
            if (values.containsKey(raw)) {
                computed.add(new Keeping.Computed(
                        load,
                        values.get(raw),
                        judges.of(raw),
                        guards.getOrDefault(raw, Guard.ABSENT),
                        leases.get(raw)));
            }
        });
        keeping.keepAll(computed, group);
        mine.forEach((raw, load) -> {
            if (values.containsKey(raw)) {
                answer(raw, load, values.get(raw));
            }
        });
    }

    private static List<Object> keys(Map<Object, Load> loads) {
        return loads.values().stream().map(load -> load.key).toList();
    }

    /** What look-ups of many keys find: asked in one step where the store can do that. */
    private Looks looks(Collection<Object> keys) {
        BulkStore<Object> bulk = keeping.bulk();
        if (bulk == null || keys.size() < 2) {
            return this::look;
        }
        if (!inFlight.mode().finds()) {
            return (raw, key) -> null;
        }
        try {
            Map<Object, MissReason> why = new HashMap<>();
            Map<Object, Object> present = tally.lookingUpMany(why, () -> bulk.getAll(keys));
            return (raw, key) -> {
                MissReason reason = why.get(key);
                if (reason != null) {
                    reasons.put(raw, reason);
                }
                return present.get(key);
            };
        } catch (EngineException failed) {
            // One at a time it is found out which of them the engine does not answer.
            return this::look;
        }
    }

    /** What a look-up finds. */
    private interface Looks {
        @Nullable Object at(Object raw, Object key);
    }

    private Map<Object, Object> await(Map<Object, Load> theirs, Set<Object> counted, Map<Object, Object> missing)
            throws Exception {
        Map<Object, Object> again = new LinkedHashMap<>();
        missed(theirs, counted);
        for (Map.Entry<Object, Load> entry : theirs.entrySet()) {
            Ending ending = loads.joined(entry.getValue(), inFlight.join(entry.getValue(), Chain.innermost()));
            if (ending instanceof Ending.Value known) {
                tally.joined();
                loads.served(entry.getValue().key, known);
                found.accept(entry.getKey(), loads.own(entry.getValue(), known));
            } else if (ending instanceof Ending.Failure failed) {
                tally.joined();
                throw Loads.<RuntimeException>same(failed.thrown());
            } else {
                Object settled = missing.get(entry.getKey());
                if (settled != null) {
                    again.put(entry.getKey(), settled);
                }
            }
        }
        return again;
    }

    private void missed(Map<Object, Load> misses, Set<Object> counted) {
        misses.forEach((raw, load) -> {
            if (counted.add(raw)) {
                MissReason reason = reasons.get(raw);
                if (reason == null) {
                    loads.miss(load.key);
                } else {
                    tally.report(raw, reason);
                    tally.miss(raw);
                }
            }
        });
    }

    /** Looks a key up, and keeps the reason that the store may give: the miss is counted later, after other look-ups. */
    private @Nullable Object look(Object raw, Object key) {
        Object value = inFlight.find(store, key);
        Tally.Reported said = value == null ? tally.takeReported() : null;
        if (said != null) {
            reasons.put(raw, said.reason());
        }
        return value;
    }

    private void hit() {
        if (tally.full()) {
            tally.hit();
        }
    }

    /** Like the end of a single load, but for the thread's place in the chain, which the group holds. */
    private void end(Load load, Ending ending) {
        if (load.ending() == null) {
            load.end(ending);
            inFlight.withdraw(load);
            Load group = load.nested;
            if (group != null && load.heard()) {
                // What they do then runs on this thread: not before it has left the bulk.
                group.later(load::tell);
            }
        }
    }
}
