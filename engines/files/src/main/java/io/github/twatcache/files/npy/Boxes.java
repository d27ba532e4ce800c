package io.github.twatcache.files.npy;

import java.lang.invoke.MethodType;
import org.jspecify.annotations.Nullable;

/** Primitive types and the classes that stand for them. */
final class Boxes {
    private Boxes() {}

    /** The primitive type that a class boxes, or {@code null} when it boxes none. */
    static @Nullable Class<?> primitive(Class<?> box) {
        Class<?> type = MethodType.methodType(box).unwrap().returnType();
        return type.isPrimitive() && type != void.class ? type : null;
    }

    /** The class of the values of a type. */
    static Class<?> box(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }
}
