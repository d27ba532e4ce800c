package io.github.twatcache;

import io.github.twatcache.config.Settings;
import io.github.twatcache.function.Fn0;
import io.github.twatcache.function.Fn1;
import io.github.twatcache.function.Fn2;
import io.github.twatcache.function.Fn3;
import io.github.twatcache.function.Fn4;
import io.github.twatcache.function.Fn5;
import io.github.twatcache.function.Fn6;
import io.github.twatcache.key.FunctionIdentity;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What makes a cache the same when it is asked for again.
 *
 * @param implementation the function's implementation, or the types of a cache of data
 * @param space the implementation with its captured values
 * @param scope what scopes override: where it differs, caches are apart
 * @param settings every setting by its name, functions by what they do
 * @param words the implementation in words
 * @param portable whether the space means the same in any JVM
 */
record Claim(
        Object implementation,
        Object space,
        Map<String, Object> scope,
        Map<String, Object> settings,
        String words,
        boolean portable) {
    /** The first setting that differs, in words; {@code null} where none does. */
    static @Nullable String difference(Map<String, Object> one, Map<String, Object> other) {
        Map<String, Object> all = new LinkedHashMap<>(one);
        all.putAll(other);
        for (String setting : all.keySet()) {
            if (!Objects.equals(one.get(setting), other.get(setting))) {
                return setting + " is " + shown(setting, one.get(setting)) + " there and "
                        + shown(setting, other.get(setting)) + " here";
            }
        }
        return null;
    }

    private static String shown(String setting, @Nullable Object value) {
        return value == null
                ? "not set"
                : value instanceof Behaviour ? "another function" : Settings.shown(setting, value);
    }

    /** A function among the settings, compared by what it does where it tells, else by being the same object. */
    record Behaviour(Object space) {
        private static final List<Class<?>> TYPES =
                List.of(Fn0.class, Fn1.class, Fn2.class, Fn3.class, Fn4.class, Fn5.class, Fn6.class);

        static Behaviour of(Object function) {
            for (int arity = 0; arity < TYPES.size(); arity++) {
                if (TYPES.get(arity).isInstance(function)) {
                    return new Behaviour(FunctionIdentity.of((Serializable) function, TYPES.get(arity), arity)
                            .space());
                }
            }
            return new Behaviour(function);
        }
    }
}
