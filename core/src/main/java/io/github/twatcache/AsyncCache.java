package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Values by key, for callers that do not wait: a view of a {@link Cache}, over the same entries and the same loads. Callers
 * that wait and callers that do not join each other's loads. Thread-safe.
 *
 * <pre>{@code
 * AsyncCache<String, Page> pages = twat.memory("pages").types(String.class, Page.class).build().async();
 * pages.get(url, http::getAsync).thenAccept(this::show);
 * }</pre>
 *
 * <p><b>Futures.</b> Each call returns a future of its caller's own, which the caller may complete or cancel without
 * touching those of others. It ends with exactly what the loader failed with: handlers are given that, {@code join()}
 * wraps it in a {@link java.util.concurrent.CompletionException} and {@code get()} in an {@link
 * java.util.concurrent.ExecutionException}, as the JDK does; a {@code CompletionException} that the JDK has wrapped around
 * it on its way is taken off. Whatever else is wrong, a future ends with too: the cache is closed, a key cannot work, the
 * engine fails. Only a null key and a null loader are thrown at once.
 *
 * <p><b>Cancelling.</b> Who cancels gives up for himself. When all who asked for a load have cancelled, its stage is
 * cancelled and nothing is stored, unless {@code cancelAbandoned(false)} was set. A caller whose time limit has passed,
 * {@code loadTimeout} or one of his own such as {@code orTimeout}, has not cancelled: the load goes on and is stored; nor
 * does one that waits in {@link Cache#get} ever give up.
 *
 * <p><b>Threads.</b> On an engine on the heap everything happens on the caller's thread: an entry that is there is an ended
 * future, and a loader is begun there. On an engine that reads and writes more than the heap, or that was given time limits,
 * retries or a fallback, it happens on threads of twat-cache's own (virtual ones where the JDK has them) or of {@link
 * TwatCacheBuilder#executor}, in the context of the caller: see {@link TwatCacheBuilder#context}. What is to be done after a
 * load runs on the thread that ends it: a loader's, or one of these.
 *
 * <p><b>Waiting for oneself.</b> A loader that asks for its own key is told with {@link
 * io.github.twatcache.error.RecursiveLoadException}, where that can be seen: in the call of the loader itself, when it
 * returns a future of ours as its stage, or when it waits in {@code join} or {@code get} of one. In a stage that was made of
 * others, or on threads of the user's own, nobody can see it: that is told in one warning after 10 s and ends by {@code
 * loadTimeout} where that is set.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public interface AsyncCache<K, V extends @Nullable Object> {
    /**
     * The cache's name.
     *
     * @return the name
     */
    String name();

    /**
     * The same cache for callers that wait. Has what this view has not: the map view, and closing.
     *
     * @return the cache
     */
    Cache<K, V> sync();

    /**
     * Looks a value up. Counts as a use.
     *
     * @param key the key
     * @return the value; {@code null} where there is none, or where it is null ({@link #peek} tells which)
     */
    CompletableFuture<@Nullable V> getIfPresent(K key);

    /**
     * Looks a value up without counting as a use or in the statistics.
     *
     * @param key the key
     * @return the value, or that there is none
     */
    CompletableFuture<Lookup<V>> peek(K key);

    /**
     * Whether there is a value, null or not. Not a use, not counted.
     *
     * @param key the key
     * @return whether there is one
     */
    CompletableFuture<Boolean> contains(K key);

    /**
     * Looks a value up, or computes and stores it. One load runs, others that ask meanwhile share its value or its failure.
     *
     * @param key the key
     * @param loader answers with a stage that computes the value; run at most once
     * @return the value, or exactly what the loader failed with; nothing is stored then. Ends with {@link
     *     io.github.twatcache.error.LoadTimeoutException} after {@code loadTimeout}, and with {@link
     *     io.github.twatcache.error.LoadRejectedException} where an executor takes no more work
     */
    CompletableFuture<V> get(K key, AsyncFn1<? super K, V> loader);

    /**
     * Looks a value up, or computes and stores it on terms of this call's own, which come after all rules of the cache; as
     * {@link #get(Object, AsyncFn1)}. A value that is there, or that another call computes, is returned on the terms that it
     * has.
     *
     * @param key the key
     * @param keep the terms: a lifetime needs {@code perEntryExpiry()}, tags need {@code tags()}
     * @param loader answers with a stage that computes the value; run at most once
     * @return the value, or exactly what the loader failed with; or {@link
     *     io.github.twatcache.error.ConfigurationException} when the cache was built without what the terms need
     */
    CompletableFuture<V> get(K key, Keep keep, AsyncFn1<? super K, V> loader);

    /**
     * Computes a value anew and stores it, though one is there. Others are answered with the old one meanwhile.
     *
     * @param key the key
     * @param loader answers with a stage that computes the value; run at most once
     * @return the new value, or exactly what the loader failed with; the old value stays then
     */
    CompletableFuture<V> refresh(K key, AsyncFn1<? super K, V> loader);

    /**
     * Looks many values up, and computes those that are missing by one call. What others are computing is waited for.
     * Cancelling the future gives up all keys of this call together.
     *
     * @param keys the keys; repeated ones count once
     * @param loader answers with a stage of the values of the missing keys; keys that it leaves out are left out of the
     *     result. Not called where nothing is missing
     * @return the values, in the order of the keys, unmodifiable; or exactly what the loader failed with, or what is kept of a
     *     key by {@code cacheFailures}
     */
    CompletableFuture<Map<K, V>> getAll(Iterable<? extends K> keys, AsyncFn1<? super Set<K>, Map<K, V>> loader);

    /**
     * Loads what is missing, one key after the other: the next load begins when the last has ended. Cancelling the future
     * begins no other; the one that runs is stored.
     *
     * @param keys the keys
     * @param loader answers with a stage that computes a value
     * @return how many were loaded here; or exactly what the loader failed with, at the first key where it did
     */
    CompletableFuture<Long> warm(Iterable<? extends K> keys, AsyncFn1<? super K, V> loader);

    /**
     * Looks many values up.
     *
     * @param keys the keys
     * @return those that are there, in the order of the keys; unmodifiable
     */
    CompletableFuture<Map<K, V>> getAllPresent(Iterable<? extends K> keys);

    /**
     * Makes a loader of single values out of a function that computes many: the keys that are asked for within a while are
     * given to it together, in the background and in the context of whoever has asked for the first. For {@link #get}, of
     * which there is still one load for each key at a time.
     *
     * <pre>{@code
     * AsyncFn1<Long, User> users = cache.coalescing(api::fetchUsersAsync, 100, Duration.ofMillis(2));
     * cache.get(42L, users);                   // with all others that are missing within 2 ms
     * }</pre>
     *
     * @param bulk answers with a stage of the values; a key that it leaves out fails with {@link
     *     java.util.NoSuchElementException}
     * @param atMost the most keys in one call, 1 or more; so many begin it at once. No more than {@code maxConcurrentLoads},
     *     since a load that waits for the call holds its place
     * @param within how long the first key of a call waits for others, longer than zero, by the clock of the cache
     * @return the loader, to be kept: each has a waiting room of its own
     * @throws IllegalArgumentException when a bound is out of range
     */
    AsyncFn1<K, V> coalescing(AsyncFn1<? super Set<K>, Map<K, V>> bulk, int atMost, Duration within);

    /**
     * Stores a value, in the place of what was there. A load of the key that is running is not stored.
     *
     * @param key the key
     * @param value the value
     * @return ends when it is stored; with {@link io.github.twatcache.error.ValueException} as {@link Cache#put} throws it
     */
    CompletableFuture<@Nullable Void> put(K key, V value);

    /**
     * Stores a value on terms of its own.
     *
     * @param key the key
     * @param value the value
     * @param keep how long, under which tags
     * @return ends when it is stored; with {@link ConfigurationException} when the cache was not built for such terms
     */
    CompletableFuture<@Nullable Void> put(K key, V value, Keep keep);

    /**
     * Stores many values, as {@link Cache#putAll}.
     *
     * @param entries the entries, which must not change until the future ends
     * @return ends when they are stored
     */
    CompletableFuture<@Nullable Void> putAll(Map<? extends K, ? extends V> entries);

    /**
     * Stores a value where none is. Atomic.
     *
     * @param key the key
     * @param value the value
     * @return whether it was stored
     */
    CompletableFuture<Boolean> putIfAbsent(K key, V value);

    /**
     * Stores a value where none is, on terms of its own. Atomic.
     *
     * @param key the key
     * @param value the value
     * @param keep how long, under which tags
     * @return whether it was stored
     */
    CompletableFuture<Boolean> putIfAbsent(K key, V value, Keep keep);

    /**
     * Stores a value where one is. Atomic.
     *
     * @param key the key
     * @param value the new value
     * @return whether there was one
     */
    CompletableFuture<Boolean> replace(K key, V value);

    /**
     * Stores a value where an equal of the expected one is. Atomic.
     *
     * @param key the key
     * @param expected what must be there, compared by content
     * @param value the new value
     * @return whether it was
     */
    CompletableFuture<Boolean> replace(K key, V expected, V value);

    /**
     * Removes an entry. A load of the key that is running is not stored, and a call that begins after the future has ended
     * does not get its value.
     *
     * @param key the key
     * @return whether there was one
     */
    CompletableFuture<Boolean> remove(K key);

    /**
     * Removes an entry if it holds an equal of the expected value. Atomic.
     *
     * @param key the key
     * @param expected what must be there, compared by content
     * @return whether it was
     */
    CompletableFuture<Boolean> remove(K key, V expected);

    /**
     * Takes an entry out. Atomic: what many try to take goes to one of them.
     *
     * @param key the key
     * @return what was there, or that nothing was
     */
    CompletableFuture<Lookup<V>> pop(K key);

    /**
     * Changes an entry from what it is, as {@link Cache#compute}. The function must not block on an engine on the heap,
     * since it runs on the caller's thread.
     *
     * @param key the key
     * @param change receives the key and what is there, returns what shall be there; may run again
     * @return what is there now, or exactly what the function threw
     */
    CompletableFuture<Lookup<V>> compute(
            K key, Fn2<? super K, ? super Lookup<V>, Lookup<V>, ? extends Exception> change);

    /**
     * How long an entry has left to live.
     *
     * @param key the key
     * @return the rest of its lifetime; empty where there is no entry or its life has no end
     */
    CompletableFuture<Optional<Duration>> expiresIn(K key);

    /**
     * Gives an entry a new lifetime from now, and leaves its value. Needs {@code perEntryExpiry()}.
     *
     * @param key the key
     * @param lifetime longer than zero
     * @return whether there was an entry
     */
    CompletableFuture<Boolean> expireIn(K key, Duration lifetime);

    /**
     * Takes the end from an entry's life. Needs {@code perEntryExpiry()}.
     *
     * @param key the key
     * @return whether there was an entry
     */
    CompletableFuture<Boolean> keepForEver(K key);

    /**
     * Removes all entries that carry a tag. Needs {@code tags()}.
     *
     * @param tag the tag
     * @return how many were removed
     */
    CompletableFuture<Long> invalidateTag(String tag);

    /**
     * Has the value of a key be stale: {@code peek} and {@code size} know it no more, and the next call is answered with it and
     * has it computed anew in the background. A computation that is running is not stored. Needs {@code keepStale()}, which
     * every setting for stale values implies.
     *
     * @param key the key
     * @return whether there was a fresh entry; or {@link io.github.twatcache.error.ConfigurationException} when the cache keeps
     *     no stale values
     */
    CompletableFuture<Boolean> invalidateSoftly(K key);

    /**
     * Has all entries that carry a tag be stale, as {@link #invalidateSoftly} does one. Needs {@code tags()} too.
     *
     * @param tag the tag
     * @return how many there were
     */
    CompletableFuture<Long> invalidateTagSoftly(String tag);

    /**
     * Has all entries be stale, as {@link #invalidateSoftly} does one.
     *
     * @return how many there were
     */
    CompletableFuture<Long> invalidateAllSoftly();

    /**
     * The tags of an entry.
     *
     * @param key the key
     * @return its tags; empty where there is no entry
     */
    CompletableFuture<Set<String>> tags(K key);

    /**
     * Removes all entries. Loads that are running are not stored.
     *
     * @return ends when they are removed
     */
    CompletableFuture<@Nullable Void> clear();

    /**
     * Counts the entries exactly, as {@link Cache#size}.
     *
     * @return how many live entries there are
     */
    CompletableFuture<Long> size();

    /**
     * Counts the entries cheaply, as {@link Cache#estimatedSize}.
     *
     * @return about how many there are
     */
    CompletableFuture<Long> estimatedSize();

    /**
     * The weight of all live entries, as {@link Cache#weight}.
     *
     * @return the sum of their weights
     */
    CompletableFuture<Long> weight();

    /**
     * The live entries, as {@link Cache#entries}, for as many subscribers as like, each at his own pace: the walk of each begins
     * when he asks for entries, and goes no further than he has asked. Who wants no more of them is to cancel, or the walk stays
     * open. Where the engine may block, a subscriber is called in the background, else on the thread that asks.
     *
     * <pre>{@code
     * pages.entries().subscribe(subscriber);
     * JdkFlowAdapter.flowPublisherToFlux(pages.entries()).take(10);      // with Reactor
     * }</pre>
     *
     * @return the entries, in no particular order; ends with the failure of the engine, if it fails
     */
    Flow.Publisher<Map.Entry<K, V>> entries();

    /**
     * What has been counted so far. An asynchronous look-up counts as any other.
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
}
