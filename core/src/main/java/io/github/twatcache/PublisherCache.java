package io.github.twatcache;

import io.github.twatcache.function.Fn1;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

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
 * stored; when it fails, all are given the failure and nothing is stored. All elements are kept on the heap until then.
 *
 * <p><b>Hits</b> replay the list, as the subscriber asks for it.
 *
 * <p><b>Cancelling.</b> Who cancels gives up for himself. When all have, the subscription to the source is cancelled and
 * nothing is stored, unless the cache was built with {@code cancelAbandoned(false)}.
 *
 * <p>A caller of {@link Cache#get} or {@link AsyncCache#get} that joins such a load gets the whole list, when the subscribers
 * have let it come to its end.
 *
 * @param <K> the type of the keys
 * @param <T> the type of the elements
 */
public final class PublisherCache<K, T> {
    private final DataCache<K, List<T>> cache;
    private final AsyncCache<K, List<T>> async;

    /** The relays whose lists are being loaded, by the key as the cache keeps it. */
    private final ConcurrentMap<Object, Relay<T>> running = new ConcurrentHashMap<>();

    private PublisherCache(DataCache<K, List<T>> cache) {
        this.cache = cache;
        this.async = cache.async();
    }

    /**
     * A view of a cache of lists. Keep it: subscribers join each other within one view, element by element.
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
        return subscriber -> subscribe(key, source, Objects.requireNonNull(subscriber, "subscriber"));
    }

    private void subscribe(
            K key,
            Fn1<? super K, ? extends Flow.Publisher<T>, ? extends Exception> source,
            Flow.Subscriber<? super T> to) {
        AtomicReference<@Nullable CompletableFuture<List<T>>> held = new AtomicReference<>();
        Relay.Reader<T> reader = new Relay.Reader<>(to, () -> giveUp(held.get()));
        to.onSubscribe(reader);
        if (reader.cancelled()) {
            return;
        }
        Object raw;
        try {
            raw = cache.core.keys.settled(cache.keyOf(key));
        } catch (RuntimeException refused) {
            Relay.<T>failed(refused).read(reader);
            reader.settle(refused);
            return;
        }
        CompletableFuture<List<T>> list = async.get(key, same -> {
            Relay<T> relay = new Relay<>();
            running.put(raw, relay);
            CompletableFuture<List<T>> unused = relay.stage.whenComplete((all, thrown) -> running.remove(raw, relay));
            relay.read(reader);
            try {
                Objects.requireNonNull(source.apply(same), "the source returned null in the place of a publisher")
                        .subscribe(relay);
            } catch (Throwable thrown) {
                relay.onError(thrown);
            }
            return relay.stage;
        });
        held.set(list);
        CompletableFuture<List<T>> unused = list.whenComplete((all, thrown) -> reader.settle(thrown));
        if (reader.cancelled()) {
            giveUp(list);
        } else if (!reader.reads()) {
            join(raw, reader, list);
        }
    }

    /** Reads what another's subscription brings, if that is seen; else waits for the list. */
    private void join(Object raw, Relay.Reader<T> reader, CompletableFuture<List<T>> list) {
        Relay<T> relay = list.isDone() ? null : running.get(raw);
        if (relay != null) {
            relay.read(reader);
            return;
        }
        CompletableFuture<List<T>> unused = list.whenComplete((all, thrown) -> {
            if (!reader.reads()) {
                (thrown == null ? Relay.of(all) : Relay.<T>failed(thrown)).read(reader);
            }
        });
    }

    private static void giveUp(@Nullable CompletableFuture<?> list) {
        if (list != null) {
            list.cancel(true);
        }
    }
}
