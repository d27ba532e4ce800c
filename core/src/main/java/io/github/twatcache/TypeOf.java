package io.github.twatcache;

import io.github.twatcache.error.ConfigurationException;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/**
 * A type with its arguments, which a class cannot tell: made as an empty subclass, on the spot.
 *
 * <pre>{@code
 * twat.disk("teams").codec("jackson").returns(new TypeOf<List<User>>() {}).memoize((String name) -> load(name));
 * }</pre>
 *
 * <p>Immutable and thread-safe; two are equal when their types are.
 *
 * @param <T> the type
 */
public abstract class TypeOf<T> {
    private final Type type;

    /**
     * Takes the type from the subclass.
     *
     * @throws ConfigurationException when the subclass names none
     */
    protected TypeOf() {
        if (!(getClass().getGenericSuperclass() instanceof ParameterizedType named)
                || named.getRawType() != TypeOf.class) {
            throw new ConfigurationException(
                    "a TypeOf without its type says nothing; write new TypeOf<List<User>>() {}");
        }
        this.type = named.getActualTypeArguments()[0];
    }

    /**
     * The type.
     *
     * @return the type, as reflection has it
     */
    public final Type type() {
        return type;
    }

    /** The type without its arguments. */
    final Class<?> raw() {
        return raw(type);
    }

    private static Class<?> raw(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        } else if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        } else if (type instanceof GenericArrayType array) {
            return raw(array.getGenericComponentType()).arrayType();
        }
        throw new ConfigurationException(
                "a TypeOf of the type variable " + type.getTypeName() + " says nothing; name what stands for it");
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof TypeOf<?> that && type.equals(that.type);
    }

    @Override
    public final int hashCode() {
        return type.hashCode();
    }

    @Override
    public final String toString() {
        return type.getTypeName();
    }
}
