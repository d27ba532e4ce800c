package io.github.twatcache;

import io.github.twatcache.function.PublisherFn1;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of one argument that returns a publisher. */
final class PublisherMemo1<A extends @Nullable Object, T> extends PublisherMemo<T> implements Published1<A, T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn1<A, T> function;

    PublisherMemo1(MemoParts parts, PublisherFn1<A, T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply(A a) {
        return published(() -> function.apply(a), a);
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek(A a) {
        return peeked(a);
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a) {
        return isThere(a);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, List<T> elements) {
        return putAs(elements, a);
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a) {
        return invalidated(a);
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a) {
        return softly(a);
    }

    @Override
    public CompletableFuture<List<T>> refresh(A a) {
        return refreshed(() -> function.apply(a), a);
    }

    @Override
    public CallKey key(A a) {
        return shown(parts.key(a));
    }

    @Override
    public Flow.Publisher<T> bypass(A a) throws Exception {
        return function.apply(a);
    }

    @Override
    public PublisherFn1<A, T> original() {
        return function;
    }
}
