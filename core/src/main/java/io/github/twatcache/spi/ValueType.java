package io.github.twatcache.spi;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What the values of a cache are, as far as it is known when the cache is built, and the classes that may be in them.
 * Those are found from the declared type: records with what their components are, enums, the permitted subtypes of sealed
 * types, type arguments, and the classes that were allowed by name with what their fields are. Immutable and thread-safe.
 */
public final class ValueType {
    private final Type declared;
    private final Set<Class<?>> allowed;
    private final TypeWalk walk;

    private ValueType(Type declared, Set<Class<?>> allowed) {
        this.declared = Objects.requireNonNull(declared, "declared");
        this.allowed = Set.copyOf(allowed);
        this.walk = TypeWalk.of(declared, this.allowed);
    }

    /**
     * Looks at a type.
     *
     * @param declared the type that a signature or the user names
     * @param allowed classes that may be written and read although they are none that are known by themselves
     * @return the type
     */
    public static ValueType of(Type declared, Set<Class<?>> allowed) {
        return new ValueType(declared, allowed);
    }

    /**
     * The declared type.
     *
     * @return the type; {@code Object.class} where nothing is known
     */
    public Type declared() {
        return declared;
    }

    /**
     * The declared type without its arguments.
     *
     * @return the class; a variable's bound
     */
    public Class<?> raw() {
        return TypeWalk.raw(declared);
    }

    /**
     * The classes that the user allowed by name.
     *
     * @return the classes
     */
    public Set<Class<?>> allowed() {
        return allowed;
    }

    /**
     * The records, enums and allowed classes that may be in a value; none of the JDK.
     *
     * @return the classes, ordered by name
     */
    public List<Class<?>> classes() {
        return walk.classes();
    }

    /**
     * The classes of arrays that are declared anywhere in the type.
     *
     * @return the classes, ordered by name
     */
    public List<Class<?>> arrays() {
        return walk.arrays();
    }

    /**
     * Classes that may be in a value, are none of the JDK, and are neither known by themselves nor allowed.
     *
     * @return the classes, ordered by name
     */
    public List<Class<?>> unknown() {
        return walk.unknown();
    }

    /**
     * A digest of the declared type and of the shape of all {@link #classes}: names, components or fields in their order
     * with their types, constants in their order, permitted subtypes. Where it differs, stored values are of another
     * program's classes.
     *
     * @return 16 bytes
     */
    public byte[] schema() {
        return walk.schema();
    }

    @Override
    public String toString() {
        return declared.getTypeName();
    }
}
