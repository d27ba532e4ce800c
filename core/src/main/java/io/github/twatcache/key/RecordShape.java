package io.github.twatcache.key;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How records of one class are read and made.
 *
 * <p>Components are read from their fields, so that an accessor that answers something else cannot make two records look
 * the same; where a module opens nothing, through the accessors that it exports.
 */
final class RecordShape {
    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    final Class<?> type;

    /** The class's name, the number of its components, then the name and the type of each, as they stand in the bytes. */
    final byte[] descriptor;

    /**
     * The same with the type arguments of the components, as the class file has them: what stands in stored values. A
     * {@code List<String>} that has become a {@code List<Integer>} is another type, though a key's content tells as much.
     */
    final byte[] stored;

    /** How many bytes of the descriptors the class's name takes. */
    final int nameBytes;

    private final MethodHandle @Nullable [] readers;
    private final @Nullable MethodHandle constructor;

    private RecordShape(Class<?> type) {
        this.type = type;
        RecordComponent[] components = type.getRecordComponents();
        this.nameBytes = new ByteSink().text(type.getName()).size();
        this.descriptor = descriptor(type, components, false);
        this.stored = descriptor(type, components, true);
        this.readers = readers(type, components);
        this.constructor = constructor(type, components);
    }

    private static byte[] descriptor(Class<?> type, RecordComponent[] components, boolean arguments) {
        ByteSink sink = new ByteSink().text(type.getName()).length(components.length);
        for (RecordComponent component : components) {
            String erased = component.getType().getName();
            String signature = arguments ? component.getGenericSignature() : null;
            sink.text(component.getName()).text(signature == null ? erased : erased + ' ' + signature);
        }
        return sink.toBytes();
    }

    /** The shape of a class of records; no code of the class runs. */
    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    private static MethodHandle @Nullable [] readers(Class<?> type, RecordComponent[] components) {
        MethodHandle[] readers = new MethodHandle[components.length];
        for (int i = 0; i < readers.length; i++) {
            MethodHandle reader = reader(type, components[i]);
            if (reader == null) {
                return null;
            }
            readers[i] = reader.asType(MethodType.methodType(Object.class, Object.class));
        }
        return readers;
    }

    private static @Nullable MethodHandle reader(Class<?> type, RecordComponent component) {
        try {
            Field field = type.getDeclaredField(component.getName());
            if (field.trySetAccessible()) {
                return MethodHandles.lookup().unreflectGetter(field);
            }
            Method accessor = component.getAccessor();
            return accessor.trySetAccessible() ? MethodHandles.lookup().unreflect(accessor) : null;
        } catch (ReflectiveOperationException | SecurityException e) {
            return null;
        }
    }

    private static @Nullable MethodHandle constructor(Class<?> type, RecordComponent[] components) {
        Class<?>[] parameters =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            Constructor<?> canonical = type.getDeclaredConstructor(parameters);
            if (!canonical.trySetAccessible()) {
                return null;
            }
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, parameters.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException | SecurityException e) {
            return null;
        }
    }

    int components() {
        return readers == null ? 0 : readers.length;
    }

    /** Why records of this class cannot be written, or {@code null} when they can. */
    @Nullable String obstacle(boolean toBeRead) {
        if (type.isHidden()) {
            return "the record %s is a hidden class, whose name means nothing to another run".formatted(type.getName());
        }
        if (readers == null || (toBeRead && constructor == null)) {
            return "the record %s is closed to %s".formatted(type.getName(), RecordShape.class.getModule());
        }
        return null;
    }

    /** What to do about an obstacle. */
    String wayOut() {
        return type.isHidden()
                ? "declare it in source"
                : "let its module open the package %s, make the record public in an exported package, or register an encoder for it"
                        .formatted(type.getPackageName());
    }

    @Nullable Object component(Object instance, int i) {
        try {
            return readers == null ? null : (Object) readers[i].invokeExact(instance);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("an accessor threw", e);
        }
    }

    /** Makes a record by its canonical constructor, the only code of the class that runs. */
    Object make(@Nullable Object[] components) throws Throwable {
        if (constructor == null) {
            throw new IllegalStateException(obstacle(true));
        }
        return (Object) constructor.invokeExact(components);
    }
}
