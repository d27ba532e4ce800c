package io.github.twatcache.wrap;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The methods that an interface has: its own, and those of its super-interfaces that it does not declare anew. */
final class Methods {
    private static final List<Class<? extends Annotation>> OURS =
            List.of(Cached.class, CacheInvalidate.class, CacheInvalidate.Several.class, CacheRefresh.class);

    private Methods() {}

    /** How the JVM tells methods of one class apart. */
    record Signature(String name, MethodType type) {
        static Signature of(Method method) {
            return new Signature(
                    method.getName(), MethodType.methodType(method.getReturnType(), method.getParameterTypes()));
        }
    }

    /**
     * All that an object of the interface answers, but for the methods of Object and the compiler's bridges.
     *
     * @param methods each method once
     * @param aliases methods that unrelated super-interfaces declare with wider types, which mean one of these
     */
    record Found(List<Method> methods, Map<Method, Method> aliases) {}

    static Found of(Class<?> type, TypeVariables variables, Faults faults) {
        Map<List<Object>, List<Method>> same = new LinkedHashMap<>();
        for (Method method : sorted(type.getMethods())) {
            if (!Modifier.isStatic(method.getModifiers()) && !method.isBridge() && !ofObject(method)) {
                List<Object> override = List.of(method.getName(), variables.parameterTypes(method));
                same.computeIfAbsent(override, unused -> new ArrayList<>()).add(method);
            }
        }
        List<Method> methods = new ArrayList<>();
        Map<Method, Method> aliases = new LinkedHashMap<>();
        for (List<Method> declared : same.values()) {
            Method meant = meant(type, declared, faults);
            methods.add(meant);
            Set<Signature> seen = new HashSet<>(Set.of(Signature.of(meant)));
            for (Method other : declared) {
                if (seen.add(Signature.of(other))) {
                    aliases.put(other, meant);
                }
            }
        }
        refuseOthers(type, faults);
        return new Found(List.copyOf(methods), aliases);
    }

    /** Reflection promises no order; messages and names should not depend on one. */
    private static List<Method> sorted(Method[] methods) {
        List<Method> sorted = new ArrayList<>(List.of(methods));
        sorted.sort(Comparator.comparing((Method method) -> Signature.of(method).toString())
                .thenComparing(method -> method.getDeclaringClass().getName()));
        return sorted;
    }

    /** Of the declarations of one method the one that is annotated, else the one with the narrowest types. */
    private static Method meant(Class<?> type, List<Method> declared, Faults faults) {
        Method meant = declared.get(0);
        for (Method method : declared) {
            boolean narrower = meant.getReturnType().isAssignableFrom(method.getReturnType())
                    && takes(meant.getParameterTypes(), method.getParameterTypes());
            if (annotated(method) && annotated(meant) && !annotations(method).equals(annotations(meant))) {
                faults.add(
                        Plan.words(method),
                        meant.getDeclaringClass().getSimpleName() + " and "
                                + method.getDeclaringClass().getSimpleName()
                                + " annotate it differently; declare it anew in " + type.getSimpleName());
            } else if (annotated(method) == annotated(meant) ? narrower : annotated(method)) {
                meant = method;
            }
        }
        return meant;
    }

    /** The method that a bridge leads to: it has the same name, and what the bridge takes and returns, or less of it. */
    static Method unbridged(Method bridge, Collection<Method> methods) {
        for (Method method : methods) {
            if (method.getName().equals(bridge.getName())
                    && bridge.getReturnType().isAssignableFrom(method.getReturnType())
                    && takes(bridge.getParameterTypes(), method.getParameterTypes())) {
                return method;
            }
        }
        return bridge;
    }

    private static boolean takes(Class<?>[] wide, Class<?>[] narrow) {
        if (wide.length != narrow.length) {
            return false;
        }
        for (int i = 0; i < wide.length; i++) {
            if (!wide[i].isAssignableFrom(narrow[i])) {
                return false;
            }
        }
        return true;
    }

    /** Annotations where they have no effect. */
    private static void refuseOthers(Class<?> type, Faults faults) {
        Set<Class<?>> interfaces = new LinkedHashSet<>();
        collect(type, interfaces);
        for (Class<?> declaring : interfaces) {
            for (Method method : declaring.getDeclaredMethods()) {
                if (method.isSynthetic() || !annotated(method)) {
                    continue;
                }
                if (Modifier.isStatic(method.getModifiers()) || Modifier.isPrivate(method.getModifiers())) {
                    faults.add(
                            Plan.words(method),
                            "a static or private method is not called through an object; take its annotation away");
                } else if (ofObject(method)) {
                    faults.add(
                            Plan.words(method),
                            "wrapped objects answer the methods of Object themselves; take its annotation away");
                }
            }
        }
    }

    private static void collect(Class<?> type, Set<Class<?>> interfaces) {
        if (interfaces.add(type)) {
            for (Class<?> parent : type.getInterfaces()) {
                collect(parent, interfaces);
            }
        }
    }

    static boolean annotated(Method method) {
        return !annotations(method).isEmpty();
    }

    private static List<Annotation> annotations(Method method) {
        List<Annotation> annotations = new ArrayList<>();
        for (Class<? extends Annotation> type : OURS) {
            Annotation annotation = method.getAnnotation(type);
            if (annotation != null) {
                annotations.add(annotation);
            }
        }
        return annotations;
    }

    private static boolean ofObject(Method method) {
        return switch (method.getName()) {
            case "hashCode", "toString" -> method.getParameterCount() == 0;
            case "equals" -> method.getParameterCount() == 1 && method.getParameterTypes()[0] == Object.class;
            default -> false;
        };
    }
}
