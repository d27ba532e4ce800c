package io.github.twatcache.reactor;

import io.github.twatcache.Cache;
import io.github.twatcache.Published1;
import io.github.twatcache.PublisherCache;
import io.github.twatcache.function.Fn1;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.reactivestreams.Publisher;
import reactor.adapter.JdkFlowAdapter;
import reactor.core.publisher.Flux;

/**
 * What {@code Flux}es bring, by key: a cache of lists, whose elements subscribers get one by one, at their own pace, while
 * they come. Thread-safe; nothing is looked up before somebody subscribes.
 *
 * <pre>{@code
 * FluxCache<String, Row> rows = FluxCache.of(cache);                     // a Cache<String, List<Row>>
 * rows.get("SELECT …", database::query).take(10).subscribe(this::show);
 * }</pre>
 *
 * <p>Subscribers that come while the source runs join, and get all elements from the first on; the source is asked for as many
 * as the one of them wants that wants most. A list is stored when the source completes, an empty one too; when it fails all
 * are given its error, and nothing is stored. Who cancels gives up for himself; when all have, the source is cancelled and
 * nothing is stored: a {@code take} that ends early leaves nothing behind. All elements are kept on the heap meanwhile. See
 * {@link PublisherCache}.
 *
 * <p>The source is subscribed to in the Reactor context of the subscriber that began the load.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the elements
 */
public final class FluxCache<K, T> {
    private final PublisherCache<K, T> cache;

    private FluxCache(PublisherCache<K, T> cache) {
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
    public static <K, T> FluxCache<K, T> of(Cache<K, List<T>> cache) {
        return new FluxCache<>(PublisherCache.of(cache));
    }

    /**
     * Lets a memoized function of publishers answer with {@code Flux}es. Each subscriber makes a call of his own.
     *
     * <pre>{@code
     * var rows = FluxCache.calls(twat.disk("rows")
     *         .memoizePublisher((String sql) -> JdkFlowAdapter.publisherToFlowPublisher(database.query(sql))));
     * }</pre>
     *
     * <p>The function's identity and fingerprint are those of what was given to {@code memoizePublisher}. The Reactor context
     * does not reach it: the JDK's publishers have none.
     *
     * @param <A> the type of the argument
     * @param <T> the type of the elements
     * @param function the memoized function
     * @return the same, cold
     */
    public static <A, T> Function<A, Flux<T>> calls(Published1<A, T> function) {
        Objects.requireNonNull(function, "function");
        return argument -> JdkFlowAdapter.flowPublisherToFlux(function.apply(argument));
    }

    /**
     * Memoizes a function: as {@link #get} with the argument as the key.
     *
     * @param source makes the publisher of what is missing
     * @return the memoized function
     */
    public Function<K, Flux<T>> memoize(Fn1<? super K, ? extends Publisher<T>, ? extends Exception> source) {
        Objects.requireNonNull(source, "source");
        return key -> get(key, source);
    }

    /**
     * The elements of a key.
     *
     * @param key the key
     * @param source makes the publisher of what is missing; called at most once for each subscriber, on a miss
     * @return the elements, for any number of subscribers
     */
    public Flux<T> get(K key, Fn1<? super K, ? extends Publisher<T>, ? extends Exception> source) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        return Flux.deferContextual(context -> JdkFlowAdapter.flowPublisherToFlux(cache.get(
                key,
                same -> JdkFlowAdapter.publisherToFlowPublisher(Flux.from(Objects.requireNonNull(
                                source.apply(same),
                                "the source returned null in the place of a publisher; return Flux.empty()"))
                        .contextWrite(context)))));
    }
}
