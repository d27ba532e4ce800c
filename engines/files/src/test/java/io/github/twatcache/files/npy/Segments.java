package io.github.twatcache.files.npy;

import java.nio.ByteBuffer;

/** Memory segments, for tests that are compiled for JVMs that have none. */
final class Segments {
    /** Whether the classes for JDK 22 and later are the ones that run; the build says so where it runs the jar there. */
    static final boolean HERE = Boolean.getBoolean("twat.segments");

    private Segments() {}

    static Class<?> type() throws ReflectiveOperationException {
        return Class.forName("java.lang.foreign.MemorySegment");
    }

    static long bytes(Object segment) throws ReflectiveOperationException {
        return (long) type().getMethod("byteSize").invoke(segment);
    }

    static boolean readOnly(Object segment) throws ReflectiveOperationException {
        return (boolean) type().getMethod("isReadOnly").invoke(segment);
    }

    /** A number of the machine's byte order, which is that of the files in tests. */
    static double doubleAt(Object segment, long index) throws ReflectiveOperationException {
        Class<?> layout = Class.forName("java.lang.foreign.ValueLayout$OfDouble");
        Object aligned = Class.forName("java.lang.foreign.ValueLayout")
                .getField("JAVA_DOUBLE")
                .get(null);
        return (double) type().getMethod("getAtIndex", layout, long.class).invoke(segment, aligned, index);
    }

    static ByteBuffer buffer(Object segment) throws ReflectiveOperationException {
        return (ByteBuffer) type().getMethod("asByteBuffer").invoke(segment);
    }
}
