package io.github.twatcache;

import io.github.twatcache.function.AsyncFn1;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Loads of what is missing of many keys, one after the other. */
final class Warming<K, V extends @Nullable Object> {
    private final AsyncCache<K, V> cache;
    private final Iterator<K> keys;
    private final AsyncFn1<? super K, V> loader;
    private final CompletableFuture<Long> end = new CompletableFuture<>();

    /** How many steps have ended that nobody has gone on from: who raises it from zero goes on, so no step calls the next. */
    private final AtomicInteger ended = new AtomicInteger();

    private long loaded;

    Warming(AsyncCache<K, V> cache, List<K> keys, AsyncFn1<? super K, V> loader) {
        this.cache = cache;
        this.keys = keys.iterator();
        this.loader = loader;
    }

    CompletableFuture<Long> begin() {
        goOn();
        return end;
    }

    private void goOn() {
        if (ended.getAndIncrement() > 0) {
            return;
        }
        do {
            step();
        } while (ended.decrementAndGet() > 0);
    }

    private void step() {
        if (end.isDone()) {
            return;
        } else if (!keys.hasNext()) {
            end.complete(loaded);
            return;
        }
        K key = keys.next();
        CompletableFuture<Void> unused = cache.contains(key)
                .thenCompose(there -> there
                        ? CompletableFuture.completedFuture(0L)
                        : cache.get(key, loader).thenApply(value -> 1L))
                .handle((more, thrown) -> {
                    if (thrown == null) {
                        loaded += more;
                        goOn();
                    } else {
                        end.completeExceptionally(
                                thrown instanceof CompletionException wrapped && wrapped.getCause() != null
                                        ? wrapped.getCause()
                                        : thrown);
                    }
                    return null;
                });
    }
}
