package io.github.twatcache;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.load.Computation;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Calls that are yet to be made. They are written here and not where they are needed, since the classes that {@link
 * MemoSpinner} makes have no name that a lambda could link to.
 */
final class Calls {
    private Calls() {}

    static <R extends @Nullable Object> Computation of(Fn0<R, ?> function) {
        return () -> function.apply();
    }

    static <R extends @Nullable Object> Supplier<R> unchecked(Fn0<R, ?> function) {
        return () -> Memo.unchecked(() -> function.apply());
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Computation of(Fn1<A, R, ?> function, A a) {
        return () -> function.apply(a);
    }

    static <A extends @Nullable Object, R extends @Nullable Object> Function<A, R> unchecked(Fn1<A, R, ?> function) {
        return (a) -> Memo.unchecked(() -> function.apply(a));
    }

    static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object> Computation of(
            Fn2<A, B, R, ?> function, A a, B b) {
        return () -> function.apply(a, b);
    }

    static <A extends @Nullable Object, B extends @Nullable Object, R extends @Nullable Object>
            BiFunction<A, B, R> unchecked(Fn2<A, B, R, ?> function) {
        return (a, b) -> Memo.unchecked(() -> function.apply(a, b));
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Computation of(Fn3<A, B, C, R, ?> function, A a, B b, C c) {
        return () -> function.apply(a, b, c);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    R extends @Nullable Object>
            Fn3<A, B, C, R, RuntimeException> unchecked(Fn3<A, B, C, R, ?> function) {
        return (a, b, c) -> Memo.unchecked(() -> function.apply(a, b, c));
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Computation of(Fn4<A, B, C, D, R, ?> function, A a, B b, C c, D d) {
        return () -> function.apply(a, b, c, d);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    R extends @Nullable Object>
            Fn4<A, B, C, D, R, RuntimeException> unchecked(Fn4<A, B, C, D, R, ?> function) {
        return (a, b, c, d) -> Memo.unchecked(() -> function.apply(a, b, c, d));
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            Computation of(Fn5<A, B, C, D, E, R, ?> function, A a, B b, C c, D d, E e) {
        return () -> function.apply(a, b, c, d, e);
    }

    static <
                    A extends @Nullable Object,
                    B extends @Nullable Object,
                    C extends @Nullable Object,
                    D extends @Nullable Object,
                    E extends @Nullable Object,
                    R extends @Nullable Object>
            Fn5<A, B, C, D, E, R, RuntimeException> unchecked(Fn5<A, B, C, D, E, R, ?> function) {
        return (a, b, c, d, e) -> Memo.unchecked(() -> function.apply(a, b, c, d, e));
    }
}
