package io.github.twatcache.stats;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What a cache has counted since it was made. A snapshot: immutable.
 *
 * <p>Once nothing runs, hits + misses = look-ups, the misses by reason add up to the misses, and puts - removals =
 * entries (an expired entry is removed when an operation sweeps it, a damaged one when somebody comes upon it), as long as
 * the engine has not failed; see the page on failures for what holds then. The runs of a memoized function are the calls, less
 * the hits, less {@code joined}, and {@code refreshes}; calls that ended in one of our own exceptions or in a failure
 * that is kept ran nothing.
 *
 * @param hitsCounted whether hits and removals are counted at all: {@code statistics()} on the builder. Where false,
 *     {@code hits} is 0 and {@code removals} is empty, and neither means anything
 * @param hits look-ups that found a value
 * @param misses look-ups that did not, by reason; reasons that never occurred are left out
 * @param loads computations that ended with a value
 * @param loadFailures computations that ended with an exception
 * @param loadTime the time that all computations took; zero where nobody measures, as where hits are not counted, and in
 *     a sum of which one part is so
 * @param waits calls that waited for another call's computation of the same key
 * @param puts entries stored: by load, by put, by refresh
 * @param removals entries that left, by cause; causes that never occurred are left out
 * @param unstored values that were returned and not stored, by reason; reasons that never occurred are left out
 * @param joined misses that another call's computation of the same key has answered
 * @param refreshes computations that {@code refresh} has begun
 * @param waitTime the time that calls have spent waiting for another call's computation
 * @param engineFailures operations of the engine that failed, each attempt counted
 * @param retries operations of the engine that were tried again
 * @param fallbacks how often another engine took over
 * @param staleServed calls that were answered with a value past its freshness
 * @param earlyRefreshes computations that were begun in the background, since a value was due to be computed anew, or had
 *     been made stale
 * @param backgroundFailures those of them that ended with an exception
 * @param refused those that could not be begun, because the executor took no more work, or the source is to be spared
 * @param timeouts calls that a time limit of their load has ended
 * @param longestWait the longest time that a call has spent waiting for another call's computation
 * @param bytes what the entries take by the engine's own account; of a split, in both its halves, where the half that keeps
 *     no account is measured, which takes time in proportion to its entries; empty where no account is kept, and in a sum
 *     of which one part has none
 */
public record CacheStats(
        boolean hitsCounted,
        long hits,
        Map<MissReason, Long> misses,
        long loads,
        long loadFailures,
        Duration loadTime,
        long waits,
        long puts,
        Map<RemovalCause, Long> removals,
        Map<Unstored, Long> unstored,
        long joined,
        long refreshes,
        Duration waitTime,
        long engineFailures,
        long retries,
        long fallbacks,
        long staleServed,
        long earlyRefreshes,
        long backgroundFailures,
        long refused,
        long timeouts,
        Duration longestWait,
        OptionalLong bytes) {
    /** Nothing counted, of nothing: where sums begin. */
    public static final CacheStats NONE = new CacheStats(
            true,
            0,
            Map.of(),
            0,
            0,
            Duration.ZERO,
            0,
            0,
            Map.of(),
            Map.of(),
            0,
            0,
            Duration.ZERO,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Duration.ZERO,
            OptionalLong.of(0));

    /** Copies the maps. */
    public CacheStats {
        misses = Map.copyOf(misses);
        removals = Map.copyOf(removals);
        unstored = Map.copyOf(unstored);
    }

    /**
     * All look-ups that found nothing.
     *
     * @return the sum of {@link #misses()}
     */
    public long missCount() {
        return sum(misses);
    }

    /**
     * The look-ups that found nothing for one reason.
     *
     * @param reason the reason
     * @return how many; 0 where it never occurred
     */
    public long missCount(MissReason reason) {
        return misses.getOrDefault(Objects.requireNonNull(reason, "reason"), 0L);
    }

    /**
     * All look-ups.
     *
     * @return hits + misses
     */
    public long lookups() {
        return hits + missCount();
    }

    /**
     * The part of the look-ups that found a value.
     *
     * @return from 0 to 1; 1 when there were no look-ups, NaN where hits are not counted
     */
    public double hitRate() {
        if (!hitsCounted) {
            return Double.NaN;
        }
        long all = lookups();
        return all == 0 ? 1 : (double) hits / all;
    }

    /**
     * All entries that left.
     *
     * @return the sum of {@link #removals()}
     */
    public long removalCount() {
        return sum(removals);
    }

    /**
     * The entries that left for one cause.
     *
     * @param cause the cause
     * @return how many; 0 where it never occurred
     */
    public long removalCount(RemovalCause cause) {
        return removals.getOrDefault(Objects.requireNonNull(cause, "cause"), 0L);
    }

    /**
     * All values that were returned and not stored.
     *
     * @return the sum of {@link #unstored()}
     */
    public long unstoredCount() {
        return sum(unstored);
    }

    /**
     * The values that were returned and not stored for one reason.
     *
     * @param reason the reason
     * @return how many; 0 where it never occurred
     */
    public long unstoredCount(Unstored reason) {
        return unstored.getOrDefault(Objects.requireNonNull(reason, "reason"), 0L);
    }

    /**
     * The counts of two caches together. What only one of them knows, the time of its computations or its bytes, is not
     * known of both: a part would look like the whole.
     *
     * @param other the other's counts
     * @return the sums
     */
    public CacheStats plus(CacheStats other) {
        Objects.requireNonNull(other, "other");
        return new CacheStats(
                hitsCounted && other.hitsCounted,
                hits + other.hits,
                merged(misses, other.misses),
                loads + other.loads,
                loadFailures + other.loadFailures,
                timed() && other.timed() ? loadTime.plus(other.loadTime) : Duration.ZERO,
                waits + other.waits,
                puts + other.puts,
                merged(removals, other.removals),
                merged(unstored, other.unstored),
                joined + other.joined,
                refreshes + other.refreshes,
                waitTime.plus(other.waitTime),
                engineFailures + other.engineFailures,
                retries + other.retries,
                fallbacks + other.fallbacks,
                staleServed + other.staleServed,
                earlyRefreshes + other.earlyRefreshes,
                backgroundFailures + other.backgroundFailures,
                refused + other.refused,
                timeouts + other.timeouts,
                longestWait.compareTo(other.longestWait) < 0 ? other.longestWait : longestWait,
                sum(bytes, other.bytes));
    }

    /**
     * The same counts with what the entries take.
     *
     * @param taken the bytes, or empty where nobody knows
     * @return the new counts
     */
    public CacheStats taking(OptionalLong taken) {
        Objects.requireNonNull(taken, "taken");
        return new CacheStats(
                hitsCounted,
                hits,
                misses,
                loads,
                loadFailures,
                loadTime,
                waits,
                puts,
                removals,
                unstored,
                joined,
                refreshes,
                waitTime,
                engineFailures,
                retries,
                fallbacks,
                staleServed,
                earlyRefreshes,
                backgroundFailures,
                refused,
                timeouts,
                longestWait,
                taken);
    }

    /** The counts as one line of words; what never occurred is left out. */
    @Override
    public String toString() {
        return StatsWords.of(this);
    }

    private static OptionalLong sum(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? OptionalLong.of(one.getAsLong() + other.getAsLong())
                : OptionalLong.empty();
    }

    /** Whether its time is that of all its computations; where nobody measures, it is zero whatever they took. */
    private boolean timed() {
        return hitsCounted || !loadTime.isZero() || loads + loadFailures == 0;
    }

    private static <E> Map<E, Long> merged(Map<E, Long> one, Map<E, Long> other) {
        Map<E, Long> both = new HashMap<>(one);
        other.forEach((key, count) -> both.merge(key, count, Long::sum));
        return both;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
