package io.github.twatcache;

import io.github.twatcache.config.ValueKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;

/** Reads from a type what kind of values it has. */
final class Kinds {
    private static final Set<Class<?>> SCALARS = Set.of(
            Boolean.class,
            Character.class,
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Void.class,
            BigInteger.class,
            BigDecimal.class,
            UUID.class);

    private Kinds() {}

    static ValueKind of(Class<?> type, Fit fit) {
        if (type.isPrimitive() || SCALARS.contains(type) || Enum.class.isAssignableFrom(type)) {
            return ValueKind.SCALAR;
        } else if (CharSequence.class.isAssignableFrom(type)) {
            return ValueKind.TEXT;
        } else if (type.isArray()) {
            return array(type);
        } else if (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type)) {
            return ValueKind.COLLECTION;
        } else if (CompletionStage.class.isAssignableFrom(type)) {
            return ValueKind.STAGE;
        } else if (type.isRecord() || type.isSealed()) {
            // What has no encoding, or holds what has none, stays on the heap.
            return fit.unwritable(type).isPresent() ? ValueKind.OPAQUE : ValueKind.CUSTOM;
        } else if (type.getName().startsWith("java.")) {
            return type.getName().startsWith("java.time.") ? ValueKind.SCALAR : ValueKind.UNKNOWN;
        }
        // What implements an interface or extends a class that may be extended is not known yet: only what it will not
        // be.
        return type.isInterface() ? ValueKind.UNKNOWN : ValueKind.OPAQUE;
    }

    private static ValueKind array(Class<?> type) {
        Class<?> innermost = type;
        while (innermost.isArray()) {
            innermost = innermost.getComponentType();
        }
        if (innermost == char.class) {
            return ValueKind.TEXT;
        }
        return innermost.isPrimitive() ? ValueKind.ARRAY : ValueKind.COLLECTION;
    }
}
