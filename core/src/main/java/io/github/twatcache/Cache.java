package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.error.OperationException;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values by key. Thread-safe.
 *
 * <p>A key must not be {@code null}; a value may. Keys are compared by content, arrays and what holds them too; what
 * could change is copied when it is stored. Engines on the heap hand values out by reference: treat them as read-only, or
 * ask for {@code copyOnRead()}.
 *
 * <p>Every method throws {@link NullPointerException} for a null key, {@link IllegalStateException} after {@link #close},
 * and {@link io.github.twatcache.error.KeyException} for a key that cannot work as one.
 *
 * <pre>{@code
 * Cache<String, Session> sessions = twat.memory("sessions").types(String.class, Session.class).build();
 * Session session = sessions.get(id, Session::open);
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface Cache<K, V extends @Nullable Object> extends AutoCloseable, Iterable<Map.Entry<K, V>> {
    /**
     * The cache's name.
     *
     * @return the name
     */
    String name();

    /**
     * Looks a value up. Counts as a use.
     *
     * @param key the key
     * @return the value; {@code null} where there is none, or where it is null ({@link #peek} tells which)
     */
    @Nullable V getIfPresent(K key);

    /**
     * Looks a value up without counting as a use or in the statistics.
     *
     * @param key the key
     * @return the value, or that there is none
     */
    Lookup<V> peek(K key);

    /**
     * Whether there is a value, null or not. Not a use, not counted; a persistent engine may read the whole entry.
     *
     * @param key the key
     * @return whether there is one
     */
    boolean contains(K key);

    /**
     * Looks a value up, or computes and stores it. One thread computes, others that ask meanwhile wait and share its
     * value or its exception. May block for as long as the loader runs, or for {@code loadTimeout}.
     *
     * @param <X> what the loader throws
     * @param key the key
     * @param loader computes the value; run at most once
     * @return the value
     * @throws X exactly what the loader throws; nothing is stored then
     * @throws io.github.twatcache.error.RecursiveLoadException when the call would wait for itself
     * @throws io.github.twatcache.error.LoadTimeoutException when another's load takes longer than {@code loadTimeout}
     * @throws io.github.twatcache.error.LoadInterruptedException when interrupted while waiting for another's load
     */
    <X extends Exception> V get(K key, Fn1<? super K, ? extends V, X> loader) throws X;

    /**
     * Looks a value up, or computes and stores it on terms of this call's own, which come after all rules of the cache; as
     * {@link #get(Object, Fn1)}. A value that is there, or that another call computes, is returned on the terms that it has.
     *
     * @param <X> what the loader throws
     * @param key the key
     * @param keep the terms: a lifetime needs {@code perEntryExpiry()}, tags need {@code tags()}
     * @param loader computes the value; run at most once
     * @return the value
     * @throws X exactly what the loader throws; nothing is stored then
     * @throws io.github.twatcache.error.ConfigurationException when the cache was built without what the terms need
     */
    <X extends Exception> V get(K key, Keep keep, Fn1<? super K, ? extends V, X> loader) throws X;

    /**
     * Looks many values up, and computes those that are missing by one call. What other threads are computing is waited
     * for, after the own have been stored.
     *
     * @param <X> what the loader throws
     * @param keys the keys; repeated ones count once
     * @param loader computes the values of the missing keys; keys that it leaves out are left out of the result
     * @return the values, in the order of the keys; unmodifiable
     * @throws X exactly what the loader throws; nothing that was missing is stored then. Or what is kept of a key by {@code
     *     cacheFailures}, after the others were stored
     */
    <X extends Exception> Map<K, V> getAll(
            Iterable<? extends K> keys, Fn1<? super Set<K>, ? extends Map<? extends K, ? extends V>, X> loader)
            throws X;

    /**
     * Looks many values up.
     *
     * @param keys the keys
     * @return those that are there, in the order of the keys; unmodifiable
     */
    Map<K, V> getAllPresent(Iterable<? extends K> keys);

    /**
     * Stores a value, in the place of what was there. A load of the key that is running is not stored.
     *
     * @param key the key
     * @param value the value
     * @throws io.github.twatcache.error.ValueException when the cache is full and its policy lets nothing go, or the value
     *     is heavier than the cache's maximum; what was there stays
     */
    void put(K key, V value);

    /**
     * Stores a value on terms of its own.
     *
     * @param key the key
     * @param value the value
     * @param keep how long, under which tags
     * @throws ConfigurationException when the cache was not built for such terms, naming the setting that does it
     * @throws io.github.twatcache.error.ValueException as for {@link #put(Object, Object)}
     */
    void put(K key, V value, Keep keep);

    /**
     * Stores many values: in one step where the engine can do that, all or none if it fails; else one after the other.
     *
     * @param entries the entries
     * @throws io.github.twatcache.error.ValueException as for {@link #put(Object, Object)}, for the first that does not
     *     fit; where the engine stores in one step, those that do fit are stored
     */
    void putAll(Map<? extends K, ? extends V> entries);

    /**
     * Stores a value where none is. Atomic.
     *
     * @param key the key
     * @param value the value
     * @return whether it was stored
     */
    boolean putIfAbsent(K key, V value);

    /**
     * Stores a value where none is, on terms of its own. Atomic.
     *
     * @param key the key
     * @param value the value
     * @param keep how long, under which tags
     * @return whether it was stored
     * @throws ConfigurationException when the cache was not built for such terms, naming the setting that does it
     */
    boolean putIfAbsent(K key, V value, Keep keep);

    /**
     * Stores a value where one is. Atomic.
     *
     * @param key the key
     * @param value the new value
     * @return whether there was one
     */
    boolean replace(K key, V value);

    /**
     * Stores a value where an equal of the expected one is. Atomic.
     *
     * @param key the key
     * @param expected what must be there, compared by content
     * @param value the new value
     * @return whether it was
     */
    boolean replace(K key, V expected, V value);

    /**
     * Removes an entry. A load of the key that is running is not stored.
     *
     * @param key the key
     * @return whether there was one
     */
    boolean remove(K key);

    /**
     * Removes an entry if it holds an equal of the expected value. Atomic.
     *
     * @param key the key
     * @param expected what must be there, compared by content
     * @return whether it was
     */
    boolean remove(K key, V expected);

    /**
     * Takes an entry out. Atomic: what many try to take goes to one of them.
     *
     * @param key the key
     * @return what was there, or that nothing was
     */
    Lookup<V> pop(K key);

    /**
     * Changes an entry from what it is: stores the value that the function returns as {@link Lookup#found}, removes the
     * entry when it returns {@link Lookup#absent}. Atomic; the function runs outside all locks, and again when somebody
     * else changed the entry meanwhile.
     *
     * @param <X> what the function throws
     * @param key the key
     * @param change receives the key and what is there, returns what shall be there
     * @return what is there now
     * @throws X exactly what the function throws; nothing changes then
     */
    <X extends Exception> Lookup<V> compute(K key, Fn2<? super K, ? super Lookup<V>, Lookup<V>, X> change) throws X;

    /**
     * How long an entry has left to live.
     *
     * @param key the key
     * @return the rest of its lifetime; empty where there is no entry or its life has no end
     */
    Optional<Duration> expiresIn(K key);

    /**
     * Gives an entry a new lifetime from now, and leaves its value. Needs {@code perEntryExpiry()}.
     *
     * @param key the key
     * @param lifetime longer than zero
     * @return whether there was an entry
     * @throws ConfigurationException when the cache has no lifetimes per entry
     */
    boolean expireIn(K key, Duration lifetime);

    /**
     * Takes the end from an entry's life. Needs {@code perEntryExpiry()}.
     *
     * @param key the key
     * @return whether there was an entry
     * @throws ConfigurationException when the cache has no lifetimes per entry
     */
    boolean keepForEver(K key);

    /**
     * Removes all entries that carry a tag. The cost grows with their number. Needs {@code tags()}.
     *
     * @param tag the tag
     * @return how many were removed
     * @throws ConfigurationException when the cache has no tags
     */
    long invalidateTag(String tag);

    /**
     * Has the value of a key be stale: {@code peek}, {@code size} and walks know it no more, and the next call is answered with
     * it and has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()},
     * which every setting for stale values implies.
     *
     * @param key the key
     * @return whether there was a fresh entry
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values
     * @throws IllegalStateException when the cache is closed
     */
    boolean invalidateSoftly(K key);

    /**
     * Has all entries that carry a tag be stale, as {@link #invalidateSoftly} does one. The cost grows with their number.
     *
     * @param tag the tag
     * @return how many there were
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values, or has no tags
     * @throws IllegalStateException when the cache is closed
     */
    long invalidateTagSoftly(String tag);

    /**
     * Has all entries be stale, as {@link #invalidateSoftly} does one. The cost grows with their number.
     *
     * @return how many there were
     * @throws io.github.twatcache.error.ConfigurationException when the cache keeps no stale values
     * @throws IllegalStateException when the cache is closed
     */
    long invalidateAllSoftly();

    /**
     * The tags of an entry.
     *
     * @param key the key
     * @return its tags; empty where there is no entry
     */
    Set<String> tags(K key);

    /** Removes all entries. Loads that are running are not stored. */
    void clear();

    /**
     * Counts the entries exactly, after finishing what the engine may have put off. It counts what is stored and looks at no
     * value: an entry that this process cannot read, since another version of its class or codec has written it, counts until
     * it is replaced or removed, while look-ups and walks pass over it. One that is damaged counts until a look-up, a walk or a
     * check comes upon it, and sets it aside.
     *
     * @return how many live entries there are
     */
    long size();

    /**
     * Counts the entries cheaply.
     *
     * @return about how many there are; what has expired or is about to be evicted may be counted
     */
    long estimatedSize();

    /**
     * The weight of all live entries.
     *
     * @return the sum of their weights; bytes with {@code maximumBytes}; the number of entries without either
     */
    long weight();

    /**
     * The live entries: each that is there all the while exactly once. Those that this process cannot read are passed over,
     * see {@link #size()}. Close the stream.
     *
     * @return a stream of immutable entries, in no particular order
     */
    Stream<Map.Entry<K, V>> entries();

    /**
     * The cache as a map: a live view, as {@link ConcurrentMap} demands. A null value is invisible there. Functions given
     * to its {@code compute} methods may run again when somebody else changed the entry meanwhile.
     *
     * @return the view
     */
    ConcurrentMap<K, V> asMap();

    /**
     * Loads what is missing, one key after the other.
     *
     * @param <X> what the loader throws
     * @param keys the keys
     * @param loader computes a value
     * @return how many were loaded here
     * @throws X what the loader throws, at the first key where it does
     */
    <X extends Exception> long warm(Iterable<? extends K> keys, Fn1<? super K, ? extends V, X> loader) throws X;

    /**
     * The same cache for callers that do not wait.
     *
     * @return a view: the same entries, the same loads
     */
    AsyncCache<K, V> async();

    /**
     * What has been counted so far.
     *
     * @return a snapshot
     */
    CacheStats stats();

    /**
     * How the cache came to be what it is.
     *
     * @return engine, reasons, settings with their sources
     */
    Explanation explain();

    /**
     * Ends the cache and frees its name. Loads that are running answer their callers and store nothing. Closing again does
     * nothing.
     *
     * @throws OperationException when the engine could not let go of what it holds
     */
    @Override
    void close();
}
