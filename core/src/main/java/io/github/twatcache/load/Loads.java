package io.github.twatcache.load;

import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Nil;
import io.github.twatcache.spi.Outcome;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.TagStore;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Tally;
import io.github.twatcache.stats.Unstored;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table of the loads of one cache that are in flight, and everything that has to reach them: who misses joins or
 * starts one, who changes an entry detaches the one that began before.
 *
 * <p><b>Late results.</b> Whoever changes an entry (put, remove, clear, tag) first detaches the running load of its key,
 * or waits while that load is storing; then changes the store; then detaches once more, for a load that began in
 * between. So no call that begins after the change has returned can join an older load or be given its value. The store
 * itself takes a loaded value only where nothing is ({@link Guard#ABSENT}), which settles the rest.
 *
 * <p>Keys and values are masked. Methods that take a <em>raw</em> key settle it themselves.
 */
public final class Loads {
    private static final Logger LOG = LoggerFactory.getLogger(Loads.class);

    private final ConcurrentMap<Object, Load> inFlight = new ConcurrentHashMap<>();
    private final String cache;
    private final Store<Object> store;
    private final Keying keying;
    private final Tally tally;
    private final Failures failures;
    private final Waiting waiting;
    private final Warnings warnings;
    private volatile boolean closed;

    /**
     * Creates an empty table.
     *
     * @param cache the cache's name, for messages
     * @param store where values go
     * @param keying what is to be known of keys
     * @param tally what counts
     * @param ticker the clock
     * @param settings how to load
     */
    public Loads(String cache, Store<Object> store, Keying keying, Tally tally, Ticker ticker, LoadSettings settings) {
        this.cache = cache;
        this.store = store;
        this.keying = keying;
        this.tally = tally;
        this.failures = new Failures(settings.failures(), ticker);
        this.waiting = new Waiting(settings.timeout(), LOG);
        this.warnings = new Warnings(cache, LOG);
    }

    String cache() {
        return cache;
    }

    String digest(Object key) {
        return keying.digest(key);
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
        StackProbe.probe();
        Object key = keying.settled(raw);
        if (key != raw) {
            // A key that is compared by content may be there after all.
            Object value = store.get(key);
            if (value != null) {
                hit(false);
                return Nil.unmask(value);
            }
        }
        boolean counted = false;
        while (true) {
            requireOpen();
            Load mine = new Load(this, key, Chain.innermost());
            Load other = inFlight.putIfAbsent(key, mine);
            if (other == null) {
                return run(mine, computation, judge, counted);
            }
            Object value = store.get(key);
            if (value != null) {
                hit(counted);
                return Nil.unmask(value);
            }
            if (!counted) {
                tally.miss(key);
                counted = true;
            }
            Ending ending = join(other, mine.parent);
            if (ending instanceof Ending.Value known) {
                return known.value();
            } else if (ending instanceof Ending.Failure failed) {
                throw Loads.<RuntimeException>same(failed.thrown());
            }
        }
    }

    /** Runs the load that was just announced. From here on it must end, whatever happens. */
    private @Nullable Object run(Load mine, Computation computation, Judge judge, boolean counted) throws Exception {
        Ending ending = new Ending.TryAnew();
        try {
            Chain.enter(mine);
            Object stored = store.get(mine.key);
            if (stored != null) {
                hit(counted);
                Object value = Nil.unmask(stored);
                ending = new Ending.Value(value);
                return value;
            }
            if (!counted) {
                tally.miss(mine.key);
            }
            Throwable kept = failures.of(mine.key);
            if (kept != null) {
                ending = new Ending.Failure(kept);
                throw Loads.<RuntimeException>same(kept);
            }
            ending = compute(mine, computation);
            if (ending instanceof Ending.Value known) {
                keep(mine, known.value(), judge, Guard.ABSENT);
                return known.value();
            }
            throw Loads.<RuntimeException>same(((Ending.Failure) ending).thrown());
        } finally {
            // An owner that was interrupted speaks for itself alone: those who wait elect a new owner.
            end(mine, ending instanceof Ending.Failure failed && interrupted(failed) ? new Ending.TryAnew() : ending);
        }
    }

    private Ending compute(Load mine, Computation computation) {
        long start = tally.full() ? System.nanoTime() : 0;
        try {
            Object value = computation.run();
            tally.loaded(tally.full() ? System.nanoTime() - start : 0);
            return new Ending.Value(value);
        } catch (Throwable thrown) {
            tally.failed(tally.full() ? System.nanoTime() - start : 0);
            Ending.Failure failure = new Ending.Failure(thrown);
            if (!interrupted(failure) && mine.commit()) {
                failures.keep(mine.key, thrown);
            }
            return failure;
        }
    }

    private static boolean interrupted(Ending.Failure failure) {
        return failure.thrown() instanceof InterruptedException
                || Thread.currentThread().isInterrupted();
    }

    /**
     * Stores what a load has computed, unless somebody has detached it. Never throws but for errors of the JVM.
     *
     * @return whether it is stored
     */
    private boolean keep(Load mine, @Nullable Object value, Judge judge, Guard guard) {
        try {
            Terms terms = judge.loaded(mine.key, value);
            if (closed) {
                tally.unstored(Unstored.CLOSED);
            } else if (!mine.commit()) {
                tally.unstored(Unstored.LATE);
            } else {
                Load here = Chain.innermost();
                try {
                    storing(here, true);
                    Outcome outcome = store.put(mine.key, Nil.mask(value), terms, guard);
                    if (outcome == Outcome.REFUSED && guard != Guard.ABSENT) {
                        // What was to be replaced has been evicted or has expired meanwhile.
                        outcome = store.put(mine.key, Nil.mask(value), terms, Guard.ABSENT);
                    }
                    count(outcome);
                    return outcome == Outcome.STORED;
                } finally {
                    storing(here, false);
                }
            }
        } catch (Unfit unfit) {
            tally.unstored(unfit.reason());
            if (unfit.getCause() != null) {
                warnings.unstored(unfit.reason(), unfit.getCause());
            }
        } catch (RuntimeException failed) {
            tally.unstored(Unstored.ENGINE_FAILED);
            warnings.unstored(Unstored.ENGINE_FAILED, failed);
        }
        return false;
    }

    /** Removes the value that a refresh could not replace: whoever has seen the new one must not get the old one again. */
    private void drop(Load mine, Guard guard) {
        Load here = Chain.innermost();
        try {
            storing(here, true);
            store.remove(mine.key, guard);
        } catch (RuntimeException failed) {
            warnings.unstored(Unstored.ENGINE_FAILED, failed);
        } finally {
            storing(here, false);
        }
    }

    private static void storing(@Nullable Load here, boolean storing) {
        if (here != null) {
            here.storing = storing;
        }
    }

    /**
     * Runs something of the user's as soon as this thread holds nothing that others may wait for: at once, or when the
     * load that is being stored has ended.
     *
     * @param action what to run; must not throw
     */
    public void afterwards(Runnable action) {
        Load here = Chain.innermost();
        if (here != null && here.storing && here.home == this) {
            here.later(action);
        } else {
            action.run();
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

    private void hit(boolean countedAsMiss) {
        if (!countedAsMiss && tally.full()) {
            tally.hit();
        }
    }

    /** Takes a load out of the table and wakes those who wait. An inner load that could not clean up goes with it. */
    void end(Load mine, Ending ending) {
        try {
            Load left = mine.nested;
            if (left != null) {
                left.home.end(left, new Ending.TryAnew());
            }
            inFlight.remove(mine.key, mine);
        } finally {
            // Whoever finds a load that has ended in the table takes it out, so this must happen even if the removal
            // has failed in a key's equals.
            mine.end(ending);
            Chain.leave(mine);
        }
        mine.runLater();
    }

    /** Waits for another's load. A load that has ended already is nobody's to join. */
    private Ending join(Load other, @Nullable Load self) {
        if (other.ending() != null) {
            inFlight.remove(other.key, other);
            return new Ending.TryAnew();
        }
        tally.waited();
        return waiting.until(other, self);
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
        StackProbe.probe();
        Object key = keying.settled(raw);
        Load older = null;
        while (true) {
            requireOpen();
            Load mine = new Load(this, key, Chain.innermost());
            Load other = inFlight.putIfAbsent(key, mine);
            if (other == null) {
                return rerun(mine, computation, judge);
            }
            Ending ending = join(other, mine.parent);
            if (older != null && other != older) {
                // It began after this call did.
                if (ending instanceof Ending.Value known) {
                    return known.value();
                } else if (ending instanceof Ending.Failure failed) {
                    throw Loads.<RuntimeException>same(failed.thrown());
                }
            }
            older = older == null ? other : older;
        }
    }

    private @Nullable Object rerun(Load mine, Computation computation, Judge judge) throws Exception {
        Ending ending = new Ending.TryAnew();
        try {
            Chain.enter(mine);
            Entry seen = store.entry(mine.key);
            ending = compute(mine, computation);
            if (ending instanceof Ending.Value known) {
                Guard guard = seen == null ? Guard.ABSENT : Guard.seen(seen.mark());
                if (!keep(mine, known.value(), judge, guard) && seen != null) {
                    drop(mine, guard);
                }
                return known.value();
            }
            throw Loads.<RuntimeException>same(((Ending.Failure) ending).thrown());
        } finally {
            end(mine, ending instanceof Ending.Failure failed && interrupted(failed) ? new Ending.TryAnew() : ending);
        }
    }

    /**
     * Stores a value that somebody puts.
     *
     * @param raw the key
     * @param value the value, not masked
     * @param terms on which it is kept
     * @param guard the condition
     * @return what became of it
     */
    public Outcome put(Object raw, @Nullable Object value, Terms terms, Guard guard) {
        Object key = keying.settled(raw);
        requireOpen();
        detach(key);
        Outcome outcome = store.put(key, Nil.mask(value), terms, guard);
        if (outcome == Outcome.STORED) {
            detach(key);
            tally.put();
        }
        return outcome;
    }

    /**
     * Removes an entry.
     *
     * @param raw the key
     * @param guard the condition
     * @return whether a live entry was removed
     */
    public boolean remove(Object raw, Guard guard) {
        Object key = keying.settled(raw);
        requireOpen();
        detach(key);
        boolean removed = store.remove(key, guard);
        detach(key);
        return removed;
    }

    /** Removes all entries. */
    public void clear() {
        requireOpen();
        detachAll();
        store.clear();
        detachAll();
    }

    /**
     * Removes all entries that carry a tag. What the running loads will be tagged with nobody knows, so all are
     * detached.
     *
     * @param tag the tag
     * @return how many were removed
     */
    public long removeTagged(String tag) {
        requireOpen();
        detachAll();
        long removed = store.capability(TagStore.class)
                .map(tagged -> tagged.removeTagged(tag))
                .orElse(0L);
        detachAll();
        return removed;
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
        new BulkLoad(this, computation, judges, found).run(raws);
    }

    /** Lets the running loads answer their callers and store nothing; every later call is refused. */
    public void close() {
        closed = true;
        detachAll();
        failures.forgetAll();
    }

    /** Whether {@link #close} was called. */
    public boolean closed() {
        return closed;
    }

    /**
     * Refuses a call to a closed cache.
     *
     * @throws IllegalStateException when {@link #close} was called
     */
    public void requireOpen() {
        if (closed) {
            throw new IllegalStateException("cache '" + cache + "' is closed; open a new one");
        }
    }

    private void detach(Object key) {
        failures.forget(key);
        Load load = inFlight.get(key);
        if (load != null) {
            detach(load);
        }
    }

    private void detachAll() {
        failures.forgetAll();
        inFlight.values().forEach(this::detach);
    }

    private void detach(Load load) {
        if (load.detach()) {
            inFlight.remove(load.key, load);
        } else if (load.owner != Thread.currentThread()) {
            // It is storing, which takes no longer than a store takes; then the change can follow it.
            waiting.uninterruptibly(load);
        }
    }

    Tally tally() {
        return tally;
    }

    Store<Object> store() {
        return store;
    }

    Keying keying() {
        return keying;
    }

    ConcurrentMap<Object, Load> inFlight() {
        return inFlight;
    }

    Ending joined(Load other, @Nullable Load self) {
        return join(other, self);
    }

    void kept(Load mine, @Nullable Object value, Judge judge) {
        keep(mine, value, judge, Guard.ABSENT);
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
