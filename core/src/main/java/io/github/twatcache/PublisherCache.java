package io.github.twatcache;

import io.github.twatcache.function.Fn1;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Flow;

/**
 * What {@link Flow.Publisher}s bring, by key: a cache of lists, whose elements subscribers get one by one, at their own pace,
 * while they come. Thread-safe.
 *
 * <pre>{@code
 * PublisherCache<String, Row> rows = PublisherCache.of(cache);           // a Cache<String, List<Row>>
 * rows.get("SELECT …", database::query).subscribe(subscriber);
 * }</pre>
 *
 * <p><b>Misses.</b> The first subscriber subscribes to the source; others that come meanwhile join, and get all elements from
 * the first on. The source is asked for as many as the one of them wants that wants most. When it completes, the list is
 * stored; when it fails, all are given the failure and nothing is stored. All elements are kept on the heap until then. Where
 * nobody subscribes any more but somebody waits for the list, or it is computed anew in the background, all are asked for.
 *
 * <p><b>Hits</b> replay the list, as the subscriber asks for it.
 *
 * <p><b>Cancelling.</b> Who cancels gives up for himself. When all have, the subscription to the source is cancelled and
 * nothing is stored, unless the cache was built with {@code cancelAbandoned(false)}.
 *
 * <p><b>Kept values.</b> Where a list is kept that may be given out instead, since the source fails or is slow ({@code failSafe},
 * {@code softTimeout}), subscribers that were given no element yet get that. So do they go over to the next attempt of {@code
 * loadRetry}; who was given an element before is told of the failure.
 *
 * <p>A caller of {@link Cache#get} or {@link AsyncCache#get} that joins such a load gets the whole list, when the subscribers
 * have let it come to its end. Functions that return publishers are memoized by {@link CacheBuilder#memoizePublisher}.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the elements
 */
public final class PublisherCache<K, T> {
    private final DataCache<K, List<T>> cache;

    private PublisherCache(DataCache<K, List<T>> cache) {
        this.cache = cache;
    }

    /**
     * A view of a cache of lists. Subscribers join each other element by element, whichever view of the cache they came by.
     *
     * @param <K> the type of the keys
     * @param <T> the type of the elements
     * @param cache the cache
     * @return the view
     * @throws IllegalArgumentException when the cache is none of ours
     */
    public static <K, T> PublisherCache<K, T> of(Cache<K, List<T>> cache) {
        Objects.requireNonNull(cache, "cache");
        if (cache instanceof DataCache<K, List<T>> ours) {
            return new PublisherCache<>(ours);
        }
        throw new IllegalArgumentException("cache '" + cache.name() + "' is a "
                + cache.getClass().getName() + ", which twat-cache has not made; give one that build() returned");
    }

    /**
     * The elements of a key. Nothing is looked up before somebody subscribes.
     *
     * @param key the key
     * @param source makes the publisher of what is missing; called at most once for each subscriber, on a miss
     * @return a publisher for any number of subscribers
     */
    public Flow.Publisher<T> get(K key, Fn1<? super K, ? extends Flow.Publisher<T>, ? extends Exception> source) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        return Flowing.publisher(cache.core, () -> cache.keyOf(key), () -> cache.judge(key), () -> source.apply(key));
    }
}
