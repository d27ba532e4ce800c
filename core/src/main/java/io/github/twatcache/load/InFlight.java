package io.github.twatcache.load;

import io.github.twatcache.config.Mode;
import io.github.twatcache.load.Load.Ending;
import io.github.twatcache.spi.Entry;
import io.github.twatcache.spi.Guard;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Ticker;
import io.github.twatcache.stats.Events;
import io.github.twatcache.stats.Tally;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loads of one cache that are in flight, and what has to be done with them: who misses announces one or joins it, who
 * changes an entry detaches it, who closes the cache detaches all.
 */
public final class InFlight {
    static final Logger LOG = LoggerFactory.getLogger(InFlight.class);

    private final LoadTable loads = new LoadTable();
    private final String cache;
    private final Keying keying;
    private final Tally tally;
    private final Ticker ticker;
    private final boolean timed;
    private final Failures failures;
    private final StaleSettings stale;
    private final Throttle throttle;
    private final @Nullable SourceGuard source;
    private final @Nullable Attempts attempts;
    private final Grants grants;
    private final TimeLimits limits;
    private @Nullable Staleness staleness;
    private final Waiting waiting;
    private final Duration patience;
    private final @Nullable Duration timeout;
    private final Together together = new Together();
    private volatile boolean loadedOnly = true;
    private volatile boolean closed;
    private volatile Mode mode = Mode.ON;

    /**
     * Creates an empty table.
     *
     * @param cache the cache's name, for messages
     * @param keying what is to be known of keys
     * @param tally what counts
     * @param ticker the clock
     * @param settings how to load
     */
    public InFlight(String cache, Keying keying, Tally tally, Ticker ticker, LoadSettings settings) {
        this.cache = cache;
        this.keying = keying;
        this.tally = tally;
        this.ticker = ticker;
        this.failures = new Failures(settings.failures(), ticker);
        this.stale = settings.stale();
        this.throttle = settings.stale().throttle(ticker);
        this.source = SourceGuard.of(cache, settings.source(), settings.timeout(), ticker);
        this.attempts = Attempts.of(settings.source());
        this.grants = settings.grants();
        this.limits = settings.limits();
        this.waiting = new Waiting(settings.timeout(), ticker, LOG);
        this.timed = settings.timed() || settings.stale().freshness().measures();
        this.timeout = settings.timeout();
        this.patience = settings.timeout() == null ? Leasing.STANDARD : settings.timeout();
    }

    /**
     * What the cache does for now.
     *
     * @return the mode
     */
    public Mode mode() {
        return mode;
    }

    /**
     * Changes what the cache does.
     *
     * @param now the mode
     */
    public void mode(Mode now) {
        this.mode = now;
    }

    /** What a look-up finds in the store. */
    @Nullable Object find(Store<Object> store, Object key) {
        return mode.finds() ? store.get(key) : null;
    }

    /** On what condition a load that begins now may store: where it looked and found nothing, or for what it has not seen. */
    Guard guard(Store<Object> store, Object key) {
        Entry unseen = mode.finds() ? null : store.entry(key);
        return unseen == null ? Guard.ABSENT : Guard.seen(unseen.mark());
    }

    /** How long another process is waited for. */
    Duration patience() {
        return patience;
    }

    /** How long a caller waits for a load; {@code null} for as long as it runs. */
    @Nullable Duration timeout() {
        return timeout;
    }

    Waiting waiting() {
        return waiting;
    }

    Together together() {
        return together;
    }

    String cache() {
        return cache;
    }

    String digest(Object key) {
        return keying.digest(key);
    }

    Object settled(Object raw) {
        return keying.settled(raw);
    }

    Ticker ticker() {
        return ticker;
    }

    /** The time by which it is measured how long computations take. */
    long now() {
        return ticker.read();
    }

    /** Whether the store keeps how long a value took to compute. */
    boolean timed() {
        return timed;
    }

    /** How long a call waits for the value that it has computed. */
    TimeLimits limits() {
        return limits;
    }

    /** What a function may say of its value. */
    Grants grants() {
        return grants;
    }

    /** Says what answers with values past their freshness, once the store is open. */
    void staleness(@Nullable Staleness answers) {
        staleness = answers;
    }

    @Nullable Staleness staleness() {
        return staleness;
    }

    /** What spares the source; {@code null} where nothing does. */
    @Nullable SourceGuard source() {
        return source;
    }

    /** What tries computations again; {@code null} where nothing does. */
    @Nullable Attempts attempts() {
        return attempts;
    }

    StaleSettings stale() {
        return stale;
    }

    Throttle throttle() {
        return throttle;
    }

    /** The load of a key that can be joined. */
    @Nullable Load running(Object key) {
        return loads.get(key);
    }

    Failures failures() {
        return failures;
    }

    Tally tally() {
        return tally;
    }

    /** Puts a load up for others to join; returns the one that is there already, or null. */
    @Nullable Load announce(Load mine) {
        return loads.putIfAbsent(mine);
    }

    void withdraw(Load load) {
        loads.remove(load);
    }

    /** Takes a load out of the table and wakes those who wait. An inner load that could not clean up goes with it. */
    void end(Load mine, Ending ending) {
        try {
            Load left = mine.nested;
            if (left != null) {
                left.home.end(left, Ending.TRY_ANEW);
            }
        } finally {
            // First of all nobody joins it any more, whatever may fail after that.
            mine.over(ending);
            try {
                withdraw(mine);
            } finally {
                mine.wake();
                Chain.leave(mine);
            }
        }
        mine.tell();
        mine.runLater();
    }

    /** Has nobody join a load any more that was detached; whoever has meanwhile tries anew. Its thread, if any, works on. */
    void abandon(Load load) {
        load.end(Ending.TRY_ANEW);
        withdraw(load);
        load.tell();
    }

    /** Waits for another's load. A load that has ended already, or is given up, is nobody's to join. */
    Ending join(Load other, @Nullable Load self) {
        if (other.ending() != null || !other.joins()) {
            withdraw(other);
            return Ending.TRY_ANEW;
        }
        Events.Span span = tally.events().await();
        long start = now();
        tally.waited();
        try {
            return waiting.until(other, self);
        } finally {
            tally.waitedFor(now() - start);
            if (span != null) {
                span.waited(other.key);
            }
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

    /** Lets the running loads answer their callers and store nothing; every later call is refused. */
    public void close() {
        closed = true;
        detachAll();
        failures.forgetAll();
        throttle.forgetAll();
        if (staleness != null) {
            staleness.close();
        }
    }

    /**
     * Refuses what others must see at once to a thread that is within a transaction of this cache.
     *
     * @param what it is, in words
     * @throws IllegalStateException when this thread is within one
     */
    public void refuseWithinTransaction(String what) {
        if (together.inside()) {
            throw new IllegalStateException(what + " cannot be used within a transaction of cache '" + cache
                    + "': others would not see them before its end; use them around it");
        }
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

    /**
     * Takes note that somebody else has changed an entry: a load of it that began before is not stored and not joined.
     *
     * @param key the key, fit to be kept
     */
    public void changed(Object key) {
        putByHand();
        detach(key);
    }

    /** Takes note that somebody else has changed all entries. */
    public void changed() {
        putByHand();
        detachAll();
    }

    void detach(Object key) {
        forgetFailure(key);
        Load load = loads.get(key);
        if (load != null) {
            detach(load);
        }
    }

    /** Forgets that a value could not be computed: there is a newer one, or is to be none. */
    void forgetFailure(Object key) {
        failures.forget(key);
        throttle.forget(key);
    }

    /** Takes note that the store may hold what no load of ours has computed. */
    void putByHand() {
        if (loadedOnly) {
            loadedOnly = false;
        }
    }

    /** Whether all that the store holds was computed by a load of this cache. */
    boolean loadedOnly() {
        return loadedOnly;
    }

    void detachAll() {
        failures.forgetAll();
        throttle.forgetAll();
        loads.forEach(this::detach);
    }

    /** Has a load neither joined nor stored any more: another process has changed its key. */
    void overtake(Load load) {
        forgetFailure(load.key);
        detach(load);
        withdraw(load);
    }

    private void detach(Load load) {
        if (load.detach()) {
            withdraw(load);
        } else if (load.owner != Thread.currentThread()) {
            // It is storing, which takes no longer than a store takes; then the change can follow it.
            waiting.uninterruptibly(load);
        }
    }
}
