package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How records of a class are taken apart and made; {@link #of} gives none where its module lets nobody in. Components are
 * read from their fields, and only where a module opens nothing through the accessors that it exports.
 */
final class RecordParts {
    private final RecordComponent[] components;
    private final MethodHandle[] readers;
    private final Constructor<?> constructor;

    private RecordParts(RecordComponent[] components, MethodHandle[] readers, Constructor<?> constructor) {
        this.components = components;
        this.readers = readers;
        this.constructor = constructor;
    }

    static @Nullable RecordParts of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            return null;
        }
        try {
            MethodHandle[] readers = new MethodHandle[components.length];
            for (int i = 0; i < readers.length; i++) {
                MethodHandle reader = reader(type, components[i]);
                if (reader == null) {
                    return null;
                }
                readers[i] = reader;
            }
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            return constructor.trySetAccessible() ? new RecordParts(components, readers, constructor) : null;
        } catch (ReflectiveOperationException | SecurityException e) {
            return null;
        }
    }

    private static @Nullable MethodHandle reader(Class<?> type, RecordComponent component)
            throws ReflectiveOperationException {
        Field field = type.getDeclaredField(component.getName());
        if (field.trySetAccessible()) {
            return MethodHandles.lookup().unreflectGetter(field);
        }
        Method accessor = component.getAccessor();
        return accessor.trySetAccessible() ? MethodHandles.lookup().unreflect(accessor) : null;
    }

    int count() {
        return components.length;
    }

    String name(int i) {
        return components[i].getName();
    }

    @Nullable Object value(Object instance, int i) {
        try {
            return readers[i].invoke(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor threw what it does not declare", e);
        }
    }

    /** Makes a record of values by name, all of which and no others it must have, each of the right class. */
    Object make(Map<String, Object> values) {
        @Nullable Object[] parts = new Object[components.length];
        for (int i = 0; i < parts.length; i++) {
            Object part = values.get(name(i));
            if (part == null || !Boxes.box(components[i].getType()).isInstance(part)) {
                throw new SerializationException("the archive has no %s for the component %s of %s"
                        .formatted(
                                components[i].getType().getTypeName(),
                                name(i),
                                constructor.getDeclaringClass().getName()));
            }
            parts[i] = part;
        }
        if (values.size() != parts.length) {
            throw new SerializationException("the archive has %d arrays, and %s has %d components"
                    .formatted(values.size(), constructor.getDeclaringClass().getName(), parts.length));
        }
        try {
            return constructor.newInstance(parts);
        } catch (InvocationTargetException e) {
            throw new SerializationException(
                    constructor.getDeclaringClass().getName() + " refuses what the archive has: " + e.getCause(),
                    e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a constructor that was accessible no longer is", e);
        }
    }
}
