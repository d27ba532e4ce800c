package io.github.twatcache.stats;

import java.time.Duration;
import java.util.List;

/**
 * Something that has happened in a cache, for whoever listens: {@code events} on a builder. Immutable.
 *
 * <p>It never carries an argument, a key or a value: keys are told by their digests, as messages tell them, and exceptions by
 * the names of their classes. Hits are not told.
 */
public sealed interface CacheEvent {
    /**
     * The cache.
     *
     * @return its name
     */
    String cache();

    /**
     * A function has computed what was missing, or was due.
     *
     * @param cache the cache's name
     * @param keys the digests of what was computed: one, or those of a bulk load
     * @param took how long the function ran, by the cache's ticker
     * @param refresh whether the value takes the place of one that was there: a refresh, of the user's or in the background
     */
    record Loaded(String cache, List<String> keys, Duration took, boolean refresh) implements CacheEvent {
        /** Copies the list. */
        public Loaded {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A function has failed. What its callers are answered with may still be a value: see {@link StaleServed}.
     *
     * @param cache the cache's name
     * @param keys the digests of what was to be computed
     * @param took how long the function ran, by the cache's ticker
     * @param refresh as in {@link Loaded}
     * @param failure the name of the exception's class
     */
    record LoadFailed(String cache, List<String> keys, Duration took, boolean refresh, String failure)
            implements CacheEvent {
        /** Copies the list. */
        public LoadFailed {
            keys = List.copyOf(keys);
        }
    }

    /**
     * A call has waited for another call's computation, to its end or for as long as it was to.
     *
     * @param cache the cache's name
     * @param key the digest of the key
     * @param took how long the call has waited, by the cache's ticker
     */
    record Waited(String cache, String key, Duration took) implements CacheEvent {}

    /**
     * An entry has left; told where the engine reports removals, and tells its key.
     *
     * @param cache the cache's name
     * @param key the digest of the key
     * @param cause why it left
     */
    record Removed(String cache, String key, RemovalCause cause) implements CacheEvent {}

    /**
     * A call was answered with a value past its freshness.
     *
     * @param cache the cache's name
     * @param key the digest of the key
     */
    record StaleServed(String cache, String key) implements CacheEvent {}

    /**
     * A time limit of the load, {@code softTimeout} or {@code hardTimeout}, has ended a call; the load goes on.
     *
     * @param cache the cache's name
     * @param key the digest of the key
     */
    record TimedOut(String cache, String key) implements CacheEvent {}

    /**
     * Another engine has taken over: one could not be opened, or has failed for too long.
     *
     * @param cache the cache's name
     * @param engine the engine that answers from now on
     */
    record FellBack(String cache, String engine) implements CacheEvent {}
}
