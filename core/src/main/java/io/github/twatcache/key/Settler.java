package io.github.twatcache.key;

import io.github.twatcache.error.KeyException;
import io.github.twatcache.spi.Nil;
import java.nio.ByteBuffer;
import java.util.AbstractMap;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes of an argument what a key can keep: something that nobody else changes and that compares by content.
 *
 * <p>Values stay as they are. Arrays and JDK collections are copied; lists become lists, sets and maps those of the hash
 * kind, so that no comparator of theirs decides what is equal. What compares by identity but has content (arrays,
 * queues, records that hold such) becomes a {@link Content}. Anything else that compares by identity is refused.
 *
 * <p>Where nothing had to change, the result is the argument itself. Immutable and thread-safe.
 */
final class Settler {
    static final Settler STANDARD = new Settler(Encoders.standard(), true);

    private static final int MOST_DEPTH = 500;

    private final Encoders encoders;
    private final boolean copyBits;

    private Settler(Encoders encoders, boolean copyBits) {
        this.encoders = encoders;
        this.copyBits = copyBits;
    }

    /** Makes keys that are kept. */
    static Settler keeping(Encoders encoders) {
        return new Settler(encoders, true);
    }

    /** Makes keys that serve one look-up: arrays of primitives are not copied. */
    static Settler lookingUp(Encoders encoders) {
        return new Settler(encoders, false);
    }

    /**
     * Makes an argument fit to be kept.
     *
     * @param argument the argument
     * @param where what to call it in a message
     * @return what stands in the key
     * @throws KeyException when the argument cannot be part of a key
     */
    @Nullable Object settle(@Nullable Object argument, String where) {
        return settle(argument, where, 0);
    }

    /** Whether a value can be kept as it is. */
    boolean keeps(Object value) {
        try {
            return settle(value, "") == value;
        } catch (KeyException e) {
            return false;
        }
    }

    private @Nullable Object settle(@Nullable Object object, String where, int depth) {
        if (object == null) {
            return null;
        }
        if (object instanceof Content content) {
            return content(content, where, depth);
        }
        Class<?> type = object.getClass();
        Kind kind = Kind.of(type);
        if (kind == Kind.VALUE) {
            return object;
        }
        if (depth > MOST_DEPTH) {
            throw new KeyException("%s is nested more than %d deep, or contains itself; use keyBy to pick what counts"
                    .formatted(where, MOST_DEPTH));
        }
        return switch (kind) {
            case BITS -> bits(object);
            case ARRAY -> new Content.Parts(type, parts((Object[]) object, where, depth));
            case QUEUE -> new Content.Parts(Collection.class, parts(((Collection<?>) object).toArray(), where, depth));
            case LIST -> list((List<?>) object, where, depth);
            case SET -> set((Set<?>) object, where, depth);
            case MAP -> map((Map<?, ?>) object, where, depth);
            case ENTRY -> entry((Map.Entry<?, ?>) object, where, depth);
            case OPTIONAL -> optional((Optional<?>) object, where, depth);
            case RECORD -> record(object, where, depth);
            case CLONEABLE -> copyOf(object);
            case BUFFER -> copyOf((ByteBuffer) object);
            case VALUE, UNFIT -> coded(object, where, depth).orElseThrow(() -> Unfit.argument(where, type));
        };
    }

    private Content.Bits bits(Object array) {
        return new Content.Bits(copyBits ? PrimitiveArrays.copy(array) : array, copyBits);
    }

    /** What served a look-up still shares its arrays with the caller. */
    private Object content(Content content, String where, int depth) {
        if (content instanceof Content.Bits bits) {
            return bits.owned || !copyBits ? bits : bits(bits.array);
        }
        if (content instanceof Content.Parts parts) {
            @Nullable Object[] settled = parts(parts.parts, where, depth);
            return same(parts.parts, settled) ? parts : new Content.Parts(parts.type, settled);
        }
        if (content instanceof Content.Coded coded) {
            Object settled = Nil.mask(settle(coded.encodable, where, depth + 1));
            return settled == coded.encodable ? coded : new Content.Coded(coded.object, coded.type, settled);
        }
        Content.Bag bag = (Content.Bag) content;
        boolean same = true;
        Map<Object, Integer> counts = new HashMap<>();
        for (Map.Entry<Object, Integer> entry : bag.counts.entrySet()) {
            Object settled = Nil.mask(settle(entry.getKey(), where, depth + 1));
            same &= settled == entry.getKey();
            counts.merge(settled, entry.getValue(), Integer::sum);
        }
        return same ? bag : new Content.Bag(bag.type, counts);
    }

    private static boolean same(@Nullable Object[] before, @Nullable Object[] after) {
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                return false;
            }
        }
        return true;
    }

    /** What compares by no equals of its own may have an encoder to compare by. */
    private Optional<Object> coded(Object object, String where, int depth) {
        Encoders.Registered registered = encoders.findForKey(object.getClass());
        if (registered == null) {
            return Optional.empty();
        }
        Object encodable;
        try {
            encodable = registered.to().apply(object);
        } catch (Exception e) {
            throw new KeyException(
                    "the encoder '%s' failed for %s, which is a %s; mend the encoder, or use keyBy"
                            .formatted(registered.id(), where, object.getClass().getName()),
                    e);
        }
        return Optional.of(new Content.Coded(object, registered.type(), Nil.mask(settle(encodable, where, depth + 1))));
    }

    private @Nullable Object[] parts(@Nullable Object[] objects, String where, int depth) {
        @Nullable Object[] parts = new @Nullable Object[objects.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = settle(objects[i], where, depth + 1);
        }
        return parts;
    }

    private Object list(List<?> list, String where, int depth) {
        List<@Nullable Object> copy = new ArrayList<>(list.size());
        boolean same = isImmutable(list);
        for (Object element : list) {
            Object settled = settle(element, where, depth + 1);
            same &= settled == element;
            copy.add(settled);
        }
        return same ? list : Collections.unmodifiableList(copy);
    }

    private Object set(Set<?> set, String where, int depth) {
        List<@Nullable Object> elements = new ArrayList<>(set.size());
        boolean same = isImmutable(set);
        for (Object element : set) {
            Object settled = settle(element, where, depth + 1);
            same &= settled == element;
            elements.add(settled);
        }
        if (same) {
            return set;
        }
        Set<@Nullable Object> copy = new HashSet<>(elements);
        return copy.size() == elements.size() ? Collections.unmodifiableSet(copy) : bag(Set.class, elements);
    }

    private Object map(Map<?, ?> map, String where, int depth) {
        Map<@Nullable Object, @Nullable Object> copy = new HashMap<>();
        List<@Nullable Object> entries = new ArrayList<>(map.size());
        boolean same = isImmutable(map);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Object key = settle(entry.getKey(), where, depth + 1);
            Object value = settle(entry.getValue(), where, depth + 1);
            same &= key == entry.getKey() && value == entry.getValue();
            copy.put(key, value);
            entries.add(new AbstractMap.SimpleImmutableEntry<>(key, value));
        }
        if (same) {
            return map;
        }
        return copy.size() == entries.size() ? Collections.unmodifiableMap(copy) : bag(Map.class, entries);
    }

    /** Elements that were different objects and are equal in content: each counts. */
    private static Object bag(Class<?> type, List<@Nullable Object> elements) {
        Map<Object, Integer> counts = new HashMap<>();
        for (Object element : elements) {
            counts.merge(Nil.mask(element), 1, Integer::sum);
        }
        return new Content.Bag(type, counts);
    }

    private Object entry(Map.Entry<?, ?> entry, String where, int depth) {
        return new AbstractMap.SimpleImmutableEntry<>(
                settle(entry.getKey(), where, depth + 1), settle(entry.getValue(), where, depth + 1));
    }

    private Object optional(Optional<?> optional, String where, int depth) {
        Object inner = optional.orElse(null);
        Object settled = settle(inner, where, depth + 1);
        return inner == settled || settled == null ? optional : Optional.of(settled);
    }

    private Object record(Object object, String where, int depth) {
        RecordTraits traits = RecordTraits.of(object.getClass());
        if (traits.plain()) {
            return object;
        }
        if (!traits.readable()) {
            return coded(object, where, depth).orElseThrow(() -> Unfit.closed(where, object.getClass()));
        }
        @Nullable Object[] components = traits.read(object);
        @Nullable Object[] settled = parts(components, where, depth);
        return same(components, settled) && hasOneForm(components)
                ? object
                : new Content.Parts(object.getClass(), settled);
    }

    /** A record that holds a collection settles to the same form whether that had to be copied or not. */
    private static boolean hasOneForm(@Nullable Object[] components) {
        for (Object component : components) {
            Kind kind = component == null ? Kind.VALUE : Kind.of(component.getClass());
            if (kind != Kind.VALUE && kind != Kind.RECORD) {
                return false;
            }
        }
        return true;
    }

    /** What List.of and its kin make; an unmodifiable view of another collection is no such. */
    private static boolean isImmutable(Object collection) {
        return collection.getClass().getName().startsWith("java.util.ImmutableCollections$");
    }

    // Users' arguments are what they are.
    @SuppressWarnings("JavaUtilDate")
    private static Object copyOf(Object object) {
        if (object instanceof Date date) {
            return date.clone();
        }
        return object instanceof BitSet bits ? bits.clone() : ((Calendar) object).clone();
    }

    private static Object copyOf(ByteBuffer buffer) {
        return ByteBuffer.allocate(buffer.remaining())
                .put(buffer.duplicate())
                .flip()
                .asReadOnlyBuffer();
    }
}
