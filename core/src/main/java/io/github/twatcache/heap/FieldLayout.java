package io.github.twatcache.heap;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.DoubleBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What reflection tells of objects without opening their packages. */
final class FieldLayout {
    private static final int HEADER = 12;

    /** Remembered by the JVM for as long as the class lives. */
    private static final ClassValue<Long> SHALLOW = new ClassValue<>() {
        @Override
        protected Long computeValue(Class<?> type) {
            return measured(type);
        }
    };

    private FieldLayout() {}

    /** What an instance takes without what it refers to. */
    static long shallow(Class<?> type) {
        return SHALLOW.get(type);
    }

    /** The bytes of one variable of a type. */
    static int size(Class<?> type) {
        if (type == long.class || type == double.class) {
            return 8;
        } else if (type == short.class || type == char.class) {
            return 2;
        } else if (type == byte.class || type == boolean.class) {
            return 1;
        }
        return 4;
    }

    /** The bytes of one element of a buffer. */
    static int bytes(Buffer buffer) {
        if (buffer instanceof ByteBuffer) {
            return 1;
        } else if (buffer instanceof ShortBuffer || buffer instanceof CharBuffer) {
            return 2;
        }
        return buffer instanceof LongBuffer || buffer instanceof DoubleBuffer ? 8 : 4;
    }

    /** Hands out the components of a record that may be read. */
    static void components(Object owner, Consumer<@Nullable Object> taker) {
        for (RecordComponent component : owner.getClass().getRecordComponents()) {
            if (!component.getType().isPrimitive()) {
                taker.accept(component(owner, component));
            }
        }
    }

    private static @Nullable Object component(Object owner, RecordComponent component) {
        try {
            Field field = owner.getClass().getDeclaredField(component.getName());
            if (field.trySetAccessible()) {
                return field.get(owner);
            }
            Method accessor = component.getAccessor();
            return accessor.trySetAccessible() ? accessor.invoke(owner) : null;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null; // an accessor that fails, or a component that may not be read, is not counted
        }
    }

    private static long measured(Class<?> type) {
        long bytes = HEADER;
        try {
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                for (Field field : at.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        bytes += size(field.getType());
                    }
                }
            }
        } catch (LinkageError | RuntimeException e) {
            return ByteEstimate.UNKNOWN; // a field's class is missing, or may not be seen
        }
        return ByteEstimate.aligned(bytes);
    }
}
