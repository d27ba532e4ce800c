package io.github.twatcache;

import io.github.twatcache.function.PublisherFn5;
import io.github.twatcache.key.CallKey;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** A memoized function of five arguments that returns a publisher. */
final class PublisherMemo5<
                A extends @Nullable Object,
                B extends @Nullable Object,
                C extends @Nullable Object,
                D extends @Nullable Object,
                E extends @Nullable Object,
                T>
        extends PublisherMemo<T> implements Published5<A, B, C, D, E, T> {
    @Serial
    private static final long serialVersionUID = 1L;

    private final transient PublisherFn5<A, B, C, D, E, T> function;

    PublisherMemo5(MemoParts parts, PublisherFn5<A, B, C, D, E, T> function) {
        super(parts, function);
        this.function = function;
    }

    @Override
    public Flow.Publisher<T> apply(A a, B b, C c, D d, E e) {
        return published(() -> function.apply(a, b, c, d, e), a, b, c, d, e);
    }

    @Override
    public CompletableFuture<Lookup<List<T>>> peek(A a, B b, C c, D d, E e) {
        return peeked(a, b, c, d, e);
    }

    @Override
    public CompletableFuture<Boolean> isCached(A a, B b, C c, D d, E e) {
        return isThere(a, b, c, d, e);
    }

    @Override
    public CompletableFuture<@Nullable Void> put(A a, B b, C c, D d, E e, List<T> elements) {
        return putAs(elements, a, b, c, d, e);
    }

    @Override
    public CompletableFuture<Boolean> invalidate(A a, B b, C c, D d, E e) {
        return invalidated(a, b, c, d, e);
    }

    @Override
    public CompletableFuture<Boolean> invalidateSoftly(A a, B b, C c, D d, E e) {
        return softly(a, b, c, d, e);
    }

    @Override
    public CompletableFuture<List<T>> refresh(A a, B b, C c, D d, E e) {
        return refreshed(() -> function.apply(a, b, c, d, e), a, b, c, d, e);
    }

    @Override
    public CallKey key(A a, B b, C c, D d, E e) {
        return shown(parts.key(a, b, c, d, e));
    }

    @Override
    public Flow.Publisher<T> bypass(A a, B b, C c, D d, E e) throws Exception {
        return function.apply(a, b, c, d, e);
    }

    @Override
    public PublisherFn5<A, B, C, D, E, T> original() {
        return function;
    }
}
