package io.github.twatcache.key;

import java.lang.invoke.MethodType;
import java.lang.reflect.GenericSignatureFormatError;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The method behind a function.
 *
 * @param receiver the class on which it is called: of a captured receiver its runtime class, else as declared
 * @param declaring the class that has the code
 * @param method the method's name, {@code <init>} for a constructor
 * @param descriptor the method's parameters and result, as the JVM writes them
 */
record Implementation(Class<?> receiver, Class<?> declaring, String method, String descriptor) {
    /**
     * Finds the class that has a method's code, as the JVM does: the class itself, its superclasses, its interfaces.
     *
     * @param receiver where to begin
     * @param method the name
     * @param descriptor the parameters and the result
     * @return the method; declared by the receiver itself where nothing was found
     */
    static Implementation resolve(Class<?> receiver, String method, String descriptor) {
        Class<?> declaring = method.equals("<init>") ? receiver : declaring(receiver, method, descriptor);
        return new Implementation(receiver, declaring == null ? receiver : declaring, method, descriptor);
    }

    static boolean isPrivate(Class<?> declaring, String method, String descriptor) {
        Method found = declared(declaring, method, descriptor);
        return found != null && Modifier.isPrivate(found.getModifiers());
    }

    /**
     * The method as reflection knows it.
     *
     * @return the method, {@code null} for a constructor or where reflection does not find it
     */
    @Nullable Method reflected() {
        return declared(declaring, method, descriptor);
    }

    /**
     * The type of the result with the type's arguments.
     *
     * @param erased the type as far as it is known without them
     * @return the type; the erased one where the method is a lambda's, or reflection tells no more
     */
    Type result(Class<?> erased) {
        Method reflected = reflected();
        if (reflected == null || reflected.isSynthetic() || reflected.getReturnType() != erased) {
            return erased;
        }
        try {
            Type generic = reflected.getGenericReturnType();
            return generic instanceof TypeVariable<?> ? erased : generic;
        } catch (TypeNotPresentException | GenericSignatureFormatError missing) {
            return erased;
        }
    }

    /**
     * The method that a compiler's bridge leads to: erasure has the bridge answer what an interface declares in type
     * variables.
     *
     * @param parameterTypes what stands in the place of the variables
     * @return the method with these parameters, or this one where it is no bridge
     */
    Implementation unbridged(List<Class<?>> parameterTypes) {
        Method bridge = reflected();
        if (bridge == null || !bridge.isBridge()) {
            return this;
        }
        for (Method candidate : declaring.getDeclaredMethods()) {
            if (!candidate.isBridge()
                    && candidate.getName().equals(method)
                    && List.of(candidate.getParameterTypes()).equals(parameterTypes)) {
                return new Implementation(
                        receiver,
                        declaring,
                        method,
                        MethodType.methodType(candidate.getReturnType(), candidate.getParameterTypes())
                                .toMethodDescriptorString());
            }
        }
        return this;
    }

    private static @Nullable Class<?> declaring(Class<?> receiver, String method, String descriptor) {
        for (Class<?> type = receiver; type != null; type = type.getSuperclass()) {
            if (declared(type, method, descriptor) != null) {
                return type;
            }
        }
        for (Class<?> type = receiver; type != null; type = type.getSuperclass()) {
            for (Class<?> parent : type.getInterfaces()) {
                Class<?> found = declaring(parent, method, descriptor);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static @Nullable Method declared(Class<?> type, String method, String descriptor) {
        Method[] methods;
        try {
            methods = type.getDeclaredMethods();
        } catch (LinkageError e) {
            // A type that another of its methods mentions is missing; the class then counts as having none.
            return null;
        }
        for (Method candidate : methods) {
            if (candidate.getName().equals(method)
                    && MethodType.methodType(candidate.getReturnType(), candidate.getParameterTypes())
                            .toMethodDescriptorString()
                            .equals(descriptor)) {
                return candidate;
            }
        }
        return null;
    }
}
