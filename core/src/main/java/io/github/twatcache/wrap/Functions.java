package io.github.twatcache.wrap;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import org.jspecify.annotations.Nullable;

/** Functions of every arity, called with an array. */
@SuppressWarnings("unchecked") // erased: arguments and results are what the interface's method has
final class Functions {
    private Functions() {}

    static Call call(Object function, boolean packed) {
        if (function instanceof Fn0<?, ?> fn) {
            return arguments -> fn.apply();
        } else if (function instanceof Fn1<?, ?, ?>) {
            var fn = (Fn1<@Nullable Object, @Nullable Object, Exception>) function;
            return packed ? fn::apply : a -> fn.apply(a[0]);
        } else if (function instanceof Fn2<?, ?, ?, ?>) {
            var fn = (Fn2<@Nullable Object, @Nullable Object, @Nullable Object, Exception>) function;
            return a -> fn.apply(a[0], a[1]);
        } else if (function instanceof Fn3<?, ?, ?, ?, ?>) {
            var fn = (Fn3<@Nullable Object, @Nullable Object, @Nullable Object, @Nullable Object, Exception>) function;
            return a -> fn.apply(a[0], a[1], a[2]);
        } else if (function instanceof Fn4<?, ?, ?, ?, ?, ?>) {
            var fn = (Fn4<
                            @Nullable Object,
                            @Nullable Object,
                            @Nullable Object,
                            @Nullable Object,
                            @Nullable Object,
                            Exception>)
                    function;
            return a -> fn.apply(a[0], a[1], a[2], a[3]);
        }
        var fn = (Fn5<
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        @Nullable Object,
                        Exception>)
                function;
        return a -> fn.apply(a[0], a[1], a[2], a[3], a[4]);
    }
}
