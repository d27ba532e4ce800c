package io.github.twatcache;

import io.github.twatcache.function.PublisherFn3;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of three arguments that returns a publisher. */
final class PublisherMemo3<A extends @Nullable Object, B extends @Nullable Object, C extends @Nullable Object, T>
        extends PublisherMemo<T> implements Published3<A, B, C, T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn3<A, B, C, T> function;

    PublisherMemo3(MemoParts parts, PublisherFn3<A, B, C, T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply(A a, B b, C c) {
        return published(() -> function.apply(a, b, c), a, b, c);
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek(A a, B b, C c) {
        return peeked(a, b, c);
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a, B b, C c) {
        return isThere(a, b, c);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, B b, C c, List<T> elements) {
        return putAs(elements, a, b, c);
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a, B b, C c) {
        return invalidated(a, b, c);
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a, B b, C c) {
        return softly(a, b, c);
    }

    @Override
    public CompletableFuture<List<T>> refresh(A a, B b, C c) {
        return refreshed(() -> function.apply(a, b, c), a, b, c);
    }

    @Override
    public CallKey key(A a, B b, C c) {
        return shown(parts.key(a, b, c));
    }

    @Override
    public Flow.Publisher<T> bypass(A a, B b, C c) throws Exception {
        return function.apply(a, b, c);
    }

    @Override
    public PublisherFn3<A, B, C, T> original() {
        return function;
    }
}
