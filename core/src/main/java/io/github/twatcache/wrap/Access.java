package io.github.twatcache.wrap;

import io.github.twatcache.error.ConfigurationException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.jspecify.annotations.Nullable;

/**
 * How far this library reaches into an interface.
 *
 * @param calls finds its methods
 * @param defines may define a class that implements it; {@code null} where a class loader of its own does
 * @param spins whether either of these can be done at all; if not, a proxy serves
 */
record Access(MethodHandles.Lookup calls, MethodHandles.@Nullable Lookup defines, boolean spins) {
    /**
     * Of an interface that is open to everybody, or to the one whose look-up object is given.
     *
     * @throws ConfigurationException when the interface cannot be reached
     */
    static Access to(Class<?> type, MethodHandles.@Nullable Lookup given) {
        if (given != null) {
            return through(given, type);
        }
        if (open(type)) {
            return new Access(MethodHandles.publicLookup(), null, true);
        }
        try {
            Access.class.getModule().addReads(type.getModule());
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            return new Access(inside, inside.hasFullPrivilegeAccess() ? inside : null, inside.hasFullPrivilegeAccess());
        } catch (IllegalAccessException closed) {
            throw new ConfigurationException(
                    type.getName()
                            + " cannot be wrapped from here: it, or what its methods return, is not public or not exported by"
                            + " its module;"
                            + " call wrap(MethodHandles.lookup(), " + type.getSimpleName() + ".class, ...) beside it",
                    closed);
        }
    }

    private static Access through(MethodHandles.Lookup given, Class<?> type) {
        if (!given.hasFullPrivilegeAccess()) {
            throw new ConfigurationException("the look-up object " + given
                    + " may not define classes; give a MethodHandles.lookup() of your own as it is");
        }
        try {
            MethodHandles.Lookup inside = MethodHandles.privateLookupIn(type, given);
            if (inside.hasFullPrivilegeAccess()) {
                return new Access(inside, inside, true);
            }
        } catch (IllegalAccessException elsewhere) {
            // Another module's interface; what is public there can be implemented here.
        }
        try {
            given.accessClass(type);
            return new Access(given, given, true);
        } catch (IllegalAccessException closed) {
            throw new ConfigurationException(
                    type.getName() + " cannot be reached with the look-up object " + given
                            + "; take that of a class in its own module or package",
                    closed);
        }
    }

    /** Whether a class in any module may implement the interface, and name what its methods return. */
    private static boolean open(Class<?> type) {
        if (!visible(type)) {
            return false;
        }
        for (Method method : type.getMethods()) {
            if (!visible(method.getReturnType())) {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(Class<?> type) {
        Class<?> named = type;
        while (named.isArray()) {
            named = named.getComponentType();
        }
        return named.isPrimitive()
                || (Modifier.isPublic(named.getModifiers()) && named.getModule().isExported(named.getPackageName()));
    }

    /** A method, called on an object. */
    Call call(Class<?> type, Method method, Object target) {
        MethodHandle handle;
        try {
            handle = calls.findVirtual(
                            type,
                            method.getName(),
                            MethodType.methodType(method.getReturnType(), method.getParameterTypes()))
                    .asFixedArity()
                    .bindTo(target)
                    .asSpreader(Object[].class, method.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException unspins) {
            throw new ConfigurationException(
                    Plan.words(method) + " of " + type.getName() + " cannot be called from here; call"
                            + " wrap(MethodHandles.lookup(), ...) beside it",
                    unspins);
        }
        return arguments -> (Object) handle.invokeExact(arguments);
    }
}
