package io.github.twatcache;

import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.load.Judge;
import io.github.twatcache.spi.Store;
import io.github.twatcache.spi.Terms;
import io.github.twatcache.stats.CacheStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** The asynchronous view of a {@link DataCache}. */
@SuppressWarnings("unchecked") // the core holds what came in through this view or that cache
final class AsyncDataCache<K, V extends @Nullable Object> implements AsyncCache<K, V> {
    private final DataCache<K, V> cache;
    private final CacheCore core;
    private final Elsewhere elsewhere;
    private final Store<Object> store;
    private final boolean blocks;

    AsyncDataCache(DataCache<K, V> cache) {
        this.cache = cache;
        this.core = cache.core;
        this.elsewhere = core.elsewhere;
        this.store = core.store;
        this.blocks = core.blocks;
    }

    @Override
    public String name() {
        return cache.name();
    }

    @Override
    public Cache<K, V> sync() {
        return cache;
    }

    private static <K> K required(K key) {
        return Objects.requireNonNull(key, "key");
    }

    @Override
    public CompletableFuture<@Nullable V> getIfPresent(K key) {
        required(key);
        return (CompletableFuture<@Nullable V>) elsewhere.maybe(() -> cache.getIfPresent(key));
    }

    @Override
    public CompletableFuture<Lookup<V>> peek(K key) {
        required(key);
        return elsewhere.run(() -> cache.peek(key));
    }

    @Override
    public CompletableFuture<Boolean> contains(K key) {
        required(key);
        return elsewhere.run(() -> cache.contains(key));
    }

    @Override
    public CompletableFuture<V> get(K key, AsyncFn1<? super K, V> loader) {
        required(key);
        Objects.requireNonNull(loader, "loader");
        try {
            Object raw = cache.keyOf(key);
            CompletableFuture<V> there = present(raw);
            return there != null ? there : loaded(raw, key, loader, cache.judge(key));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<V> get(K key, Keep keep, AsyncFn1<? super K, V> loader) {
        required(key);
        Objects.requireNonNull(keep, "keep");
        Objects.requireNonNull(loader, "loader");
        try {
            Terms asked = cache.terms(keep);
            Object raw = cache.keyOf(key);
            CompletableFuture<V> there = present(raw);
            return there != null ? there : loaded(raw, key, loader, keep.after(cache.judge(key), asked));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** What is found at once; {@code null} where nothing is, or the engine may block. */
    private @Nullable CompletableFuture<V> present(Object raw) {
        Object value = blocks ? null : store.get(raw);
        if (value == null) {
            return null;
        }
        Watch watch = cache.watch;
        if (watch == null) {
            return CompletableFuture.completedFuture(Cast.to(cache.counted(value)));
        }
        return watch.blind() ? null : CompletableFuture.completedFuture(Cast.to(watch.hit(value)));
    }

    private CompletableFuture<V> loaded(Object raw, K key, AsyncFn1<? super K, V> loader, Judge judge) {
        return (CompletableFuture<V>) core.loadAsync(raw, () -> loader.apply(key), judge);
    }

    @Override
    public CompletableFuture<V> refresh(K key, AsyncFn1<? super K, V> loader) {
        required(key);
        Objects.requireNonNull(loader, "loader");
        try {
            return (CompletableFuture<V>)
                    core.refreshAsync(cache.keyOf(key), () -> loader.apply(key), cache.judge(key));
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    @Override
    public CompletableFuture<Map<K, V>> getAll(
            Iterable<? extends K> asked, AsyncFn1<? super Set<K>, Map<K, V>> loader) {
        Objects.requireNonNull(asked, "keys");
        Objects.requireNonNull(loader, "loader");
        Map<Object, K> byRaw = new LinkedHashMap<>();
        try {
            asked.forEach(key -> byRaw.putIfAbsent(cache.keyOf(required(key)), key));
        } catch (NullPointerException nullKey) {
            throw nullKey;
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
        core.tell("bulk load");
        return core.async.<Map<K, V>>loadAll(
                byRaw.keySet(),
                raws -> {
                    Set<K> missing = new LinkedHashSet<>();
                    raws.forEach(raw -> missing.add(Objects.requireNonNull(byRaw.get(raw))));
                    return loader.apply(Collections.unmodifiableSet(missing));
                },
                key -> cache.keyOf((K) key),
                raw -> cache.judge(Objects.requireNonNull(byRaw.get(raw))),
                found -> {
                    Map<K, V> result = new LinkedHashMap<>();
                    byRaw.forEach((raw, key) -> {
                        Object value = found.get(raw);
                        if (value != null) {
                            result.put(key, Cast.<V>to(core.handed(value)));
                        }
                    });
                    return Collections.unmodifiableMap(result);
                });
    }

    @Override
    public CompletableFuture<Long> warm(Iterable<? extends K> asked, AsyncFn1<? super K, V> loader) {
        Objects.requireNonNull(asked, "keys");
        Objects.requireNonNull(loader, "loader");
        List<K> keys = new ArrayList<>();
        asked.forEach(key -> keys.add(required(key)));
        return new Warming<>(this, keys, loader).begin();
    }

    @Override
    public CompletableFuture<Map<K, V>> getAllPresent(Iterable<? extends K> asked) {
        Objects.requireNonNull(asked, "keys");
        List<K> keys = new ArrayList<>();
        asked.forEach(key -> keys.add(required(key)));
        return elsewhere.run(() -> cache.getAllPresent(keys));
    }

    @Override
    public AsyncFn1<K, V> coalescing(AsyncFn1<? super Set<K>, Map<K, V>> bulk, int atMost, Duration within) {
        return new Coalescing<>(cache, bulk, atMost, within);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(K key, V value) {
        required(key);
        return done(() -> cache.put(key, value));
    }

    @Override
    public CompletableFuture<@Nullable Void> put(K key, V value, Keep keep) {
        required(key);
        return done(() -> cache.put(key, value, keep));
    }

    @Override
    public CompletableFuture<@Nullable Void> putAll(Map<? extends K, ? extends V> entries) {
        return done(() -> cache.putAll(entries));
    }

    private CompletableFuture<@Nullable Void> done(Runnable operation) {
        return (CompletableFuture<@Nullable Void>) elsewhere.maybe(() -> {
            operation.run();
            return null;
        });
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(K key, V value) {
        required(key);
        return elsewhere.run(() -> cache.putIfAbsent(key, value));
    }

    @Override
    public CompletableFuture<Boolean> putIfAbsent(K key, V value, Keep keep) {
        required(key);
        return elsewhere.run(() -> cache.putIfAbsent(key, value, keep));
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, V value) {
        required(key);
        return elsewhere.run(() -> cache.replace(key, value));
    }

    @Override
    public CompletableFuture<Boolean> replace(K key, V expected, V value) {
        required(key);
        return elsewhere.run(() -> cache.replace(key, expected, value));
    }

    @Override
    public CompletableFuture<Boolean> remove(K key) {
        required(key);
        return elsewhere.run(() -> cache.remove(key));
    }

    @Override
    public CompletableFuture<Boolean> remove(K key, V expected) {
        required(key);
        return elsewhere.run(() -> cache.remove(key, expected));
    }

    @Override
    public CompletableFuture<Lookup<V>> pop(K key) {
        required(key);
        return elsewhere.run(() -> cache.pop(key));
    }

    @Override
    public CompletableFuture<Lookup<V>> compute(
            K key, Fn2<? super K, ? super Lookup<V>, Lookup<V>, ? extends Exception> change) {
        required(key);
        Objects.requireNonNull(change, "change");
        return elsewhere.run(() -> cache.compute(key, change));
    }

    @Override
    public CompletableFuture<Optional<Duration>> expiresIn(K key) {
        required(key);
        return elsewhere.run(() -> cache.expiresIn(key));
    }

    @Override
    public CompletableFuture<Boolean> expireIn(K key, Duration lifetime) {
        required(key);
        return elsewhere.run(() -> cache.expireIn(key, lifetime));
    }

    @Override
    public CompletableFuture<Boolean> keepForEver(K key) {
        required(key);
        return elsewhere.run(() -> cache.keepForEver(key));
    }

    @Override
    public CompletableFuture<Long> invalidateTag(String tag) {
        return elsewhere.run(() -> cache.invalidateTag(tag));
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(K key) {
        required(key);
        return elsewhere.run(() -> cache.invalidateSoftly(key));
    }

    @Override
    public CompletableFuture<Long> invalidateTagSoftly(String tag) {
        return elsewhere.run(() -> cache.invalidateTagSoftly(tag));
    }

    @Override
    public CompletableFuture<Long> invalidateAllSoftly() {
        return elsewhere.run(cache::invalidateAllSoftly);
    }

    @Override
    public CompletableFuture<Set<String>> tags(K key) {
        required(key);
        return elsewhere.run(() -> cache.tags(key));
    }

    @Override
    public CompletableFuture<@Nullable Void> clear() {
        return done(cache::clear);
    }

    @Override
    public CompletableFuture<Long> size() {
        return elsewhere.run(cache::size);
    }

    @Override
    public CompletableFuture<Long> estimatedSize() {
        return elsewhere.run(cache::estimatedSize);
    }

    @Override
    public CompletableFuture<Long> weight() {
        return elsewhere.run(cache::weight);
    }

    @Override
    public Flow.Publisher<Map.Entry<K, V>> entries() {
        return new EntryPublisher<>(cache, elsewhere);
    }

    @Override
    public CacheStats stats() {
        return cache.stats();
    }

    @Override
    public Explanation explain() {
        return cache.explain();
    }

    @Override
    public String toString() {
        return "asynchronous view of " + cache;
    }
}
