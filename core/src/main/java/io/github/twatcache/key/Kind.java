package io.github.twatcache.key;

import java.lang.reflect.Method;
import java.net.URL;
import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How objects of a class compare, and what it takes to keep one in a key. */
enum Kind {
    /** Compares by its own equals, and is kept as it is: values, enums, classes, user classes with an equals. */
    VALUE,
    /** An array of primitives. */
    BITS,
    /** An array of objects. */
    ARRAY,
    LIST,
    SET,
    MAP,
    /** A collection that is neither list nor set; the JDK's have no equals. */
    QUEUE,
    ENTRY,
    OPTIONAL,
    RECORD,
    /** A JDK value that can change: Date, Calendar, BitSet. */
    CLONEABLE,
    BUFFER,
    /** Compares by identity, or otherwise wrongly: cannot be part of a key. */
    UNFIT;

    private static final ClassValue<Kind> KINDS = new ClassValue<>() {
        @Override
        protected Kind computeValue(Class<?> type) {
            return find(type);
        }
    };

    /**
     * The kind of an object's class.
     *
     * @param type the class
     * @return the kind
     */
    static Kind of(Class<?> type) {
        return KINDS.get(type);
    }

    private static Kind find(Class<?> type) {
        if (type.isPrimitive() || type.isEnum() || Enum.class.isAssignableFrom(type) || type == Class.class) {
            return VALUE;
        }
        if (type.isArray()) {
            return type.getComponentType().isPrimitive() ? BITS : ARRAY;
        }
        if (List.class.isAssignableFrom(type)) {
            return LIST;
        }
        if (Set.class.isAssignableFrom(type)) {
            return SET;
        }
        if (Map.class.isAssignableFrom(type)) {
            return MAP;
        }
        if (Collection.class.isAssignableFrom(type)) {
            return QUEUE;
        }
        if (Map.Entry.class.isAssignableFrom(type)) {
            return ENTRY;
        }
        if (type == Optional.class) {
            return OPTIONAL;
        }
        if (type.isRecord()) {
            return RecordTraits.ownEquals(type) ? VALUE : RECORD;
        }
        if (Date.class.isAssignableFrom(type) || Calendar.class.isAssignableFrom(type) || type == BitSet.class) {
            return CLONEABLE;
        }
        if (ByteBuffer.class.isAssignableFrom(type)) {
            return BUFFER;
        }
        // The equals of a URL asks the network which hosts are one.
        return type != URL.class && hasEquals(type) ? VALUE : UNFIT;
    }

    private static boolean hasEquals(Class<?> type) {
        try {
            Method equals = type.getMethod("equals", Object.class);
            return equals.getDeclaringClass() != Object.class;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
