package io.github.twatcache.key;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What all keys of one function have in common. */
final class CallShape {
    final FunctionIdentity identity;
    final CanonicalEncoding encoding;
    private final List<Parameter> significant;
    private final Settler keeping;
    private final Settler lookingUp;

    /** What stands for the function in the keys of its calls, made by the first who needs it; not where that may change. */
    private volatile @Nullable List<Object> function;

    /** Whether it may change. */
    private volatile boolean varies;

    CallShape(FunctionIdentity identity, List<Parameter> significant, CanonicalEncoding encoding) {
        this.identity = identity;
        this.significant = significant;
        this.encoding = encoding;
        this.keeping = Settler.keeping(encoding.encoders());
        this.lookingUp = Settler.lookingUp(encoding.encoders());
    }

    /**
     * A parameter whose arguments count.
     *
     * @param index its place, from 0
     * @param where what a message calls its arguments
     * @param type what is known of its type
     * @param rounding what is done to its numbers, {@code null} for nothing
     */
    record Parameter(
            int index,
            String where,
            Class<?> type,
            @Nullable Rounding rounding) {
        /** Whether its arguments are made something else at each call. */
        boolean prepared() {
            return rounding != null || type.isArray();
        }

        /** Whether an argument may be a collection whose equals says yes where that of the stored one says no. */
        boolean lopsided() {
            return !prepared() && !DeclaredTypes.direct(type);
        }

        /** Whether its arguments are keys as they are. */
        boolean direct() {
            return !prepared() && DeclaredTypes.direct(type);
        }
    }

    String name() {
        return identity.name();
    }

    /** What stands for the function in the keys of its calls: what it has captured may change from one to the next. */
    List<Object> function() {
        List<Object> known = function;
        if (known == null) {
            known = identity.callee().stable();
            if (!varies && identity.callee().fixed()) {
                function = known;
            } else {
                varies = true;
            }
        }
        return known;
    }

    int arity() {
        return identity.parameterTypes().size();
    }

    List<Parameter> significant() {
        return significant;
    }

    /**
     * Makes of an argument what is looked up.
     *
     * @param position among the significant parameters
     * @param argument the argument, not kept
     * @return what stands in the key
     */
    @Nullable Object prepared(int position, @Nullable Object argument) {
        Parameter parameter = significant.get(position);
        Rounding rounding = parameter.rounding();
        Object rounded = rounding == null ? argument : rounding.of(argument);
        return lookingUp.settle(rounded, parameter.where());
    }

    @Nullable Object settled(int position, @Nullable Object held) {
        return keeping.settle(held, significant.get(position).where());
    }
}
