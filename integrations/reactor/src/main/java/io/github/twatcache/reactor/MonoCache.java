package io.github.twatcache.reactor;

import io.github.twatcache.AsyncCache;
import io.github.twatcache.AsyncCached1;
import io.github.twatcache.Cache;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn1;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * A view of a {@link Cache} for callers that subscribe: over the same entries and the same loads as {@link Cache#async()} and
 * callers that wait. Thread-safe; nothing here blocks, and nothing is looked up before somebody subscribes.
 *
 * <pre>{@code
 * MonoCache<Integer, User> users = MonoCache.of(twat.memory("users").types(Integer.class, User.class).build());
 * Function<Integer, Mono<User>> user = users.memoize(api::fetchUser);      // Mono<User> fetchUser(Integer id)
 * user.apply(42).subscribe(this::show);
 * }</pre>
 *
 * <p><b>Empty is null.</b> A {@code Mono} that completes empty has the value {@code null}, which is stored as any other, and is
 * answered with an empty {@code Mono}: that there is no such user is known from then on. Where that must not be,
 * {@code storeIf((id, user) -> user != null)} leaves it unstored.
 *
 * <p><b>Cancelling.</b> Who cancels gives up for himself. When all have who wait for a load, the subscription to the source is
 * cancelled and nothing is stored, unless the cache was built with {@code cancelAbandoned(false)}.
 *
 * <p><b>Context.</b> The source is subscribed to in the Reactor context of the subscriber that began the load. What belongs to
 * its thread is carried as for futures, by {@link io.github.twatcache.spi.ContextCarrier}.
 *
 * <p>Errors are exactly those of the source; see {@link AsyncCache} for what else a call may end with.
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class MonoCache<K, V> {
    private final AsyncCache<K, @Nullable V> cache;

    private MonoCache(AsyncCache<K, @Nullable V> cache) {
        this.cache = cache;
    }

    /**
     * A view of a cache.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param cache the cache
     * @return the view
     */
    public static <K, V> MonoCache<K, V> of(Cache<K, V> cache) {
        return new MonoCache<>(cache.async());
    }

    /**
     * Lets a memoized function of futures answer with {@code Mono}s. Each subscriber makes a call of his own.
     *
     * <pre>{@code
     * var page = MonoCache.calls(twat.disk("pages").memoizeAsync((String url) -> http.get(url).toFuture()));
     * }</pre>
     *
     * <p>The function's identity and fingerprint are those of what was given to {@code memoizeAsync}. The Reactor context does
     * not reach it: {@code toFuture()} begins with an empty one.
     *
     * @param <A> the type of the argument
     * @param <R> the type of the result
     * @param function the memoized function
     * @return the same, cold
     */
    public static <A, R> Function<A, Mono<R>> calls(AsyncCached1<A, R> function) {
        Objects.requireNonNull(function, "function");
        return argument -> Mono.fromFuture(() -> function.apply(argument));
    }

    /**
     * Memoizes a function: as {@link #get} with the argument as the key. On engines that outlive the process, changed code of
     * the function is not noticed; there use {@link #calls}.
     *
     * @param source makes the {@code Mono} of what is missing
     * @return the memoized function
     */
    public Function<K, Mono<V>> memoize(Fn1<? super K, ? extends Mono<V>, ? extends Exception> source) {
        Objects.requireNonNull(source, "source");
        return key -> get(key, source);
    }

    /**
     * Looks a value up, or computes and stores it. One load runs, others that ask meanwhile share its value or its failure.
     *
     * @param key the key
     * @param source makes the {@code Mono} of what is missing; called at most once for each subscriber
     * @return the value, empty where it is null; ends with exactly the error of the source, and nothing is stored then
     */
    public Mono<V> get(K key, Fn1<? super K, ? extends Mono<V>, ? extends Exception> source) {
        return loading(key, source, (same, loader) -> cache.get(same, loader));
    }

    /**
     * Computes a value anew and stores it, though one is there. Others are answered with the old one meanwhile.
     *
     * @param key the key
     * @param source makes the {@code Mono} of the new value; called at most once for each subscriber
     * @return the new value, empty where it is null; ends with exactly the error of the source, and the old value stays then
     */
    public Mono<V> refresh(K key, Fn1<? super K, ? extends Mono<V>, ? extends Exception> source) {
        return loading(key, source, (same, loader) -> cache.refresh(same, loader));
    }

    private Mono<V> loading(
            K key,
            Fn1<? super K, ? extends Mono<V>, ? extends Exception> source,
            BiFunction<K, AsyncFn1<K, @Nullable V>, CompletableFuture<@Nullable V>> way) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(source, "source");
        return Mono.deferContextual(context ->
                Mono.fromFuture(() -> way.apply(key, same -> begun(source.apply(same), context))));
    }

    private static <V> CompletableFuture<@Nullable V> begun(@Nullable Mono<V> mono, ContextView context) {
        return Objects.requireNonNull(mono, "the source returned null in the place of a Mono; return Mono.empty()")
                .contextWrite(context)
                .toFuture();
    }

    /**
     * Looks a value up. Counts as a use.
     *
     * @param key the key
     * @return the value; empty where there is none, or where it is null
     */
    public Mono<V> getIfPresent(K key) {
        Objects.requireNonNull(key, "key");
        return Mono.fromFuture(() -> cache.getIfPresent(key));
    }

    /**
     * Stores a value, in the place of what was there. A load of the key that is running is not stored.
     *
     * @param key the key
     * @param value the value
     * @return ends when it is stored
     */
    public Mono<Void> put(K key, V value) {
        Objects.requireNonNull(key, "key");
        return Mono.fromFuture(() -> cache.put(key, value)).then();
    }

    /**
     * Removes an entry. A load of the key that is running is not stored, and a call that begins after the {@code Mono} has ended
     * does not get its value.
     *
     * @param key the key
     * @return whether there was one
     */
    public Mono<Boolean> remove(K key) {
        Objects.requireNonNull(key, "key");
        return Mono.fromFuture(() -> cache.remove(key));
    }
}
