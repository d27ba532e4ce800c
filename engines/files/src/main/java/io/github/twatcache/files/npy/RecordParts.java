package io.github.twatcache.files.npy;

import io.github.twatcache.error.SerializationException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How records of a class are taken apart and made; {@link #of} gives none where its module lets nobody in. */
final class RecordParts {
    private final RecordComponent[] components;
    private final Field[] fields;
    private final Constructor<?> constructor;

    private RecordParts(RecordComponent[] components, Field[] fields, Constructor<?> constructor) {
        this.components = components;
        this.fields = fields;
        this.constructor = constructor;
    }

    static @Nullable RecordParts of(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        if (components == null) {
            return null;
        }
        try {
            Field[] fields = new Field[components.length];
            for (int i = 0; i < fields.length; i++) {
                fields[i] = type.getDeclaredField(components[i].getName());
            }
            Constructor<?> constructor = type.getDeclaredConstructor(
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
            boolean open = Arrays.stream(fields).allMatch(AccessibleObject::trySetAccessible);
            return open && constructor.trySetAccessible() ? new RecordParts(components, fields, constructor) : null;
        } catch (NoSuchFieldException | NoSuchMethodException | SecurityException e) {
            return null;
        }
    }

    int count() {
        return components.length;
    }

    String name(int i) {
        return components[i].getName();
    }

    @Nullable Object value(Object instance, int i) {
        try {
            return fields[i].get(instance);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a field that was accessible no longer is", e);
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
