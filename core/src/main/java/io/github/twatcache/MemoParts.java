package io.github.twatcache;

import io.github.twatcache.key.CallKeys;
import io.github.twatcache.key.KeyMaker1;
import io.github.twatcache.key.KeyMaker2;
import io.github.twatcache.key.KeyMaker3;
import io.github.twatcache.key.KeyMaker4;
import io.github.twatcache.key.KeyMaker5;
import io.github.twatcache.spi.Nil;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a memoized function is made of, beside the function.
 *
 * @param core the cache
 * @param keys how calls become keys
 * @param keyBy the user's own way, or {@code null}
 * @param plain whether nothing is decided from arguments or results
 * @param executor runs what is computed in the background
 */
record MemoParts(
        CacheCore core, CallKeys keys, ResultRules.@Nullable FromArguments keyBy, boolean plain, Executor executor) {
    private static Object keyBy(ResultRules.FromArguments own, @Nullable Object... arguments) {
        return Nil.mask(own.apply(arguments));
    }

    /** {@code null} where the argument itself is the key. */
    @Nullable KeyMaker1 maker1() {
        ResultRules.FromArguments own = keyBy;
        if (own != null) {
            return a -> keyBy(own, a);
        }
        return keys.direct() ? null : keys.maker1();
    }

    KeyMaker2 maker2() {
        ResultRules.FromArguments own = keyBy;
        return own == null ? keys.maker2() : (a, b) -> keyBy(own, a, b);
    }

    KeyMaker3 maker3() {
        ResultRules.FromArguments own = keyBy;
        return own == null ? keys.maker3() : (a, b, c) -> keyBy(own, a, b, c);
    }

    KeyMaker4 maker4() {
        ResultRules.FromArguments own = keyBy;
        return own == null ? keys.maker4() : (a, b, c, d) -> keyBy(own, a, b, c, d);
    }

    KeyMaker5 maker5() {
        ResultRules.FromArguments own = keyBy;
        return own == null ? keys.maker5() : (a, b, c, d, e) -> keyBy(own, a, b, c, d, e);
    }

    /** The key of a call, off the hit path: one argument for each parameter. */
    Object key(@Nullable Object... a) {
        ResultRules.FromArguments own = keyBy;
        if (own != null) {
            return keyBy(own, a);
        }
        return switch (a.length) {
            case 0 -> keys.constant();
            case 1 -> keys.maker1().key(a[0]);
            case 2 -> keys.maker2().key(a[0], a[1]);
            case 3 -> keys.maker3().key(a[0], a[1], a[2]);
            case 4 -> keys.maker4().key(a[0], a[1], a[2], a[3]);
            default -> keys.maker5().key(a[0], a[1], a[2], a[3], a[4]);
        };
    }
}
