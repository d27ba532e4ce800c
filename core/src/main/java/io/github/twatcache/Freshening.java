package io.github.twatcache;

import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import java.time.Duration;

/**
 * The settings of a {@link CacheBuilder} that say when values are computed anew, and what calls are answered with when they
 * cannot be. What is computed in the background runs on threads of twat-cache's own, or on the executor that
 * {@link TwatCacheBuilder#executor} gives.
 */
abstract sealed class Freshening extends Choosing permits Storing {
    /**
     * Lets entries be kept past their freshness, so that they can be invalidated softly. Implied by every setting here that
     * serves such entries. Stale entries count toward the cache's maximum, and are the first to leave.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated; an engine that cannot keep them is refused when the cache is made
     */
    public CacheBuilder keepStale() {
        return set(Settings.KEEP_STALE, true);
    }

    /**
     * Has a value computed anew in the background by the first call so long after it was stored; that call and all others
     * are answered with the stored value meanwhile. One computation per key runs at a time; one that fails leaves the value
     * as it is, and is tried again {@link #failSafeThrottle} later. A value that nobody asks for is not computed anew.
     * Excludes {@link #refreshAhead} and {@link #earlyRecomputation}.
     *
     * <pre>{@code
     * var user = twat.memory("users").refreshAfterWrite(ofMinutes(1)).expireAfterWrite(ofHours(1)).memoize(api::fetchUser);
     * }</pre>
     *
     * @param age longer than zero; shorter than the lifetime of entries, or it has no effect on them
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder refreshAfterWrite(Duration age) {
        return set(Settings.REFRESH_AFTER_WRITE, age);
    }

    /**
     * The same from a fraction of each entry's own lifetime on. Excludes {@link #refreshAfterWrite} and
     * {@link #earlyRecomputation}.
     *
     * @param fraction more than 0, less than 1; 0.8 is usual
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder refreshAhead(double fraction) {
        return set(Settings.REFRESH_AHEAD, fraction);
    }

    /**
     * The same by chance: each call has the value computed anew with the probability e^(-left / (cost * beta)), where
     * <em>left</em> is how long it is still fresh and <em>cost</em> how long it took to compute. So processes that know nothing
     * of each other seldom compute a value at the same time, and seldom nobody does in time (XFetch). Excludes
     * {@link #refreshAfterWrite} and {@link #refreshAhead}.
     *
     * @param beta more than 0, at most 1,000; 1 suits most, more is more eager
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range, repeated, or excluded by another
     */
    public CacheBuilder earlyRecomputation(double beta) {
        return set(Settings.EARLY_RECOMPUTATION, beta);
    }

    /**
     * Looks every so often for values that are due by {@link #refreshAfterWrite}, {@link #refreshAhead} or
     * {@link #earlyRecomputation} and that no call has asked for, and has them computed anew in the background, as a call would:
     * so the next call, whenever it comes, finds a fresh one. At most 64 are begun at a time. A value is computed as the last call
     * that has computed it in this process said, and what that has captured is held on to until the value has left; what was put by
     * hand is left alone.
     *
     * <pre>{@code
     * var board = twat.memory("boards").refreshAhead(0.8).refreshUnread(ofMinutes(1)).expireAfterWrite(ofHours(1)).memoize(api::board);
     * }</pre>
     *
     * @param every longer than zero, by the instance's ticker
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated; without one of the three it is refused when the cache
     *     is made
     */
    public CacheBuilder refreshUnread(Duration every) {
        return set(Settings.REFRESH_UNREAD, every);
    }

    /**
     * Keeps a value so long after it has expired, and answers calls with it whose computation fails with an exception. The
     * call that finds it expired computes, and so pays for the failure; calls after it are answered at once until
     * {@link #failSafeThrottle} has passed. Without a lifetime nothing expires, and it is of use for soft invalidation only.
     *
     * <pre>{@code
     * var rate = twat.memory("rates").expireAfterWrite(ofMinutes(5)).failSafe(ofHours(6)).memoize(bank::rate);
     * }</pre>
     *
     * @param keptFor longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder failSafe(Duration keptFor) {
        return set(Settings.FAIL_SAFE, keptFor);
    }

    /**
     * Sets how long a key is left alone whose value could not be computed anew, while a value of it is kept; where it is not
     * given, 10 seconds, and not at all with {@link #failover}.
     *
     * @param pause longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder failSafeThrottle(Duration pause) {
        return set(Settings.FAIL_SAFE_THROTTLE, pause);
    }

    /**
     * Lets a caller wait so long for a value to be computed where another one is kept, stale or due: then it is answered with
     * that, and the computation goes on and is stored; where it has been removed by then, the caller waits on, for as long as
     * {@link #hardTimeout} says. <em>So the function runs on another thread than the caller's</em>, one of
     * the background; what belongs to the caller's thread is not there. A load inside another load runs on that one's thread,
     * and within its limits. By the instance's ticker. {@code getAll} waits for all that it computes, and {@code refresh} for what
     * it computes: both want what is computed now.
     *
     * @param limit longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder softTimeout(Duration limit) {
        return set(Settings.SOFT_TIMEOUT, limit);
    }

    /**
     * Lets a caller wait at most so long for a value to be computed: then it gets a {@link
     * io.github.twatcache.error.LoadTimeoutException}, or the value that is kept, and the computation goes on and is stored.
     * <em>So the function runs on another thread than the caller's</em>, as with {@link #softTimeout}. By the instance's ticker.
     * {@code getAll} waits for all that it computes, and so does {@code refresh}.
     *
     * @param limit longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder hardTimeout(Duration limit) {
        return set(Settings.HARD_TIMEOUT, limit);
    }

    /**
     * Computes at each call, though a value is there, and answers with that only when the computation fails. Calls of one key
     * at the same time share one computation. With {@link #failSafeThrottle} a key that has failed is left alone for so long.
     *
     * @return a builder with that setting
     * @throws ConfigurationException when it is repeated
     */
    public CacheBuilder failover() {
        return set(Settings.FAILOVER, true);
    }

    /**
     * Lets an entry die when look-ups have found it so many times: the next one computes. What only looks, as {@code peek} and
     * walks do, does not count. Exact, also when many threads read at once; only {@link #failSafe} and the time limits may answer
     * with it once more, where it cannot be computed anew. Excludes {@link #refreshAfterWrite}, {@link #refreshAhead},
     * {@link #earlyRecomputation} and {@link #failover}, and soft invalidation, which serve values that nobody counts.
     *
     * @param reads 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated; an engine that does not count reads is refused when
     *     the cache is made
     */
    public CacheBuilder expireAfterReads(int reads) {
        return set(Settings.EXPIRE_AFTER_READS, (long) reads);
    }

    /**
     * Stores only values that took longer than this to compute: what is quick need not be kept.
     *
     * @param time longer than zero
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder storeIfSlowerThan(Duration time) {
        return set(Settings.STORE_IF_SLOWER_THAN, time);
    }

    /**
     * Computes at most so many values at a time. A further call waits for a place, in the order in which they came, for at most
     * {@code loadTimeout}; where a value is kept it is answered with that instead, at once. What is computed anew, by {@code refresh}
     * or in the background, waits in any case. What a function of this cache computes by calling the cache again has its leave with
     * the outer call.
     *
     * @param loads 1 or more
     * @return a builder with that setting
     * @throws ConfigurationException when it is out of range or repeated
     */
    public CacheBuilder maxConcurrentLoads(int loads) {
        return set(Settings.MAX_CONCURRENT_LOADS, (long) loads);
    }

    /**
     * Begins to compute at most so many values within any period of that length. A further call gets a {@link
     * io.github.twatcache.error.LoadRejectedException}; where a value is kept it is answered with that instead. What is due is
     * left alone for {@link #failSafeThrottle} then.
     *
     * @param loads 1 to 1,000,000; 8 bytes are held for each
     * @param period longer than zero
     * @return a builder with these settings
     * @throws ConfigurationException when one is out of range or repeated
     */
    public CacheBuilder loadRate(int loads, Duration period) {
        return set(Settings.LOAD_RATE, (long) loads).set(Settings.LOAD_RATE_PERIOD, period);
    }

    /**
     * Leaves the source of the values alone when so many computations in a row have failed with an exception. Meanwhile calls
     * get a {@link io.github.twatcache.error.LoadRejectedException}, or are answered with a value that is kept; when the delay is
     * over one computation at a time probes the source.
     *
     * @param failures how many failures in a row; 1 or more
     * @param delay for how long after the last of them; longer than zero
     * @return a builder with these settings
     * @throws ConfigurationException when one is out of range or repeated
     */
    public CacheBuilder sourceBreaker(int failures, Duration delay) {
        return set(Settings.SOURCE_BREAKER_FAILURES, (long) failures).set(Settings.SOURCE_BREAKER_DELAY, delay);
    }

    /**
     * Tries a computation again that has failed with an exception: so <em>your function runs several times for one call</em>, which
     * is for functions that bear it. Waits in between on the thread that computes. Nothing is tried again after an interruption,
     * nor after an exception that comes from a cache's load.
     *
     * @param attempts how often in all; 1 for once
     * @param delay the longest pause before the second attempt, doubled for each further one; longer than zero
     * @return a builder with these settings
     * @throws ConfigurationException when one is out of range or repeated
     */
    public CacheBuilder loadRetry(int attempts, Duration delay) {
        return set(Settings.LOAD_ATTEMPTS, (long) attempts).set(Settings.LOAD_RETRY_DELAY, delay);
    }
}
