package io.github.twatcache.load;

import io.github.twatcache.error.EngineException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.BulkStore;
import io.github.twatcache.spi.ContextCarrier;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.spi.Leases.Claim;
import io.github.twatcache.spi.Leases.Theirs;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.MissReason;
import io.github.twatcache.stats.Tally;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Many keys at once, for a caller that does not wait: what is stored is taken, what nobody computes is announced and
 * computed by one call, of what others compute the end is heard. What these give up without an answer is left for another
 * round.
 *
 * @param <R> what the values are made into
 */
public final class AsyncBulk<R> {
    /** The bulk function. */
    @FunctionalInterface
    public interface Computation {
        /**
         * Begins to compute the values of several keys.
         *
         * @param keys the masked keys, as they were asked for
         * @return a stage of the values by the user's keys
         * @throws Exception whatever the function throws before there is a stage
         */
        @Nullable CompletionStage<? extends Map<?, ?>> begin(Set<Object> keys) throws Exception;
    }

    static final String NO_MAP =
            "the stage of the loader given to getAll ended with null; end it with a map, empty for nothing";

    private final AsyncLoads async;
    private final Loads loads;
    private final InFlight inFlight;
    private final Tally tally;
    private final @Nullable Staleness staleness;
    private final Computation computation;
    private final UnaryOperator<Object> masked;
    private final BulkLoad.Judges judges;
    private final Function<Map<Object, Object>, R> result;
    private final Result future = new Result();
    private final Leasing.@Nullable Foreign foreign;
    private final Map<Object, Object> found = new ConcurrentHashMap<>();
    private final Set<Object> counted = new HashSet<>();
    private final Map<Object, MissReason> reasons = new HashMap<>();
    private ContextCarrier.@Nullable Carried context;
    private volatile @Nullable Round round;

    AsyncBulk(
            AsyncLoads async,
            Loads loads,
            Computation computation,
            UnaryOperator<Object> masked,
            BulkLoad.Judges judges,
            Function<Map<Object, Object>, R> result) {
        this.async = async;
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.tally = inFlight.tally();
        this.staleness = inFlight.staleness();
        this.computation = computation;
        this.masked = masked;
        this.judges = judges;
        this.result = result;
        Leasing leasing = loads.leasing();
        this.foreign = leasing == null ? null : leasing.new Foreign();
    }

    /** The caller's future: who cancels it gives up all keys. */
    private final class Result extends CompletableFuture<R> {
        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            boolean cancelled = super.cancel(mayInterruptIfRunning);
            Round now = round;
            if (cancelled && now != null) {
                now.leave();
            }
            return cancelled;
        }

        /** Somebody else's answer, as that of a time limit, is no cancellation: what it waits for goes on without it. */
        @Override
        public boolean completeExceptionally(Throwable thrown) {
            boolean done = super.completeExceptionally(thrown);
            Round now = round;
            if (done && now != null) {
                now.forget();
            }
            return done;
        }
    }

    /** Begins with the keys as they were asked for. */
    CompletableFuture<R> begin(Set<Object> raws) {
        try {
            inFlight.requireOpen();
            Map<Object, Object> missing = new LinkedHashMap<>();
            raws.forEach(raw -> missing.put(raw, inFlight.settled(raw)));
            context = async.context();
            async.limit(future, "a bulk load of cache '" + inFlight.cache() + "'");
            async.go(context, () -> first(missing), future::completeExceptionally);
        } catch (Throwable refused) {
            Thrown.passUnlessFailure(refused);
            future.completeExceptionally(refused);
        }
        return future;
    }

    private void first(Map<Object, Object> missing) {
        Map<Object, Object> stored = look(missing.values());
        Due due = new Due();
        try {
            missing.entrySet().removeIf(entry -> {
                Object value = stored.get(entry.getValue());
                if (value == null) {
                    return answeredByWhatIsKept(entry.getKey(), entry.getValue(), due);
                }
                loads.hit(false);
                found.put(entry.getKey(), value);
                return true;
            });
        } finally {
            if (staleness != null) {
                staleness.inBackground(
                        due.gathered(),
                        (keys, over) ->
                                new AsyncRenewal(async, loads, computation, masked, judges, keys, over).begin());
            }
        }
        next(missing);
    }

    /** Answers with what is due or stale, where that may be; what is due is computed anew in one go. */
    private boolean answeredByWhatIsKept(Object raw, Object key, Due due) {
        Staleness.Answer kept =
                staleness == null ? null : staleness.answer(key, due.with(raw, key, () -> renewal(raw, key)));
        if (kept == null) {
            return false;
        }
        found.put(raw, Nil.mask(kept.value()));
        return true;
    }

    /** Computes one value anew, by a bulk of one. */
    private @Nullable CompletionStage<?> renewal(Object raw, Object key) {
        return async.renew(
                key, () -> begun(computation, Set.of(raw)).thenApply(values -> of(raw, values)), judges.of(raw));
    }

    private @Nullable Object of(Object raw, Map<?, ?> values) {
        for (Map.Entry<?, ?> entry : values.entrySet()) {
            if (masked.apply(entry.getKey()).equals(raw)) {
                return entry.getValue();
            }
        }
        throw new NoSuchElementException("the bulk function has left the key out");
    }

    static CompletionStage<? extends Map<?, ?>> begun(Computation computation, Set<Object> raws) throws Exception {
        return Objects.requireNonNull(
                computation.begin(raws),
                "the loader given to getAll returned null in the place of a stage; return a stage of a map, empty for"
                        + " nothing");
    }

    /** What look-ups of many keys find: asked in one step where the store can do that. */
    private Map<Object, Object> look(Collection<Object> keys) {
        BulkStore<Object> bulk = loads.keeping().bulk();
        if (bulk != null && keys.size() > 1 && inFlight.mode().finds()) {
            try {
                return tally.lookingUpMany(reasons, () -> bulk.getAll(keys));
            } catch (EngineException failed) {
                // One at a time it is found out which of them the engine does not answer.
            }
        }
        Map<Object, Object> present = new HashMap<>();
        for (Object key : keys) {
            Object value = inFlight.find(loads.store(), key);
            Tally.Reported said = value == null ? tally.takeReported() : null;
            if (value != null) {
                present.put(key, value);
            } else if (said != null) {
                reasons.put(key, said.reason());
            }
        }
        return present;
    }

    private void next(Map<Object, Object> missing) {
        try {
            if (missing.isEmpty()) {
                future.complete(result.apply(found));
            } else if (!future.isDone()) {
                inFlight.requireOpen();
                Round begun = new Round(missing);
                round = begun;
                begun.run();
                if (future.isCancelled()) {
                    begun.leave();
                } else if (future.isDone()) {
                    begun.forget();
                }
            }
        } catch (Throwable failed) {
            future.completeExceptionally(failed);
        }
    }

    private void missed(Object raw, Object key) {
        if (counted.add(raw)) {
            MissReason reason = reasons.get(key);
            if (reason == null) {
                loads.miss(key);
            } else {
                tally.report(key, reason);
                tally.miss(key);
            }
        }
    }

    /** Something that takes two, and is done by the second who comes. */
    private static final class Second {
        private final Runnable action;
        private final AtomicInteger came = new AtomicInteger();

        Second(Runnable action) {
            this.action = action;
        }

        void comes() {
            if (came.incrementAndGet() == 2) {
                action.run();
            }
        }
    }

    /** One round: announce, compute, hear. */
    private final class Round implements BulkRuns.Conclusion {
        private final Map<Object, Object> missing;
        private final AtomicInteger interest = new AtomicInteger(1);
        private final Unowned group = new Unowned(inFlight, "bulk", interest);
        private final List<Unowned> announced = new ArrayList<>();
        private final Map<Object, Unowned> mine = new LinkedHashMap<>();
        private final Map<Object, Load> theirs = new LinkedHashMap<>();
        private final List<Another> heard = new ArrayList<>();
        private final Map<Object, Lease> leases = new HashMap<>();
        private final Map<Object, Guard> guards = new HashMap<>();
        private final Map<Object, Object> again = new ConcurrentHashMap<>();
        private final AtomicInteger pending = new AtomicInteger(1);
        private final AtomicBoolean left = new AtomicBoolean();
        private final AtomicBoolean forgotten = new AtomicBoolean();
        private final Second ownKnown = new Second(this::giveUpOwn);
        private final Second othersKnown = new Second(this::giveUpOthers);
        private final Second othersForgotten = new Second(this::forgetOthers);
        private volatile @Nullable Throwable failure;
        private final BulkRuns runs;
        private boolean awaitsForeign;

        Round(Map<Object, Object> missing) {
            this.missing = missing;
            group.bulk = true;
            this.runs = new BulkRuns(
                    async,
                    inFlight,
                    group,
                    context,
                    () -> begun(computation, Collections.unmodifiableSet(mine.keySet())),
                    this);
        }

        void run() {
            Ending ending = Ending.TRY_ANEW;
            boolean computes = false;
            group.adopt();
            try {
                announce();
                takeStored();
                mine.forEach((raw, load) -> missed(raw, load.key));
                takeFailed();
                theirs.keySet().forEach(raw -> missed(raw, missing.getOrDefault(raw, raw)));
                claim();
                ownKnown.comes();
                if (!mine.isEmpty() && !group.abandoned()) {
                    mine.forEach((raw, load) ->
                            guards.put(raw, leases.containsKey(raw) ? Guard.ABSENT : loads.guard(load.key)));
                    computes = true;
                    runs.begin(!Staleness.keepsAll(staleness, mine.values()));
                }
            } catch (Throwable thrown) {
                ending = failed(thrown, computes);
            } finally {
                group.release();
            }
            hear();
            othersKnown.comes();
            othersForgotten.comes();
            if (runs.begun()) {
                runs.goOn();
            } else {
                end(ending);
            }
        }

        @Override
        public void refused(Throwable why) {
            end(failed(why, true));
        }

        @Override
        public void abandoned() {
            leases.values().forEach(Lease::close);
        }

        /** What the loads end with: they have failed, unless those that were computed are answered with what is kept. */
        private Ending failed(Throwable thrown, boolean computing) {
            Ending.Failure failed = new Ending.Failure(thrown);
            boolean interrupted = Loads.interrupted(failed);
            runs.failed(mine.values(), false, thrown);
            if (computing && !interrupted && answeredStale(failed)) {
                return Ending.TRY_ANEW;
            }
            failure = thrown;
            return interrupted ? Ending.TRY_ANEW : failed;
        }

        /** Answers all that could not be computed with what is kept, if it is of each of them. */
        private boolean answeredStale(Ending.Failure failed) {
            Staleness answers = staleness;
            if (!Staleness.keepsAll(answers, mine.values())) {
                return false;
            }
            Map<Object, Ending.Value> kept = new HashMap<>();
            for (Map.Entry<Object, Unowned> one : mine.entrySet()) {
                if (!(loads.orStale(one.getValue(), failed) instanceof Ending.Value known)) {
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
        private void answerKept(Object raw, Unowned load, Ending.Value known) {
            if (known.stale() && staleness != null && !future.isDone()) {
                staleness.servedBefore(load);
            }
            found.put(raw, Nil.mask(known.value()));
            over(load, known);
        }

        private void announce() {
            for (Map.Entry<Object, Object> entry : missing.entrySet()) {
                Unowned load = new Unowned(inFlight, entry.getValue(), interest);
                load.nested = group;
                Load other = loads.announce(load);
                if (other == null) {
                    announced.add(load);
                    mine.put(entry.getKey(), load);
                } else {
                    theirs.put(entry.getKey(), other);
                }
            }
        }

        /** Answers what has been stored since the first look. Whoever has leases finds that out with them. */
        private void takeStored() {
            if ((loads.leasing() != null && loads.leases()) || mine.isEmpty()) {
                return;
            }
            Map<Object, Object> stored =
                    look(mine.values().stream().map(load -> load.key).toList());
            mine.entrySet().removeIf(entry -> {
                Object value = stored.get(entry.getValue().key);
                if (value == null) {
                    return false;
                }
                loads.hit(counted.contains(entry.getKey()));
                found.put(entry.getKey(), value);
                entry.getValue().stored = true;
                over(entry.getValue(), new Ending.Value(Nil.unmask(value)));
                return true;
            });
        }

        /** Ends what has failed of late, as the failure that is kept says: the call fails with that once it knows the rest. */
        private void takeFailed() {
            mine.entrySet().removeIf(entry -> {
                Unowned load = entry.getValue();
                Throwable kept = inFlight.failures().of(load.key);
                if (kept == null) {
                    return false;
                }
                Ending ending = loads.orStale(load, new Ending.Failure(kept));
                if (ending instanceof Ending.Value known) {
                    answerKept(entry.getKey(), load, known);
                } else {
                    failure = kept;
                    over(load, ending);
                }
                return true;
            });
        }

        /** Leaves of the announced loads those that this process is to compute, and takes their leases. */
        private void claim() {
            Leasing leasing = loads.leasing();
            if (leasing == null || foreign == null || !loads.leases() || mine.isEmpty()) {
                return;
            }
            Map<Object, Claim> claims =
                    leasing.claims(mine.values().stream().map(load -> load.key).toList());
            mine.entrySet().removeIf(entry -> {
                Unowned load = entry.getValue();
                Claim claim = foreign.orSeized(load, claims.get(load.key));
                Lease lease = leasing.lease(load, claim);
                load.lease = lease;
                if (lease != null) {
                    leases.put(entry.getKey(), lease);
                } else if (claim instanceof Leases.Found there) {
                    tally.joined();
                    found.put(entry.getKey(), there.value());
                    over(load, loads.found(load, new Ending.Value(Nil.unmask(there.value()))));
                    return true;
                } else if (claim instanceof Theirs other) {
                    foreign.add(load.key, other);
                    awaitsForeign = true;
                    again.put(entry.getKey(), load.key);
                    over(load, Ending.TRY_ANEW);
                    return true;
                }
                return false;
            });
        }

        /** Has this call told of the loads that others run. */
        private void hear() {
            for (Map.Entry<Object, Load> entry : theirs.entrySet()) {
                Load other = entry.getValue();
                Object key = missing.getOrDefault(entry.getKey(), entry.getKey());
                if (other.ending() != null || !other.joins()) {
                    inFlight.withdraw(other);
                    again.put(entry.getKey(), key);
                    continue;
                }
                pending.incrementAndGet();
                Another another = new Another(entry.getKey(), key, other);
                tally.waited();
                heard.add(another);
                async.watch(other);
                other.hear(another);
            }
        }

        /** One key that another computes. */
        private final class Another implements Load.Listener {
            private final Object raw;
            private final Object key;
            private final Load load;
            private final long since = inFlight.now();
            private final Events.@Nullable Span span = tally.events().await();

            Another(Object raw, Object key, Load load) {
                this.raw = raw;
                this.key = key;
                this.load = load;
            }

            @Override
            public void ended(Ending how) {
                tally.waitedFor(inFlight.now() - since);
                if (!gone()) {
                    take(loads.joined(load, how));
                }
                done();
                if (span != null) {
                    span.waited(key);
                }
            }

            private void take(Ending ending) {
                if (ending instanceof Ending.Value known) {
                    tally.joined();
                    loads.served(key, known);
                    found.put(raw, Nil.mask(loads.own(load, known)));
                } else if (ending instanceof Ending.Failure failed) {
                    tally.joined();
                    failure = failed.thrown();
                } else {
                    again.put(raw, key);
                }
            }

            @Override
            public boolean gone() {
                return future.isDone();
            }
        }

        @Override
        public void computed(@Nullable Map<?, ?> values, @Nullable Throwable thrown) {
            Ending ending = Ending.TRY_ANEW;
            group.adopt();
            announced.forEach(load -> load.owner = Thread.currentThread());
            try {
                if (thrown == null) {
                    keep(Objects.requireNonNull(values, NO_MAP));
                } else {
                    throw thrown;
                }
            } catch (Throwable failed) {
                ending = failed(failed, true);
                if (failure == failed) {
                    // An interruption is that of whoever has run the stage: it is the outcome for all.
                    ending = new Ending.Failure(failed);
                }
            } finally {
                group.release();
                end(ending);
            }
        }

        private void keep(Map<?, ?> values) {
            Map<Object, @Nullable Object> byRaw = new HashMap<>();
            values.forEach((key, value) -> byRaw.put(masked.apply(key), async.arriving(value)));
            runs.loaded(mine.values(), false);
            List<Keeping.Computed> computed = new ArrayList<>();
            mine.forEach((raw, load) -> {
                if (byRaw.containsKey(raw)) {
                    computed.add(new Keeping.Computed(
                            load,
                            byRaw.get(raw),
                            judges.of(raw),
                            guards.getOrDefault(raw, Guard.ABSENT),
                            leases.get(raw)));
                }
            });
            loads.keeping().keepAll(computed, group);
            mine.forEach((raw, load) -> {
                if (byRaw.containsKey(raw)) {
                    found.put(raw, Nil.mask(byRaw.get(raw)));
                    over(load, new Ending.Value(byRaw.get(raw)));
                }
            });
        }

        private void over(Load load, Ending ending) {
            load.end(ending);
            inFlight.withdraw(load);
        }

        /** Ends what has not ended, and tells all who wait, now that this thread holds nothing. */
        private void end(Ending ending) {
            leases.values().forEach(Lease::close);
            announced.forEach(load -> over(load, ending));
            announced.forEach(Load::tell);
            group.runLater();
            done();
        }

        private void done() {
            if (pending.decrementAndGet() > 0 || future.isDone()) {
                return;
            }
            Throwable failed = failure;
            if (failed != null) {
                future.completeExceptionally(failed);
            } else if (again.isEmpty()) {
                next(Map.of());
            } else {
                async.elsewhere(context, this::again, future::completeExceptionally);
            }
        }

        private void again() {
            if (awaitsForeign && foreign != null) {
                foreign.await();
            }
            next(new LinkedHashMap<>(again));
        }

        /** The caller has given up. What this round has announced, or heard of, need not be known yet. */
        void leave() {
            if (async.cancels() && left.compareAndSet(false, true)) {
                othersKnown.comes();
                ownKnown.comes();
            }
        }

        /** The caller has its answer: nobody need be told any more. */
        void forget() {
            if (forgotten.compareAndSet(false, true)) {
                othersForgotten.comes();
            }
        }

        private void forgetOthers() {
            heard.forEach(another -> another.load.forget());
        }

        private void giveUpOthers() {
            heard.forEach(another -> {
                another.load.forget();
                async.leaves(another.load);
            });
        }

        private void giveUpOwn() {
            if (group.leaves()) {
                announced.forEach(Load::detach);
                if (group.finish()) {
                    announced.forEach(inFlight::abandon);
                    async.store(() -> leases.values().forEach(Lease::close));
                }
                group.abandon();
            }
        }
    }
}
