package io.github.twatcache;

import io.github.twatcache.function.PublisherFn2;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of two arguments that returns a publisher. */
final class PublisherMemo2<A extends @Nullable Object, B extends @Nullable Object, T> extends PublisherMemo<T>
        implements Published2<A, B, T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn2<A, B, T> function;

    PublisherMemo2(MemoParts parts, PublisherFn2<A, B, T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply(A a, B b) {
        return published(() -> function.apply(a, b), a, b);
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek(A a, B b) {
        return peeked(a, b);
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a, B b) {
        return isThere(a, b);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, B b, List<T> elements) {
        return putAs(elements, a, b);
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a, B b) {
        return invalidated(a, b);
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a, B b) {
        return softly(a, b);
    }

    @Override
    public CompletableFuture<List<T>> refresh(A a, B b) {
        return refreshed(() -> function.apply(a, b), a, b);
    }

    @Override
    public CallKey key(A a, B b) {
        return shown(parts.key(a, b));
    }

    @Override
    public Flow.Publisher<T> bypass(A a, B b) throws Exception {
        return function.apply(a, b);
    }

    @Override
    public PublisherFn2<A, B, T> original() {
        return function;
    }
}
