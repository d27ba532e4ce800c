package io.github.twatcache;

import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.load.Loads;
import io.github.twatcache.wrap.CachedMethod;
import io.github.twatcache.wrap.Call;
import org.jspecify.annotations.Nullable;

/** Memoizes the methods of a wrapped interface: each as a function of its arity, or of one array of all its arguments. */
final class WrapFunctions {
    private WrapFunctions() {}

    /** Goes through what {@link #memoized} does up to the opening of the cache, and fails as it would. */
    static void rehearse(CacheBuilder builder, CachedMethod cached) {
        try {
            memoized(builder, cached, arguments -> null, true);
        } catch (Building.Rehearsed well) {
            // Nothing is wrong with it.
        }
    }

    /** The memoized function of a method. */
    static Memo memoized(CacheBuilder builder, CachedMethod cached, Call call) {
        return memoized(builder, cached, call, false);
    }

    private static Memo memoized(CacheBuilder builder, CachedMethod cached, Call call, boolean rehearses) {
        if (cached.packed()) {
            ResultRules rules = new ResultRules();
            // Compared when the same object is wrapped again: by what makes the key.
            rules.keyBy(cached.key(), arguments -> cached.significant(array(arguments[0])));
            Fn1<@Nullable Object[], Object, Exception> packed = arguments -> Cast.to(run(call, arguments));
            return (Memo)
                    new Building(builder, rules, rehearses).memoize(cached.identity(), packed, Fn1.class, Memo1.class);
        }
        int[] ignored = cached.ignored();
        CacheBuilder keyed = ignored.length == 0 ? builder : builder.ignore(ignored);
        Building building = new Building(keyed, new ResultRules(), rehearses);
        return (Memo)
                switch (cached.method().getParameterCount()) {
                    case 0 -> {
                        Fn0<Object, Exception> fn = () -> Cast.to(run(call));
                        yield building.memoize(cached.identity(), fn, Fn0.class, Memo0.class);
                    }
                    case 1 -> {
                        Fn1<Object, Object, Exception> fn = a -> Cast.to(run(call, a));
                        yield building.memoize(cached.identity(), fn, Fn1.class, Memo1.class);
                    }
                    case 2 -> {
                        Fn2<Object, Object, Object, Exception> fn = (a, b) -> Cast.to(run(call, a, b));
                        yield building.memoize(cached.identity(), fn, Fn2.class, Memo2.class);
                    }
                    case 3 -> {
                        Fn3<Object, Object, Object, Object, Exception> fn = (a, b, c) -> Cast.to(run(call, a, b, c));
                        yield building.memoize(cached.identity(), fn, Fn3.class, Memo3.class);
                    }
                    case 4 -> {
                        Fn4<Object, Object, Object, Object, Object, Exception> fn =
                                (a, b, c, d) -> Cast.to(run(call, a, b, c, d));
                        yield building.memoize(cached.identity(), fn, Fn4.class, Memo4.class);
                    }
                    default -> {
                        Fn5<Object, Object, Object, Object, Object, Object, Exception> fn =
                                (a, b, c, d, e) -> Cast.to(run(call, a, b, c, d, e));
                        yield building.memoize(cached.identity(), fn, Fn5.class, Memo5.class);
                    }
                };
    }

    /** The arguments of a call as the memoized function takes them. */
    static @Nullable Object[] arguments(CachedMethod cached, @Nullable Object[] arguments) {
        return cached.packed() ? new @Nullable Object[] {arguments} : arguments;
    }

    @SuppressWarnings("NullAway") // the one argument of a packed call is never null
    private static @Nullable Object[] array(@Nullable Object packed) {
        return (@Nullable Object[]) packed;
    }

    static @Nullable Object run(Call call, @Nullable Object... arguments) {
        try {
            return call.call(arguments);
        } catch (Throwable thrown) {
            throw Loads.<RuntimeException>same(thrown);
        }
    }
}
