package io.github.twatcache;

import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * Makes a class of its own for every memoized function, by defining the byte code of a {@code Memo} class once more under
 * no name ({@link MethodHandles.Lookup#defineHiddenClass}). Such a class goes when its function goes.
 *
 * <p>Where classes cannot be defined at run time, as in a native image, or where {@code -Dtwat.cache.spin=false} says so,
 * the {@code Memo} class itself serves: the same answers, slower when a program memoizes many functions.
 */
final class MemoSpinner {
    private MemoSpinner() {}

    /** Makes the memoized function from its parts. */
    static Object spin(Class<?> template, Class<?> functionType, MemoParts parts, Serializable function) {
        try {
            MethodHandle constructor = MethodHandles.lookup()
                    .findConstructor(
                            own(template, parts.core()),
                            MethodType.methodType(void.class, MemoParts.class, functionType));
            return constructor.invoke(parts, function);
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable impossible) {
            throw new IllegalStateException("a memoized function cannot be made from " + template, impossible);
        }
    }

    private static Class<?> own(Class<?> template, CacheCore core) {
        if ("false".equals(System.getProperty("twat.cache.spin"))) {
            return template;
        }
        try (InputStream bytes = template.getResourceAsStream(template.getSimpleName() + ".class")) {
            return bytes == null
                    ? template
                    : MethodHandles.lookup()
                            .defineHiddenClassWithClassData(ColdMethod.padded(bytes.readAllBytes()), core, false)
                            .lookupClass();
        } catch (IOException | IllegalAccessException | UnsupportedOperationException cannotDefine) {
            return template;
        }
    }

    /** The cache that a class was made with: a constant of the class, which the JIT compiler sees through. */
    static @Nullable CacheCore core(MethodHandles.Lookup ofClass) {
        try {
            return MethodHandles.classData(ofClass, "_", CacheCore.class);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException("a class may not see its own data: " + ofClass, impossible);
        }
    }
}
