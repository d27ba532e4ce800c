package io.github.twatcache.load;

import io.github.twatcache.load.BulkRenewal.One;
import io.github.twatcache.load.Load.Ending;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes many keys anew in the background by one call of a function that answers with a stage: those that nobody computes
 * already. Once, for nobody in particular.
 */
final class AsyncRenewal implements BulkRuns.Conclusion {
    private final Loads loads;
    private final InFlight inFlight;
    private final AsyncLoads async;
    private final UnaryOperator<Object> masked;
    private final BulkLoad.Judges judges;
    private final Map<Object, Object> due;
    private final Due.Over over;

    /** One more than those who have joined: it is never given up. */
    private final AtomicInteger interest = new AtomicInteger(1);

    private final Unowned group;
    private final BulkRuns runs;
    private final List<Unowned> announced = new ArrayList<>();
    private final Map<Object, One> mine = new LinkedHashMap<>();

    AsyncRenewal(
            AsyncLoads async,
            Loads loads,
            AsyncBulk.Computation computation,
            UnaryOperator<Object> masked,
            BulkLoad.Judges judges,
            Map<Object, Object> due,
            Due.Over over) {
        this.async = async;
        this.loads = loads;
        this.inFlight = loads.inFlight();
        this.masked = masked;
        this.judges = judges;
        this.due = due;
        this.over = over;
        this.group = new Unowned(inFlight, "bulk", interest);
        group.bulk = true;
        this.runs = new BulkRuns(
                async,
                inFlight,
                group,
                async.context(),
                () -> AsyncBulk.begun(computation, Collections.unmodifiableSet(mine.keySet())),
                this);
    }

    /** Begins, as {@link Due.Run} says. */
    void begin() {
        inFlight.requireOpen();
        Throwable failed = null;
        group.adopt();
        try {
            due.forEach((raw, key) -> {
                Unowned load = new Unowned(inFlight, key, interest);
                load.nested = group;
                load.renews = true;
                if (loads.announce(load) == null) {
                    announced.add(load);
                    One one = BulkRenewal.claimed(loads, load);
                    if (one != null) {
                        mine.put(raw, one);
                    }
                }
            });
            if (!mine.isEmpty()) {
                runs.begin(true);
            }
        } catch (Throwable thrown) {
            runs.failed(mineLoads(), true, thrown);
            failed = thrown;
        } finally {
            group.release();
        }
        if (runs.begun()) {
            runs.goOn();
        } else {
            end(failed);
        }
    }

    private Collection<Load> mineLoads() {
        return mine.values().stream().map(One::load).toList();
    }

    @Override
    public void computed(@Nullable Map<?, ?> values, @Nullable Throwable thrown) {
        Throwable failed = thrown;
        group.adopt();
        announced.forEach(load -> load.owner = Thread.currentThread());
        try {
            if (thrown == null) {
                keep(Objects.requireNonNull(values, AsyncBulk.NO_MAP));
            }
        } catch (Throwable notKept) {
            failed = notKept;
        } finally {
            if (failed != null) {
                runs.failed(mineLoads(), true, failed);
            }
            group.release();
            end(failed);
        }
    }

    private void keep(Map<?, ?> values) {
        Map<Object, @Nullable Object> byRaw = new HashMap<>();
        values.forEach((key, value) -> byRaw.put(masked.apply(key), async.arriving(value)));
        runs.loaded(mineLoads(), true);
        BulkRenewal.keep(loads, judges, mine, group, byRaw, over);
    }

    @Override
    public void refused(Throwable why) {
        runs.failed(mineLoads(), true, why);
        end(why);
    }

    @Override
    public void abandoned() {
        end(null);
    }

    private void end(@Nullable Throwable failed) {
        BulkRenewal.close(mine.values());
        Ending ending = failed == null ? Ending.TRY_ANEW : new Ending.Failure(failed);
        announced.forEach(load -> BulkRenewal.over(load, ending));
        announced.forEach(Load::tell);
        group.runLater();
        // Last, also for those that somebody else computes: nobody looks for a key that is on its way.
        Set<Object> own = new HashSet<>();
        mine.values().forEach(one -> own.add(one.load().key));
        due.values().forEach(key -> over.tell(key, own.contains(key) ? failed : null));
    }
}
