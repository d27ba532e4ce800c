package io.github.twatcache.key;

import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** What the declared type of a parameter tells about its arguments, before there is one. */
final class DeclaredTypes {
    /** Records may hold each other in a ring; what is nested deeper is not told by types. */
    private static final int MOST_DEPTH = 8;

    private DeclaredTypes() {}

    /**
     * Whether every argument of a type can be compared by its own equals, in either direction, so that it needs no key
     * object around it. Not so where a collection may come: the equals of one with a comparator of its own says yes to
     * what equals of the other denies.
     *
     * @param type the declared type
     * @return whether arguments can be keys themselves
     */
    static boolean direct(Class<?> type) {
        return direct(type, 0);
    }

    private static boolean direct(Class<?> type, int depth) {
        if (depth > MOST_DEPTH) {
            return false;
        }
        if (type.isRecord()) {
            RecordTraits traits = RecordTraits.of(type);
            if (!traits.plain() && !traits.readable()) {
                return false;
            }
            for (Class<?> component : traits.componentTypes()) {
                if (!direct(component, depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        if (type.isSealed() && type.isInterface()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                if (!direct(permitted, depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        return switch (Kind.of(type)) {
            case BITS, ARRAY, LIST, SET, MAP, QUEUE, ENTRY, OPTIONAL, RECORD, UNFIT -> false;
            default -> (!type.isInterface() || type == Path.class || type == CharSequence.class) && !mayBeOrdered(type);
        };
    }

    private static boolean mayBeOrdered(Class<?> type) {
        return type.isAssignableFrom(TreeSet.class)
                || type.isAssignableFrom(TreeMap.class)
                || type.isAssignableFrom(ConcurrentSkipListSet.class)
                || type.isAssignableFrom(ConcurrentSkipListMap.class);
    }

    /**
     * Whether every object of a type is a value that never changes and goes by content.
     *
     * @param type the declared type
     * @return whether such an object needs no look inside
     */
    static boolean plain(Class<?> type) {
        return plain(type, 0);
    }

    private static boolean plain(Class<?> type, int depth) {
        if (Kind.of(type) == Kind.RECORD) {
            for (RecordComponent component : type.getRecordComponents()) {
                if (depth > MOST_DEPTH || !plain(component.getType(), depth + 1)) {
                    return false;
                }
            }
            return true;
        }
        return Kind.of(type) == Kind.VALUE
                && !type.isRecord()
                && (type.isPrimitive() || type.isEnum() || Modifier.isFinal(type.getModifiers()));
    }

    /**
     * Finds a class whose objects can never be part of a key.
     *
     * @param type the declared type
     * @param encoders the registered types
     * @param call whether the key is that of a call, which need not be read back
     * @return the class, which is the type itself, an array's element type or a record's component type
     */
    static Optional<Class<?>> unfit(Class<?> type, Encoders encoders, boolean call) {
        return unfit(type, encoders, call, 0);
    }

    private static Optional<Class<?>> unfit(Class<?> type, Encoders encoders, boolean call, int depth) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        boolean served = (call ? encoders.findForKey(element) : encoders.find(element)) != null;
        if (served || !Modifier.isFinal(element.getModifiers()) || depth > MOST_DEPTH) {
            return Optional.empty();
        }
        Kind kind = Kind.of(element);
        if (kind == Kind.RECORD) {
            for (Class<?> component : RecordTraits.of(element).componentTypes()) {
                Optional<Class<?>> found = unfit(component, encoders, call, depth + 1);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return kind == Kind.UNFIT ? Optional.of(element) : Optional.empty();
    }

    /**
     * Whether an argument of a type may hold floating-point numbers that a tolerance touches.
     *
     * @param type the declared type
     * @param deep whether records and maps are looked into
     * @return false only where none can
     */
    static boolean mayHoldFloats(Class<?> type, boolean deep) {
        return mayHoldFloats(type, deep, 0);
    }

    private static boolean mayHoldFloats(Class<?> type, boolean deep, int depth) {
        if (type == double.class || type == float.class || type == Double.class || type == Float.class) {
            return true;
        }
        if (type.isArray()) {
            Class<?> element = type.getComponentType();
            return (deep || !element.isArray()) && mayHoldFloats(element, deep, depth);
        }
        if (type.isRecord()) {
            return deep && (depth > MOST_DEPTH || holdsFloats(type, depth + 1));
        }
        return !type.isPrimitive()
                && !type.isEnum()
                && !(Modifier.isFinal(type.getModifiers()) && Kind.of(type) == Kind.VALUE);
    }

    private static boolean holdsFloats(Class<?> record, int depth) {
        for (Class<?> component : RecordTraits.of(record).componentTypes()) {
            if (mayHoldFloats(component, true, depth)) {
                return true;
            }
        }
        return false;
    }
}
