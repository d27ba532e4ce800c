package io.github.twatcache.wrap;

import io.github.twatcache.config.CacheSpec;
import io.github.twatcache.key.FunctionIdentity;
import io.github.twatcache.text.CacheNames;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/** Reads the annotations of one interface, and collects all that is wrong with them. */
final class Reading {
    private final Class<?> type;
    private final Object target;
    private final Map<String, Boolean> open;
    private final Faults faults;
    private final TypeVariables variables;
    private final Map<Method, Parameters> known = new HashMap<>();
    private final List<CachedMethod> cached = new ArrayList<>();
    private final List<ChangingMethod> changing = new ArrayList<>();
    private final List<Method> direct = new ArrayList<>();

    Reading(Class<?> type, Object target, Map<String, Boolean> open) {
        this.type = type;
        this.target = target;
        this.open = Map.copyOf(open);
        this.faults = new Faults(type);
        this.variables = TypeVariables.of(type);
    }

    Plan plan() {
        checkType();
        faults.raise();
        Methods.Found found = Methods.of(type, variables, faults);
        List<Method> methods = found.methods();
        readCached(methods);
        for (Method method : methods) {
            readOther(method);
        }
        CacheDefaults defaults = type.getAnnotation(CacheDefaults.class);
        if (defaults != null) {
            new AnnotatedSettings(defaultsPlace(type), faults).defaults(defaults);
        }
        if (faults.isEmpty() && cached.isEmpty() && changing.isEmpty()) {
            faults.add(type.getSimpleName(), "none of its methods is annotated; put @Cached on one");
        }
        return new Plan(
                type, target, List.copyOf(cached), List.copyOf(changing), List.copyOf(direct), found.aliases(), faults);
    }

    private void checkType() {
        String what = type.getSimpleName();
        if (!type.isInterface() || type.isAnnotation()) {
            faults.add(what, "it is no interface; wrap an interface that the object implements");
        } else if (type.isSealed()) {
            faults.add(what, "it is sealed, so no other class may implement it; wrap an interface that is not");
        } else if (type.isHidden()) {
            faults.add(what, "it is hidden, so no other class can name it; wrap an interface that is not");
        } else if (!type.isInstance(target)) {
            faults.add(what, "an object of " + target.getClass().getName() + " does not implement it");
        }
    }

    private static String place(String annotation, Method method) {
        return "@" + annotation + " on " + Plan.words(method);
    }

    private static String defaultsPlace(Class<?> declaring) {
        return "@CacheDefaults on " + declaring.getSimpleName();
    }

    /** Reading the names of parameters means reading class files, so it is done once for each method. */
    private Parameters parameters(Method method) {
        return known.computeIfAbsent(method, unused -> {
            List<Class<?>> types = variables.parameterTypes(method);
            return new Parameters(types, identity(method, types));
        });
    }

    private FunctionIdentity identity(Method method, List<Class<?>> types) {
        return FunctionIdentity.of(target, type, method, types, variables.returnType(method));
    }

    /** The tags that are some. */
    private List<String> named(List<String> tags, String place) {
        if (tags.stream().anyMatch(String::isBlank)) {
            faults.add(place, "a tag is blank; leave it out, or give it a name");
        }
        return tags.stream().filter(tag -> !tag.isBlank()).toList();
    }

    private void readCached(Collection<Method> methods) {
        Map<String, Integer> overloads = new LinkedHashMap<>();
        for (Method method : methods) {
            Cached annotation = method.getAnnotation(Cached.class);
            if (annotation != null && annotation.name().isEmpty()) {
                overloads.merge(method.getName(), 1, Integer::sum);
            }
        }
        for (Method method : methods) {
            Cached annotation = method.getAnnotation(Cached.class);
            if (annotation != null) {
                readCached(method, annotation, overloads.getOrDefault(method.getName(), 0) > 1);
            }
        }
    }

    private void readCached(Method method, Cached annotation, boolean overloaded) {
        String place = place("Cached", method);
        boolean blank = annotation.name().isBlank();
        if (blank && !annotation.name().isEmpty()) {
            faults.add(place, "its name is blank; leave it out for the method's own");
        }
        Class<?> result = variables.returnType(method);
        if (result == void.class) {
            faults.add(place, "a void method has no result to cache; take it away, or return something");
        } else if (CompletionStage.class.isAssignableFrom(result)) {
            faults.add(
                    place,
                    "it returns a CompletionStage, and the cache would keep the stage, failed ones too; cache the"
                            + " method that computes the value (stages are for memoizeAsync)");
        }
        if (method.getAnnotation(CacheRefresh.class) != null
                || method.getAnnotationsByType(CacheInvalidate.class).length > 0) {
            faults.add(
                    place,
                    "it excludes @CacheInvalidate and @CacheRefresh, which a hit would leave undone; split the method");
        }
        String name = CacheNames.composed(blank ? ownName(method, overloaded) : annotation.name());
        for (CachedMethod other : cached) {
            if (other.spec().name().equals(name)) {
                faults.add(
                        place,
                        "the cache name '" + name + "' is that of " + Plan.words(other.method())
                                + " too; give each a name of its own");
            }
        }
        CacheDefaults defaults = type.getAnnotation(CacheDefaults.class);
        Class<?> declaring = defaults == null ? method.getDeclaringClass() : type;
        defaults = declaring.getAnnotation(CacheDefaults.class);
        CacheSpec spec =
                new AnnotatedSettings(place, faults).cached(annotation, name, defaults, defaultsPlace(declaring));
        Parameters parameters = parameters(method);
        List<Integer> key =
                annotation.key().length == 0 ? parameters.all() : parameters.places(annotation.key(), place, faults);
        List<String> tags = named(AnnotatedSettings.tags(annotation, defaults), place);
        FunctionIdentity identity =
                parameters.packed() ? identity(method, List.of(Object[].class)) : parameters.identity();
        cached.add(new CachedMethod(method, spec, tags, key, identity));
    }

    private String ownName(Method method, boolean overloaded) {
        String name = type.getName() + "." + method.getName();
        return overloaded ? name + "(" + Plan.types(method).replace(", ", ",") + ")" : name;
    }

    private void readOther(Method method) {
        if (method.getAnnotation(Cached.class) != null) {
            return;
        }
        CacheRefresh refresh = method.getAnnotation(CacheRefresh.class);
        CacheInvalidate[] invalidates = method.getAnnotationsByType(CacheInvalidate.class);
        if (refresh == null && invalidates.length == 0) {
            direct.add(method);
            return;
        }
        int renews = refresh == null ? -1 : readRefresh(method, refresh);
        List<Removal> removals = new ArrayList<>();
        for (CacheInvalidate invalidate : invalidates) {
            Removal removal = new Removals(this, method, invalidate).read();
            if (removal != null) {
                if (renews >= 0 && removal.cached() == renews) {
                    faults.add(
                            place("CacheInvalidate", method),
                            "@CacheRefresh of the same cache stands there too; keep one of them");
                }
                removals.add(removal);
            }
        }
        changing.add(new ChangingMethod(method, renews, List.copyOf(removals)));
    }

    private int readRefresh(Method method, CacheRefresh refresh) {
        String place = place("CacheRefresh", method);
        int index = cached(refresh.cache());
        if (index < 0) {
            faults.add(place, unknown(refresh.cache()));
            return -1;
        }
        Method renewed = cached.get(index).method();
        Class<?> result = variables.returnType(method);
        if (!variables.parameterTypes(method).equals(variables.parameterTypes(renewed))) {
            faults.add(
                    place,
                    "its parameters are not those of " + Plan.words(renewed)
                            + "; take the same, or use @CacheInvalidate with a key");
        } else if (!boxed(variables.returnType(renewed)).isAssignableFrom(boxed(result))) {
            faults.add(
                    place,
                    "it returns " + result.getSimpleName() + " and " + Plan.words(renewed) + " returns "
                            + variables.returnType(renewed).getSimpleName() + "; return the same");
        }
        return index;
    }

    /** Which cached method a word means: the name of its cache, else of the one method of that name; -1 for none. */
    int cached(String word) {
        int found = -1;
        for (int i = 0; i < cached.size(); i++) {
            if (cached.get(i).spec().name().equals(CacheNames.composed(word))) {
                return i;
            }
            if (cached.get(i).method().getName().equals(word)) {
                found = found == -1 ? i : -2;
            }
        }
        return Math.max(found, -1);
    }

    String unknown(String word) {
        Set<String> known = new LinkedHashSet<>();
        for (CachedMethod method : cached) {
            String name = method.spec().name();
            known.add(name.startsWith(type.getName()) ? method.method().getName() : name);
        }
        String several = cached.stream()
                                .filter(method -> method.method().getName().equals(word))
                                .count()
                        > 1
                ? "several methods called \"" + word + "\" are cached"
                : "no method here is cached in \"" + word + "\"";
        return several
                + (known.isEmpty() ? "; put @Cached on one" : "; the caches here are " + String.join(", ", known));
    }

    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** Whether what the open cache of a name holds can be removed by tags; empty where none of that name is open. */
    Optional<Boolean> isOpenWithTags(String name) {
        return Optional.ofNullable(open.get(name));
    }

    Faults faults() {
        return faults;
    }

    CachedMethod cachedMethod(int index) {
        return cached.get(index);
    }

    Parameters parametersOf(Method method) {
        return parameters(method);
    }

    Class<?> returnType(Method method) {
        return variables.returnType(method);
    }
}
