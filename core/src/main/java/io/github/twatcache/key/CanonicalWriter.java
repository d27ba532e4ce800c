package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.error.SerializationException;
import io.github.twatcache.key.Encoders.Registered;
import io.github.twatcache.spi.Nil;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes one object; for one thread and one use.
 *
 * <p>In the form of a key, sets and maps are sorted by what their elements are encoded as, and every class is named in
 * full wherever it occurs, so that an element's bytes do not depend on what was written before it. In the form of a
 * value, order and kind are kept, and a class that was named before is referred to by number.
 */
final class CanonicalWriter {
    /** How deep objects may be nested: deep enough for data, and far from the end of a thread's stack. */
    static final int DEEPEST = 500;

    private static final int USUAL_DEPTH = 8;

    private final boolean key;
    private final Encoders encoders;
    private final KeyDigest digest;
    private final ByteSink out = new ByteSink();
    private final Map<Class<?>, Integer> names;
    private final Map<Class<?>, Integer> shapes;
    private @Nullable Object[] path = new Object[USUAL_DEPTH];
    private int depth;

    private CanonicalWriter(boolean key, Encoders encoders, KeyDigest digest) {
        this.key = key;
        this.encoders = encoders;
        this.digest = digest;
        this.names = key ? Map.of() : new HashMap<>();
        this.shapes = key ? Map.of() : new HashMap<>();
    }

    static CanonicalWriter key(Encoders encoders, KeyDigest digest) {
        return new CanonicalWriter(true, encoders, digest);
    }

    static CanonicalWriter value(Encoders encoders) {
        return new CanonicalWriter(false, encoders, KeyDigest.NONE);
    }

    byte[] encode(@Nullable Object object) {
        out.u8(Tag.VERSION).u8(key ? Tag.KEY : Tag.VALUE);
        try {
            write(object);
        } catch (Refusal e) {
            throw refused(e.message(place(), advice()), e.getCause());
        } catch (StackOverflowError e) {
            throw refused("the stack ended while an object was written" + place() + "; nest it less deep", e);
        } catch (RuntimeException e) {
            throw refused(
                    "an object threw %s while it was read%s; do not change it meanwhile"
                            .formatted(e.getClass().getName(), place()),
                    e);
        }
        return out.toBytes();
    }

    ByteSink out() {
        return out;
    }

    boolean isKey() {
        return key;
    }

    KeyDigest digest() {
        return digest;
    }

    void write(@Nullable Object object) {
        if (object == null || object == Nil.NIL) {
            out.u8(Tag.NULL);
            return;
        }
        Registered registered = key ? encoders.findForKey(object.getClass()) : encoders.find(object.getClass());
        if (registered == null) {
            Forms.of(object.getClass()).write(this, object);
        } else {
            writeRegistered(registered, object);
        }
    }

    private void writeRegistered(Registered registered, Object object) {
        enter(object);
        out.u8(Tag.REGISTERED).text(registered.id());
        Object encodable;
        try {
            encodable = registered.to().apply(object);
        } catch (Exception e) {
            throw Refusal.of(
                    "the encoder '%s' threw %s"
                            .formatted(registered.id(), e.getClass().getName()),
                    "mend the function that was registered",
                    e);
        }
        write(encodable);
        leave();
    }

    /** Goes into an object that holds others. */
    void enter(Object object) {
        if (depth == DEEPEST) {
            throw Refusal.of(
                    "objects are nested more than %d deep".formatted(DEEPEST), "pass or return something flatter");
        }
        for (int i = 0; i < depth; i++) {
            if (path[i] == object) {
                throw Refusal.of(
                        "a %s contains itself".formatted(object.getClass().getTypeName()),
                        "pass or return something without a circle");
            }
        }
        if (depth == path.length) {
            path = Arrays.copyOf(path, depth * 2);
        }
        path[depth++] = object;
    }

    void leave() {
        path[--depth] = null;
    }

    /** Writes the name of a class, which must mean the same to another run. */
    void className(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        if (element.isHidden() || Proxy.isProxyClass(element)) {
            throw Refusal.of(
                    "%s was made while the program runs, and its name means nothing to another run"
                            .formatted(element.getTypeName()),
                    "use a class that is declared in source");
        }
        if (isNew(names, type)) {
            out.text(type.getName());
        }
    }

    /** Writes the name of a class of records, and what its components are. */
    void shape(RecordShape shape) {
        if (isNew(shapes, shape.type)) {
            out.raw(key ? shape.descriptor : shape.stored);
        }
    }

    private boolean isNew(Map<Class<?>, Integer> seen, Class<?> type) {
        if (key) {
            return true;
        }
        Integer known = seen.putIfAbsent(type, seen.size() + 1);
        out.length(known == null ? 0 : known);
        return known == null;
    }

    /** Where the object is that was being written, innermost first. */
    private String place() {
        StringBuilder place = new StringBuilder();
        int shown = Math.max(0, depth - 3);
        for (int i = depth - 1; i >= shown; i--) {
            Object holder = path[i];
            place.append(", inside ")
                    .append(holder == null ? "?" : holder.getClass().getTypeName());
        }
        return place.append(shown > 0 ? ", and so on" : "").toString();
    }

    private String advice() {
        return key
                ? "make it a record or an enum, register an encoder for it, or leave it out of the key with keyBy or ignore"
                : "make it a record or an enum, register an encoder for it, or choose a heap engine or another codec";
    }

    private RuntimeException refused(String message, @Nullable Throwable cause) {
        return key
                ? new KeyException("a key cannot be encoded: " + message, cause)
                : new SerializationException("a value cannot be encoded: " + message, cause);
    }
}
