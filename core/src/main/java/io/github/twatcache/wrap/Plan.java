package io.github.twatcache.wrap;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What an interface's annotations ask for, read once. Immutable, but for the faults.
 *
 * @param type the interface
 * @param target the object that is wrapped
 * @param cached the methods whose results are cached
 * @param changing the methods that remove or renew results
 * @param direct the methods that are passed on as they are
 * @param aliases methods that are one of the others under wider types, each with that other
 * @param faults what is wrong; more may be added
 */
public record Plan(
        Class<?> type,
        Object target,
        List<CachedMethod> cached,
        List<ChangingMethod> changing,
        List<Method> direct,
        Map<Method, Method> aliases,
        Faults faults) {
    /**
     * Reads an interface.
     *
     * @param type the interface
     * @param target an object of it
     * @param open the names of the caches that are open, each with whether what it holds can be removed by tags
     * @return the plan; whoever carries it out raises its faults first
     * @throws io.github.twatcache.error.ConfigurationException when it is no interface that can be wrapped
     */
    public static Plan of(Class<?> type, Object target, Map<String, Boolean> open) {
        return new Reading(type, target, open).plan();
    }

    /** All methods of the plan. */
    List<Method> methods() {
        List<Method> methods = new ArrayList<>(direct);
        cached.forEach(method -> methods.add(method.method()));
        changing.forEach(method -> methods.add(method.method()));
        return methods;
    }

    /** Whether the interface has a method of that name which takes nothing and returns an Object. */
    boolean answers(String name) {
        return Stream.concat(methods().stream(), aliases.keySet().stream())
                .anyMatch(method -> method.getName().equals(name)
                        && method.getParameterCount() == 0
                        && method.getReturnType() == Object.class);
    }

    /**
     * A method as messages name it.
     *
     * @param method the method
     * @return such as {@code forecast(String, int)}
     */
    public static String words(Method method) {
        return method.getName() + "(" + types(method) + ")";
    }

    static String types(Method method) {
        return String.join(
                ", ",
                List.of(method.getParameterTypes()).stream()
                        .map(Class::getSimpleName)
                        .toList());
    }
}
