package io.github.twatcache.key;

import io.github.twatcache.spi.KeyContent;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds, in a declared type, a class of which no object can be written: the type itself, an element, a component of a
 * record, an argument of a collection; of a sealed type, where none of those it permits can be. What is empty or
 * {@code null} could be written all the same, but a type is declared to be used.
 *
 * <p>Types may hold themselves: each is looked into once.
 */
final class TypeRefusal {
    private final Encoders encoders;
    private final Map<Type, Optional<String>> known = new HashMap<>();

    /** Whether it is to stand in the key of a call, where some classes tell what stands for them. */
    private final boolean call;

    private TypeRefusal(Encoders encoders, boolean call) {
        this.encoders = encoders;
        this.call = call;
    }

    /** Why no object of a type can be written, empty where some can. */
    static Optional<String> of(Type declared, Encoders encoders) {
        return new TypeRefusal(encoders, false).look(declared, Map.of());
    }

    /** Why no object of a type can be written in the key of a call, empty where some can. */
    static Optional<String> ofCall(Type declared, Encoders encoders) {
        return new TypeRefusal(encoders, true).look(declared, Map.of());
    }

    private Optional<String> look(Type type, Map<TypeVariable<?>, Type> bound) {
        if (type instanceof TypeVariable<?> variable) {
            Type meant = bound.get(variable);
            return look(meant == null ? variable.getBounds()[0] : meant, Map.of());
        } else if (type instanceof WildcardType wildcard) {
            return look(wildcard.getUpperBounds()[0], bound);
        }
        Optional<String> before = known.putIfAbsent(type, Optional.empty());
        if (before != null) {
            return before;
        }
        Optional<String> found = Optional.empty();
        if (type instanceof GenericArrayType array) {
            found = look(array.getGenericComponentType(), bound);
        } else if (type instanceof ParameterizedType parameterized) {
            found = parameterized(parameterized, bound);
        } else if (type instanceof Class<?> plain) {
            found = plain(plain, Map.of());
        }
        known.put(type, found);
        return found;
    }

    private Optional<String> parameterized(ParameterizedType type, Map<TypeVariable<?>, Type> bound) {
        Class<?> raw = (Class<?>) type.getRawType();
        Type[] arguments = type.getActualTypeArguments();
        if (holdsItsArguments(raw)) {
            for (Type argument : arguments) {
                Optional<String> found = look(argument, bound);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        Map<TypeVariable<?>, Type> meant = new HashMap<>();
        TypeVariable<?>[] variables = raw.getTypeParameters();
        for (int i = 0; i < variables.length; i++) {
            Type argument = arguments[i];
            Type of = argument instanceof TypeVariable<?> outer ? bound.get(outer) : argument;
            if (of != null) {
                meant.put(variables[i], of);
            }
        }
        return plain(raw, meant);
    }

    /** Other classes may have parameters of which they hold nothing. */
    private static boolean holdsItsArguments(Class<?> raw) {
        return Collection.class.isAssignableFrom(raw)
                || Map.class.isAssignableFrom(raw)
                || raw == Optional.class
                || raw == Map.Entry.class;
    }

    private Optional<String> plain(Class<?> type, Map<TypeVariable<?>, Type> bound) {
        if (type.isArray()) {
            return look(type.getComponentType(), bound);
        }
        if (call && KeyContent.class.isAssignableFrom(type)) {
            return Optional.empty();
        }
        Optional<String> own = encoders.refusal(type);
        if (own.isPresent() || encoders.serves(type)) {
            return own;
        } else if (type.isRecord()) {
            return components(type, bound);
        } else if (type.isSealed()) {
            return permitted(type);
        }
        return Optional.empty();
    }

    private Optional<String> components(Class<?> record, Map<TypeVariable<?>, Type> bound) {
        for (RecordComponent component : record.getRecordComponents()) {
            Optional<String> found = look(component.getGenericType(), bound);
            if (found.isPresent()) {
                return found.map(why -> "component '" + component.getName() + "' of " + record.getName() + ": " + why);
            }
        }
        return Optional.empty();
    }

    private Optional<String> permitted(Class<?> sealed) {
        Optional<String> first = Optional.empty();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            Optional<String> found = look(permitted, Map.of());
            if (found.isEmpty()) {
                return found;
            }
            first = first.isEmpty() ? found : first;
        }
        return first;
    }
}
