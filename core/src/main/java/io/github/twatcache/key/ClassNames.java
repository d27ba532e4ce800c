package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds classes by name and initialises none of them. */
final class ClassNames {
    private static final Map<String, Class<?>> PRIMITIVES = Stream.of(
                    boolean.class,
                    byte.class,
                    short.class,
                    char.class,
                    int.class,
                    long.class,
                    float.class,
                    double.class,
                    void.class)
            .collect(Collectors.toUnmodifiableMap(Class::getName, c -> c));

    private final List<ClassLoader> loaders;
    private final boolean others;

    private ClassNames(List<ClassLoader> loaders, boolean others) {
        this.loaders = List.copyOf(loaders);
        this.others = others;
    }

    /** Those that one loader finds. */
    static ClassNames of(ClassLoader loader) {
        return new ClassNames(List.of(loader), false);
    }

    /** Those that some loaders find, else the thread's context loader, else our own. */
    static ClassNames first(List<ClassLoader> loaders) {
        return new ClassNames(loaders, true);
    }

    Class<?> find(String name) {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        for (ClassLoader loader : loaders) {
            Class<?> found = load(name, loader);
            if (found != null) {
                return found;
            }
        }
        Class<?> found = others ? elsewhere(name) : null;
        if (found == null) {
            throw new SerializationException(
                    "a class that the bytes name cannot be found; compute the value anew, or give the codec the class loader that has it");
        }
        return found;
    }

    private static @Nullable Class<?> elsewhere(String name) {
        ClassLoader own = ClassNames.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Class<?> found = load(name, context);
        return found == null && context != own ? load(name, own) : found;
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader from) {
        try {
            return Class.forName(name, false, from);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
