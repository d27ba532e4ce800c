package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
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

    private final @Nullable ClassLoader loader;

    /**
     * Takes a loader.
     *
     * @param loader the loader, or {@code null} for the thread's context loader and then our own
     */
    ClassNames(@Nullable ClassLoader loader) {
        this.loader = loader;
    }

    Class<?> find(String name) {
        Class<?> primitive = PRIMITIVES.get(name);
        if (primitive != null) {
            return primitive;
        }
        ClassLoader own = ClassNames.class.getClassLoader();
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        Class<?> found = load(name, loader != null ? loader : context);
        if (found == null && loader == null && context != own) {
            found = load(name, own);
        }
        if (found == null) {
            throw new SerializationException(
                    "a class that the bytes name cannot be found; compute the value anew, or give the codec the class loader that has it");
        }
        return found;
    }

    private static @Nullable Class<?> load(String name, @Nullable ClassLoader from) {
        try {
            return Class.forName(name, false, from);
        } catch (ClassNotFoundException | LinkageError e) {
            return null;
        }
    }
}
