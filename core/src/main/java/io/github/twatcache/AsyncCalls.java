package io.github.twatcache;

import io.github.twatcache.function.AsyncFn0;
import io.github.twatcache.function.AsyncFn1;
import io.github.twatcache.function.AsyncFn2;
import io.github.twatcache.function.AsyncFn3;
import io.github.twatcache.function.AsyncFn4;
import io.github.twatcache.function.AsyncFn5;
import io.github.twatcache.load.AsyncComputation;
import org.jspecify.annotations.Nullable;

/**
 * Calls of asynchronous functions that are yet to be made; written here for the reason that {@link Calls} has.
 */
final class AsyncCalls {
    private AsyncCalls() {}

    static <R extends @Nullable Object> AsyncComputation of(AsyncFn0<R> function) {
        return () -> function.apply();
    }

    static <A extends @Nullable Object, R extends @Nullable Object> AsyncComputation of(AsyncFn1<A, R> function, A a) {
        return () -> function.apply(a);
    }

    static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> AsyncComputation of(
            AsyncFn2<A, B, R> function, A a, B b) {
        return () -> function.apply(a, b);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncComputation of(AsyncFn3<A, B, C, R> function, A a, B b, C c) {
        return () -> function.apply(a, b, c);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncComputation of(AsyncFn4<A, B, C, D, R> function, A a, B b, C c, D d) {
        return () -> function.apply(a, b, c, d);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            AsyncComputation of(AsyncFn5<A, B, C, D, E, R> function, A a, B b, C c, D d, E e) {
        return () -> function.apply(a, b, c, d, e);
    }
}
