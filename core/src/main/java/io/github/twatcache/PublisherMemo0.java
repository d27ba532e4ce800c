package io.github.twatcache;

import io.github.twatcache.function.PublisherFn0;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of no arguments that returns a publisher. */
final class PublisherMemo0<T> extends PublisherMemo<T> implements Published0<T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn0<T> function;

    PublisherMemo0(MemoParts parts, PublisherFn0<T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply() {
        return published(() -> function.apply());
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek() {
        return peeked();
    }

    @Override
    public CompletableFuture<Boolean> isCached() {
        return isThere();
    }

    @Override
    public CompletableFuture<@Nullable Void> put(List<T> elements) {
        return putAs(elements);
    }

    @Override
    public CompletableFuture<Boolean> invalidate() {
        return invalidated();
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly() {
        return softly();
    }

    @Override
    public CompletableFuture<List<T>> refresh() {
        return refreshed(() -> function.apply());
    }

    @Override
    public CallKey key() {
        return shown(parts.key());
    }

    @Override
    public Flow.Publisher<T> bypass() throws Exception {
        return function.apply();
    }

    @Override
    public PublisherFn0<T> original() {
        return function;
    }
}
