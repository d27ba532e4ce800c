package io.github.twatcache.key;

import java.lang.reflect.Modifier;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds how objects of a class are written. */
final class Forms {
    private static final Map<Class<?>, Form> EXACT = exact();
    private static final @Nullable Scalar<?>[] BY_TAG = byTag();

    private static final ClassValue<Form> FORMS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return find(type);
        }
    };

    private Forms() {}

    static Form of(Class<?> type) {
        return FORMS.get(type);
    }

    /** The reader of a tag, or {@code null} when no scalar has it. */
    static @Nullable Scalar<?> scalar(int tag) {
        return BY_TAG[tag];
    }

    /** Whether a class is the platform's own, hence of a behaviour that is known. */
    static boolean isJdk(Class<?> type) {
        return type.getModule() == Object.class.getModule();
    }

    private static Stream<Scalar<?>> scalars() {
        return Stream.of(Scalar.ALL, TimeScalars.ALL, NamedScalars.ALL).flatMap(List::stream);
    }

    private static Map<Class<?>, Form> exact() {
        Map<Class<?>, Form> forms = new HashMap<>();
        scalars().forEach(scalar -> forms.put(scalar.type(), scalar));
        for (Bulk bulk : Bulk.values()) {
            forms.put(bulk.type, (writer, o) -> bulk.write(o, writer.digest(), writer.out()));
        }
        forms.put(Boolean.class, (writer, o) -> writer.out().u8((boolean) o ? Tag.TRUE : Tag.FALSE));
        forms.put(Class.class, (writer, o) -> type(writer, (Class<?>) o));
        forms.put(Optional.class, (writer, o) -> optional(writer, (Optional<?>) o));
        return Map.copyOf(forms);
    }

    private static @Nullable Scalar<?>[] byTag() {
        Scalar<?>[] byTag = new Scalar<?>[256];
        scalars().forEach(scalar -> byTag[scalar.tag()] = scalar);
        return byTag;
    }

    private static Form find(Class<?> type) {
        Form exact = EXACT.get(type);
        if (exact != null) {
            return exact;
        }
        if (Enum.class.isAssignableFrom(type)) {
            return Forms::enumConstant;
        }
        if (type.isRecord()) {
            RecordShape shape = RecordShape.of(type);
            return (writer, o) -> record(writer, shape, o);
        }
        if (type.isArray()) {
            return (writer, o) -> objects(writer, type.getComponentType(), (@Nullable Object[]) o);
        }
        Form open = open(type);
        return open != null ? open : collectionOrNot(type);
    }

    /** Scalars whose classes are not public, or a provider's. */
    private static @Nullable Form open(Class<?> type) {
        for (Class<?> base : List.of(Path.class, ZoneId.class, Charset.class)) {
            if (base.isAssignableFrom(type)) {
                return EXACT.get(base);
            }
        }
        return null;
    }

    private static Form collectionOrNot(Class<?> type) {
        boolean jdk = isJdk(type);
        if (List.class.isAssignableFrom(type)) {
            return CollectionForms.list(type);
        }
        if (Set.class.isAssignableFrom(type)) {
            return CollectionForms.set(type);
        }
        if (Map.class.isAssignableFrom(type)) {
            return MapForms.map(type);
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return MapForms.entry(type);
        }
        if (Queue.class.isAssignableFrom(type) && jdk) {
            return QueueForms.queue(type);
        }
        if (Collection.class.isAssignableFrom(type) && jdk && !Modifier.isPublic(type.getModifiers())) {
            return CollectionForms::collection;
        }
        return unknown(type, "is not a record, an enum or a class of the JDK that holds values");
    }

    /** The form of what is never written. */
    static Form unknown(Class<?> type, String why) {
        return new Unknown(type, why);
    }

    /** Refuses every object of a class. */
    record Unknown(Class<?> type, String why) implements Form {
        String message() {
            return "%s %s".formatted(type.getTypeName(), why);
        }

        @Override
        public void write(CanonicalWriter writer, Object object) {
            throw Refusal.unknown(message());
        }
    }

    private static void enumConstant(CanonicalWriter writer, Object o) {
        Enum<?> constant = (Enum<?>) o;
        writer.out().u8(Tag.ENUM);
        writer.className(constant.getDeclaringClass());
        writer.out().text(constant.name());
    }

    private static void record(CanonicalWriter writer, RecordShape shape, Object o) {
        String obstacle = shape.obstacle(!writer.isKey());
        if (obstacle != null) {
            throw Refusal.of(obstacle, shape.wayOut());
        }
        writer.enter(o);
        writer.out().u8(Tag.RECORD);
        writer.shape(shape);
        for (int i = 0; i < shape.components(); i++) {
            writer.write(shape.component(o, i));
        }
        writer.leave();
    }

    private static void objects(CanonicalWriter writer, Class<?> component, @Nullable Object[] array) {
        writer.enter(array);
        writer.out().u8(Tag.OBJECTS);
        writer.className(component);
        writer.out().length(array.length);
        for (Object element : array) {
            writer.write(element);
        }
        writer.leave();
    }

    private static void type(CanonicalWriter writer, Class<?> type) {
        writer.out().u8(Tag.CLASS);
        writer.className(type);
    }

    private static void optional(CanonicalWriter writer, Optional<?> optional) {
        writer.enter(optional);
        writer.out().u8(Tag.OPTIONAL).u8(optional.isPresent() ? 1 : 0);
        if (optional.isPresent()) {
            writer.write(optional.get());
        }
        writer.leave();
    }

    /** Why no object of a declared type, or of a subtype, can be written; {@code null} where some can. */
    static @Nullable String refusal(Class<?> declared) {
        Class<?> type = declared;
        while (type.isArray()) {
            type = type.getComponentType();
        }
        boolean mayHaveKnownSubtype = type.isInterface()
                || type.isPrimitive()
                || type == Record.class
                || type.isAssignableFrom(Hashtable.class)
                || EXACT.keySet().stream().anyMatch(type::isAssignableFrom)
                || (Collection.class.isAssignableFrom(type) && !Modifier.isFinal(type.getModifiers()));
        return !mayHaveKnownSubtype && of(type) instanceof Unknown unknown ? unknown.message() : null;
    }
}
