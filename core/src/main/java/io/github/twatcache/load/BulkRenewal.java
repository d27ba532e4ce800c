package io.github.twatcache.load;

import io.github.twatcache.error.LoadRejectedException;
import io.github.twatcache.failure.Thrown;
import io.github.twatcache.load.Leasing.Lease;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Leases;
import io.github.twatcache.stats.Events;
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
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes many keys anew in the background by one call of a function that waits: those that nobody computes already. */
final class BulkRenewal {
    private final Loads loads;
    private final InFlight inFlight;
    private final Tally tally;
    private final BulkLoad.Computation computation;
    private final BulkLoad.Judges judges;

    BulkRenewal(Loads loads, BulkLoad.Computation computation, BulkLoad.Judges judges) {
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.tally = inFlight.tally();
        this.computation = computation;
        this.judges = judges;
    }

    /** A load of one key, and what it takes to store its value. */
    record One(Load load, Guard guard, @Nullable Lease lease) {}

    /** Computes them, as {@link Due.Run} says. */
    void run(Map<Object, Object> due, Due.Over over) {
        inFlight.requireOpen();
        Load group = new Load(inFlight, "bulk");
        group.bulk = true;
        Map<Object, One> mine = new LinkedHashMap<>();
        List<Load> announced = new ArrayList<>();
        Throwable failed = null;
        try {
            Chain.enter(group);
            due.forEach((raw, key) -> {
                Load load = new Load(key, group);
                load.renews = true;
                if (loads.announce(load) == null) {
                    announced.add(load);
                    One one = claimed(loads, load);
                    if (one != null) {
                        mine.put(raw, one);
                    }
                }
            });
            if (!mine.isEmpty()) {
                keep(loads, judges, mine, group, compute(mine, group), over);
            }
        } catch (Throwable thrown) {
            failed = thrown;
        } finally {
            close(mine.values());
            Ending ending = failed == null || Loads.interrupted(new Ending.Failure(failed))
                    ? Ending.TRY_ANEW
                    : new Ending.Failure(failed);
            announced.forEach(load -> over(load, ending));
            Chain.leave(group);
            announced.forEach(Load::tell);
            group.runLater();
        }
        // Last, also for those that somebody else computes: nobody looks for a key that is on its way.
        Set<Object> own = new HashSet<>();
        mine.values().forEach(one -> own.add(one.load.key));
        for (Object key : due.values()) {
            over.tell(key, own.contains(key) ? failed : null);
        }
        if (failed != null) {
            Thrown.passUnlessFailure(failed);
        }
    }

    private Map<Object, @Nullable Object> compute(Map<Object, One> mine, Load group) throws Exception {
        boolean timed = tally.full() || inFlight.timed();
        long start = timed ? inFlight.now() : 0;
        List<Object> keys = mine.values().stream().map(one -> one.load.key).toList();
        Events.Span span = tally.events().load();
        try {
            Map<Object, @Nullable Object> values =
                    loads.spared(group, () -> computation.run(Collections.unmodifiableSet(mine.keySet())), true);
            long cost = timed ? inFlight.now() - start : 0;
            mine.values().forEach(one -> one.load.costNanos = cost);
            tally.loaded(tally.full() ? cost : 0);
            if (span != null) {
                group.later(span.loaded(keys, true));
            }
            return values;
        } catch (Throwable thrown) {
            if (!(thrown instanceof LoadRejectedException)) {
                tally.failed(tally.full() ? inFlight.now() - start : 0);
                if (span != null) {
                    group.later(span.failed(keys, true, thrown));
                }
            }
            throw thrown;
        }
    }

    /** A load that was announced, with what it takes to store its value; {@code null} where another process computes it. */
    static @Nullable One claimed(Loads loads, Load load) {
        Entry seen = loads.store().entry(load.key);
        Leasing leasing = loads.leasing();
        Leases.Claim claim = leasing == null ? null : loads.renewalClaim(load.key, leasing);
        if (loads.elsewhere(load.key, claim)) {
            return null;
        }
        Lease lease = leasing == null ? null : leasing.lease(load, claim);
        load.lease = lease;
        loads.inFlight().tally().refreshed();
        loads.inFlight().tally().early();
        return new One(load, seen == null ? Guard.ABSENT : Guard.seen(seen.mark()), lease);
    }

    /** Stores what was computed, and ends its loads; what cannot be replaced by what is newer is removed. */
    static void keep(
            Loads loads,
            BulkLoad.Judges judges,
            Map<Object, One> mine,
            Load group,
            Map<Object, @Nullable Object> values,
            Due.Over over) {
        Map<Object, Throwable> leftOut = new HashMap<>();
        group.storing = true;
        try {
            mine.forEach((raw, one) -> {
                if (!values.containsKey(raw)) {
                    leftOut.put(one.load.key, new NoSuchElementException("the bulk function has left the key out"));
                    return;
                }
                Object value = values.get(raw);
                if (!loads.keeping().keep(one.load, value, judges.of(raw), one.guard, one.lease)) {
                    loads.dropUnrenewed(one.load, one.guard);
                }
                over(one.load, new Ending.Value(value));
            });
        } finally {
            group.storing = false;
        }
        leftOut.forEach(over::tell);
    }

    /** Ends a load that is one of many. Whoever hears of it is to be told once nothing is held any more. */
    static void over(Load load, Ending ending) {
        load.end(ending);
        load.home.withdraw(load);
    }

    static void close(Collection<One> all) {
        for (One one : all) {
            if (one.lease != null) {
                one.lease.close();
            }
        }
    }
}
