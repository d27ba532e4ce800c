package io.github.twatcache.key;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** How lists, sets and other collections are written. Each is copied first: it may change under our hands. */
final class CollectionForms {
    static final int PLAIN = 0;
    static final int UNMODIFIABLE = 1;

    static final int LINKED_LIST = 2;
    static final int VECTOR = 3;
    static final int STACK = 4;
    static final int COPY_ON_WRITE = 5;

    static final int SORTED = 2;
    static final int UNMODIFIABLE_SORTED = 3;
    static final int CONCURRENT_SORTED = 4;
    static final int ENUMS = 5;
    static final int CONCURRENT = 6;
    static final int COPY_ON_WRITE_SET = 7;

    private static final Map<Class<?>, Integer> LISTS = Map.of(
            ArrayList.class, PLAIN,
            LinkedList.class, LINKED_LIST,
            Vector.class, VECTOR,
            Stack.class, STACK,
            CopyOnWriteArrayList.class, COPY_ON_WRITE);

    private static final Map<Class<?>, Integer> SETS = Map.of(
            HashSet.class, PLAIN,
            LinkedHashSet.class, PLAIN,
            TreeSet.class, SORTED,
            ConcurrentSkipListSet.class, CONCURRENT_SORTED,
            ConcurrentHashMap.KeySetView.class, CONCURRENT,
            CopyOnWriteArraySet.class, COPY_ON_WRITE_SET);

    private CollectionForms() {}

    static Form list(Class<?> type) {
        int kind = LISTS.getOrDefault(type, kindOfView(type));
        return (writer, o) -> {
            Collection<?> list = (Collection<?>) o;
            writer.enter(list);
            kind(writer, Tag.LIST, kind, type);
            elements(writer, list.toArray());
            writer.leave();
        };
    }

    /** A view such as {@code Map.values()}, which has neither a kind nor an equality. */
    static void collection(CanonicalWriter writer, Object o) {
        Collection<?> collection = (Collection<?>) o;
        writer.enter(collection);
        writer.out().u8(Tag.COLLECTION);
        elements(writer, collection.toArray());
        writer.leave();
    }

    static Form set(Class<?> type) {
        int known = SETS.getOrDefault(type, EnumSet.class.isAssignableFrom(type) ? ENUMS : kindOfView(type));
        boolean sorted = SortedSet.class.isAssignableFrom(type);
        int kind = sorted && known >= 0 && known < SORTED ? known + SORTED : known;
        return (writer, o) -> {
            Set<?> set = (Set<?>) o;
            writer.enter(set);
            kind(writer, Tag.SET, kind, type);
            if (writer.isKey()) {
                sorted(writer, set.toArray());
            } else {
                if (sorted) {
                    writer.out().u8(Comparators.code(((SortedSet<?>) set).comparator(), type));
                } else if (kind == ENUMS) {
                    writer.className(elementType((EnumSet<?>) set));
                }
                Object[] elements = set.toArray();
                if (!sorted
                        && !SETS.containsKey(type)
                        && new HashSet<>(Arrays.asList(elements)).size() < elements.length) {
                    throw Refusal.of("a set holds equal elements", "return one that compares with equals");
                }
                elements(writer, elements);
            }
            writer.leave();
        };
    }

    /** The kind of a class that is not public, such as a view: a negative one for what a value cannot be. */
    static int kindOfView(Class<?> type) {
        if (!Forms.isJdk(type) || Modifier.isPublic(type.getModifiers())) {
            return -1;
        }
        String name = type.getName();
        boolean unmodifiable = name.startsWith("java.util.ImmutableCollections$")
                || name.startsWith("java.util.Collections$Unmodifiable")
                || name.startsWith("java.util.Collections$Empty")
                || name.startsWith("java.util.Collections$Singleton")
                || name.startsWith("java.util.Collections$Copies");
        return unmodifiable && !name.contains("Sequenced") ? UNMODIFIABLE : PLAIN;
    }

    /** Writes the tag, and for values the kind, without which they would come back as something else. */
    static void kind(CanonicalWriter writer, int tag, int kind, Class<?> type) {
        writer.out().u8(tag);
        if (!writer.isKey()) {
            if (kind < 0) {
                throw Refusal.unknown(
                        "%s is a collection that could not be read back as what it is".formatted(type.getTypeName()));
            }
            writer.out().u8(kind);
        }
    }

    static void elements(CanonicalWriter writer, @Nullable Object[] elements) {
        writer.out().length(elements.length);
        for (Object element : elements) {
            writer.write(element);
        }
    }

    private static void sorted(CanonicalWriter writer, @Nullable Object[] elements) {
        writer.out().length(elements.length);
        int start = writer.out().size();
        int[] ends = new int[elements.length];
        for (int i = 0; i < ends.length; i++) {
            writer.write(elements[i]);
            ends[i] = writer.out().size();
        }
        writer.out().sort(start, ends);
    }

    private static Class<?> elementType(EnumSet<?> set) {
        EnumSet<?> some = set.isEmpty() ? EnumSet.complementOf(set) : set;
        if (some.isEmpty()) {
            throw Refusal.of("an EnumSet of an enum without constants cannot be written", "return a Set.of()");
        }
        return some.iterator().next().getDeclaringClass();
    }
}
