package io.github.twatcache;

import io.github.twatcache.config.ValueKind;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

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

    static ValueKind of(Class<?> type) {
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
            return opaque(type, new HashSet<>()) ? ValueKind.OPAQUE : ValueKind.CUSTOM;
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

    /** Whether values of a type hold, for certain, what has no encoding: a component, or an element, of such a class. */
    private static boolean opaque(Type type, Set<Type> seen) {
        if (!seen.add(type)) {
            return false;
        } else if (type instanceof ParameterizedType parameterized) {
            return opaque(parameterized.getRawType(), seen)
                    || Stream.of(parameterized.getActualTypeArguments()).anyMatch(argument -> opaque(argument, seen));
        } else if (type instanceof GenericArrayType array) {
            return opaque(array.getGenericComponentType(), seen);
        }
        // A variable or a wildcard is known when there is a value.
        return type instanceof Class<?> plain && opaqueClass(plain, seen);
    }

    private static boolean opaqueClass(Class<?> plain, Set<Type> seen) {
        if (plain.isArray()) {
            return opaque(plain.getComponentType(), seen);
        } else if (plain.isRecord()) {
            return Stream.of(plain.getRecordComponents())
                    .anyMatch(component -> opaque(component.getGenericType(), seen));
        } else if (plain.isSealed()) {
            return Stream.of(plain.getPermittedSubclasses()).allMatch(permitted -> opaque(permitted, seen));
        }
        return of(plain) == ValueKind.OPAQUE;
    }
}
