package io.github.twatcache.stats;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The counters of one cache. What happens on a miss is counted always, since it costs next to nothing beside a load; hits
 * and removals only when asked for. What every miss counts is counted as hits are, without atomic operations.
 */
public final class Tally {
    private final boolean full;
    private final Events events;
    private final OwnedCounter hits = new OwnedCounter();
    private final @Nullable Departures departures;
    private final Map<MissReason, LongAdder> misses = adders(MissReason.class);
    private final Map<RemovalCause, LongAdder> removals = adders(RemovalCause.class);
    private final Map<Unstored, LongAdder> unstored = adders(Unstored.class);
    private final OwnedCounter absences = new OwnedCounter();
    private final OwnedCounter loads = new OwnedCounter();
    private final LongAdder loadFailures = new LongAdder();
    private final LongAdder loadNanos = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final OwnedCounter puts = new OwnedCounter();
    private final LongAdder joined = new LongAdder();
    private final LongAdder refreshes = new LongAdder();
    private final LongAdder waitNanos = new LongAdder();
    private final LongAdder engineFailures = new LongAdder();
    private final LongAdder retries = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();
    private final LongAdder staleServed = new LongAdder();
    private final LongAdder earlyRefreshes = new LongAdder();
    private final LongAdder backgroundFailures = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAccumulator longestWait = new LongAccumulator(Math::max, 0);

    /** What an engine has said on this thread of a look-up that finds nothing. */
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own: what it holds is taken out by the same look-up
    private final ThreadLocal<@Nullable Reported> reported = new ThreadLocal<>();

    /** What an engine says on this thread in a step that looks many keys up. */
    @SuppressWarnings("ThreadLocalUsage") // of each cache its own: gone when the step is over
    private final ThreadLocal<@Nullable Map<Object, MissReason>> ofMany = new ThreadLocal<>();

    /** Whether any engine ever said anything: most never do, and then nobody looks. */
    private boolean reporting;

    /**
     * Creates counters that stand at zero.
     *
     * @param full whether hits and removals are counted, and reasons of misses remembered
     */
    public Tally(boolean full) {
        this(full, Events.NONE);
    }

    /**
     * Creates counters that stand at zero.
     *
     * @param full as above
     * @param events tells what happens beside what is counted
     */
    public Tally(boolean full, Events events) {
        this.full = full;
        this.events = events;
        this.departures = full ? new Departures() : null;
    }

    /**
     * Whether hits and removals are counted.
     *
     * @return whether they are
     */
    public boolean full() {
        return full;
    }

    /**
     * What tells of what happens.
     *
     * @return the events
     */
    public Events events() {
        return events;
    }

    /**
     * The counter of hits, for whoever counts many.
     *
     * @return the counter
     */
    public OwnedCounter hits() {
        return hits;
    }

    /** Counts a hit; only where {@link #full()}. */
    public void hit() {
        hits.increment();
    }

    /**
     * Counts a miss under its reason.
     *
     * @param key the masked key
     */
    public void miss(Object key) {
        MissReason reason = reason(key);
        if (reason == MissReason.ABSENT) {
            absences.increment();
        } else {
            count(misses, reason);
        }
    }

    /**
     * Why a key that is not there is not there.
     *
     * @param key the masked key
     * @return the reason; {@link MissReason#ABSENT} where nobody remembers
     */
    public MissReason reason(Object key) {
        if (reporting) {
            Reported said = takeReported();
            if (said != null && said.key.equals(key)) {
                return said.reason;
            }
        }
        return departures == null ? MissReason.ABSENT : departures.reason(key);
    }

    /**
     * Notes why the look-up that this thread is making finds nothing; the next miss of the key on this thread is counted
     * under that reason.
     *
     * @param key the masked key
     * @param reason why
     */
    public void report(Object key, MissReason reason) {
        Map<Object, MissReason> several = ofMany.get();
        if (several != null) {
            several.merge(key, reason, (before, now) -> remembered(now) && !remembered(before) ? before : now);
            return;
        }
        reporting = true;
        Reported before = reported.get();
        // What somebody has seen says more than what somebody remembers: a damaged entry is removed, and then looked
        // for once
        // more.
        if (before == null || !before.key.equals(key) || !remembered(reason) || remembered(before.reason)) {
            reported.set(new Reported(key, reason));
        }
    }

    /**
     * Looks many keys up in one step.
     *
     * @param <R> what is found
     * @param reasons takes what is reported meanwhile on this thread, by key, for whoever counts the misses
     * @param look the step
     * @return what was found
     */
    public <R> R lookingUpMany(Map<Object, MissReason> reasons, Supplier<R> look) {
        ofMany.set(reasons);
        try {
            return look.get();
        } finally {
            ofMany.remove();
        }
    }

    /**
     * Notes that what the look-up of this thread does not find was stored by another version; that counts as the reason
     * unless it is remembered why this version's own entry has left.
     *
     * @param key the masked key
     */
    public void outdated(Object key) {
        if (departures == null || departures.reason(key) == MissReason.ABSENT) {
            report(key, MissReason.VERSION);
        }
    }

    private static boolean remembered(MissReason reason) {
        return switch (reason) {
            case ABSENT, EXPIRED, EVICTED, INVALIDATED -> true;
            case VERSION, UNDECODABLE, ERROR -> false;
        };
    }

    /**
     * Takes back what {@link #report} has noted on this thread, to hand it to another.
     *
     * @return what was noted, or {@code null}
     */
    public @Nullable Reported takeReported() {
        Reported said = reporting ? reported.get() : null;
        if (said != null) {
            reported.remove();
        }
        return said;
    }

    /**
     * Why a look-up finds nothing.
     *
     * @param key the masked key
     * @param reason why
     */
    public record Reported(Object key, MissReason reason) {}

    /**
     * Counts an entry that left; only where {@link #full()}.
     *
     * @param key the masked key
     * @param cause why
     */
    public void removed(Object key, RemovalCause cause) {
        count(removals, cause);
        if (departures != null) {
            departures.left(key, cause);
        }
    }

    /**
     * Counts removals of keys that nobody knows.
     *
     * @param cause why they left
     * @param count how many
     */
    public void removed(RemovalCause cause, long count) {
        LongAdder adder = removals.get(cause);
        if (adder != null) {
            adder.add(count);
        }
    }

    /**
     * Counts a computation that ended with a value.
     *
     * @param nanos how long it took; 0 where nobody measured
     */
    public void loaded(long nanos) {
        loads.increment();
        if (nanos > 0) {
            loadNanos.add(nanos);
        }
    }

    /**
     * Counts a computation that ended with an exception.
     *
     * @param nanos how long it took; 0 where nobody measured
     */
    public void failed(long nanos) {
        loadFailures.increment();
        if (nanos > 0) {
            loadNanos.add(nanos);
        }
    }

    /** Counts a call that waits for another call's computation. */
    public void waited() {
        waits.increment();
    }

    /**
     * Counts the time of such a wait.
     *
     * @param nanos how long it took
     */
    public void waitedFor(long nanos) {
        waitNanos.add(nanos);
        longestWait.accumulate(nanos);
    }

    /** Counts a miss that another call's computation has answered. */
    public void joined() {
        joined.increment();
    }

    /** Counts a computation that a refresh begins. */
    public void refreshed() {
        refreshes.increment();
    }

    /** Counts a call that is answered with a value past its freshness. */
    public void stale() {
        staleServed.increment();
    }

    /** Counts a computation that is begun in the background. */
    public void early() {
        earlyRefreshes.increment();
    }

    /** Counts a computation in the background that failed. */
    public void backgroundFailed() {
        backgroundFailures.increment();
    }

    /** Counts a computation that could not be begun in the background, or for which there was no leave to use the source. */
    public void rejected() {
        refused.increment();
    }

    /** Counts a call that a time limit of its load has ended. */
    public void timedOut() {
        timeouts.increment();
    }

    /** Counts an operation of the engine that failed. */
    public void engineFailed() {
        engineFailures.increment();
    }

    /** Counts an operation of the engine that is tried again. */
    public void retried() {
        retries.increment();
    }

    /** Counts that another engine takes over. */
    public void fellBack() {
        fallbacks.increment();
    }

    /** Counts an entry stored. */
    public void put() {
        puts.increment();
    }

    /**
     * Counts a value that is returned and not stored.
     *
     * @param reason why
     */
    public void unstored(Unstored reason) {
        count(unstored, reason);
    }

    /**
     * Reads all counters.
     *
     * @return their values now
     */
    public CacheStats snapshot() {
        return new CacheStats(
                full,
                full ? hits.sum() : 0,
                misses(),
                loads.sum(),
                loadFailures.sum(),
                Duration.ofNanos(loadNanos.sum()),
                waits.sum(),
                puts.sum(),
                sums(removals),
                sums(unstored),
                joined.sum(),
                refreshes.sum(),
                Duration.ofNanos(waitNanos.sum()),
                engineFailures.sum(),
                retries.sum(),
                fallbacks.sum(),
                staleServed.sum(),
                earlyRefreshes.sum(),
                backgroundFailures.sum(),
                refused.sum(),
                timeouts.sum(),
                Duration.ofNanos(longestWait.get()),
                OptionalLong.empty());
    }

    private Map<MissReason, Long> misses() {
        Map<MissReason, Long> sums = sums(misses);
        long absent = absences.sum();
        if (absent != 0) {
            sums.put(MissReason.ABSENT, absent);
        }
        return sums;
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
        Map<E, LongAdder> adders = new EnumMap<>(type);
        for (E constant : type.getEnumConstants()) {
            adders.put(constant, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> void count(Map<E, LongAdder> counts, E which) {
        LongAdder adder = counts.get(which);
        if (adder != null) {
            adder.increment();
        }
    }

    private static <E extends Enum<E>> Map<E, Long> sums(Map<E, LongAdder> counts) {
        Map<E, Long> sums = new EnumMap<>(counts.keySet().iterator().next().getDeclaringClass());
        counts.forEach((which, adder) -> {
            if (adder.sum() != 0) {
                sums.put(which, adder.sum());
            }
        });
        return sums;
    }
}
