package io.github.twatcache.key;

import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.Encoders.Registered;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one object; for one thread and one use. It reads what {@link CanonicalWriter} writes in either form. */
final class CanonicalReader {
    private final Encoders encoders;
    private final ClassNames classes;
    private final List<Class<?>> names = new ArrayList<>();
    private final List<RecordShape> shapes = new ArrayList<>();
    private ByteSource source = new ByteSource(new byte[0], 0);
    private boolean key;
    private int depth;

    private CanonicalReader(Encoders encoders, ClassNames classes) {
        this.encoders = encoders;
        this.classes = classes;
    }

    static CanonicalReader of(Encoders encoders, ClassNames classes) {
        return new CanonicalReader(encoders, classes);
    }

    @Nullable Object decode(byte[] bytes, int length) {
        source = new ByteSource(bytes, length);
        try {
            header();
            Object object = read();
            if (source.remaining() > 0) {
                throw source.damaged("something follows the end");
            }
            return object;
        } catch (SerializationException e) {
            throw e;
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            throw new SerializationException(
                    "the bytes are damaged or speak of what has changed since, as %s shows; compute the value anew"
                            .formatted(e.getClass().getName()),
                    e);
        }
    }

    private void header() {
        int version = source.u8();
        int form = source.u8();
        if (version != Tag.VERSION || (form != Tag.KEY && form != Tag.VALUE)) {
            throw source.damaged("they do not begin as version %d of the format does".formatted(Tag.VERSION));
        }
        key = form == Tag.KEY;
    }

    ByteSource source() {
        return source;
    }

    /** The kind of a collection, which only the form of a value has. */
    int kind() {
        return key ? CollectionForms.PLAIN : source.u8();
    }

    boolean isKey() {
        return key;
    }

    @Nullable Object read() {
        int tag = source.u8();
        return switch (tag) {
            case Tag.NULL -> null;
            case Tag.FALSE -> false;
            case Tag.TRUE -> true;
            case Tag.STRING8, Tag.STRING16 -> source.text(tag);
            case Tag.CLASS -> className();
            case Tag.ENUM -> enumConstant();
            case Tag.XXH3_128, Tag.SHA_256 ->
                throw new SerializationException(
                        "the bytes hold a digest in the place of content and cannot be read back; use KeyDigest.NONE");
            default -> scalar(tag);
        };
    }

    private Object scalar(int tag) {
        if (tag >= Tag.BOOLEANS && tag <= Tag.DOUBLES) {
            return Bulk.readArray(tag, source);
        }
        Scalar<?> scalar = Forms.scalar(tag);
        return scalar != null ? scalar.read(source) : holder(tag);
    }

    private Object holder(int tag) {
        if (++depth > CanonicalWriter.DEEPEST) {
            throw source.damaged("objects are nested more than %d deep".formatted(CanonicalWriter.DEEPEST));
        }
        Object object = switch (tag) {
            case Tag.RECORD -> record();
            case Tag.OBJECTS -> objects();
            case Tag.OPTIONAL -> optional();
            case Tag.REGISTERED -> registered();
            default -> CollectionReader.read(this, tag);
        };
        depth--;
        return object;
    }

    /** Reads elements, whose number is not believed before they are there. */
    List<@Nullable Object> elements() {
        int count = source.length(1);
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(read());
        }
        return elements;
    }

    Class<?> className() {
        int known = key ? 0 : source.length();
        if (known > 0) {
            return earlier(names, known);
        }
        Class<?> type = classes.find(source.text());
        names.add(type);
        return type;
    }

    private <T> T earlier(List<T> seen, int number) {
        if (number > seen.size()) {
            throw source.damaged("a class is referred to that was not named");
        }
        return seen.get(number - 1);
    }

    Class<?> enumType() {
        Class<?> type = className();
        if (!type.isEnum()) {
            throw new SerializationException(
                    "%s is not an enum, though the bytes say so; compute the value anew".formatted(type.getName()));
        }
        return type;
    }

    // Enum.valueOf wants a type variable, where all that is known is that the class is an enum.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private Object enumConstant() {
        Class type = enumType();
        try {
            return Enum.valueOf(type, source.text());
        } catch (IllegalArgumentException e) {
            throw new SerializationException(
                    "%s has lost a constant since the bytes were written; compute the value anew"
                            .formatted(type.getName()),
                    e);
        }
    }

    private RecordShape shape() {
        int known = key ? 0 : source.length();
        if (known > 0) {
            return earlier(shapes, known);
        }
        Class<?> type = classes.find(source.text());
        if (!type.isRecord()) {
            throw new SerializationException(
                    "%s is not a record, though the bytes say so; compute the value anew".formatted(type.getName()));
        }
        RecordShape shape = RecordShape.of(type);
        if (!source.skip(key ? shape.descriptor : shape.stored, shape.nameBytes)) {
            throw new SerializationException(
                    "the components of the record %s have changed since the bytes were written; compute the value anew"
                            .formatted(type.getName()));
        }
        shapes.add(shape);
        return shape;
    }

    private Object record() {
        RecordShape shape = shape();
        String obstacle = shape.obstacle(true);
        if (obstacle != null) {
            throw new SerializationException(obstacle + "; " + shape.wayOut());
        }
        @Nullable Object[] components = new Object[shape.components()];
        for (int i = 0; i < components.length; i++) {
            components[i] = read();
        }
        try {
            return shape.make(components);
        } catch (VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new SerializationException(
                    "the constructor of the record %s threw %s; compute the value anew"
                            .formatted(shape.type.getName(), e.getClass().getName()),
                    e);
        }
    }

    private Object objects() {
        Class<?> component = className();
        if (component.isPrimitive()) {
            throw source.damaged("an array of objects has a primitive type");
        }
        List<@Nullable Object> elements = elements();
        return elements.toArray((Object[]) Array.newInstance(component, elements.size()));
    }

    private Object optional() {
        return switch (source.u8()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(present());
            default -> throw source.damaged("a presence is neither 0 nor 1");
        };
    }

    private Object present() {
        Object value = read();
        if (value == null) {
            throw source.damaged("an Optional holds null");
        }
        return value;
    }

    // The decoder of a type takes null where its encoder gave null.
    @SuppressWarnings("NullAway")
    private Object registered() {
        String id = source.text();
        Registered registered = encoders.find(id);
        if (registered == null) {
            throw new SerializationException(
                    "no encoder has the id that the bytes name; register the one that wrote them");
        }
        Object encodable = read();
        try {
            return registered.back().apply(encodable);
        } catch (Exception e) {
            throw new SerializationException(
                    "the encoder '%s' threw %s; compute the value anew"
                            .formatted(registered.id(), e.getClass().getName()),
                    e);
        }
    }
}
