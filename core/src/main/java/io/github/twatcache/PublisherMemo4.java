package io.github.twatcache;

import io.github.twatcache.function.PublisherFn4;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of four arguments that returns a publisher. */
final class PublisherMemo4<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                T>
        extends PublisherMemo<T> implements Published4<A, B, C, D, T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn4<A, B, C, D, T> function;

    PublisherMemo4(MemoParts parts, PublisherFn4<A, B, C, D, T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply(A a, B b, C c, D d) {
        return published(() -> function.apply(a, b, c, d), a, b, c, d);
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek(A a, B b, C c, D d) {
        return peeked(a, b, c, d);
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a, B b, C c, D d) {
        return isThere(a, b, c, d);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, B b, C c, D d, List<T> elements) {
        return putAs(elements, a, b, c, d);
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a, B b, C c, D d) {
        return invalidated(a, b, c, d);
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a, B b, C c, D d) {
        return softly(a, b, c, d);
    }

    @Override
    public CompletableFuture<List<T>> refresh(A a, B b, C c, D d) {
        return refreshed(() -> function.apply(a, b, c, d), a, b, c, d);
    }

    @Override
    public CallKey key(A a, B b, C c, D d) {
        return shown(parts.key(a, b, c, d));
    }

    @Override
    public Flow.Publisher<T> bypass(A a, B b, C c, D d) throws Exception {
        return function.apply(a, b, c, d);
    }

    @Override
    public PublisherFn4<A, B, C, D, T> original() {
        return function;
    }
}
