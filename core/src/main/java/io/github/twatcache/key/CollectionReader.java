package io.github.twatcache.key;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.NavigableSet;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Set;
import java.util.Stack;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Reads the collections that {@link CollectionForms} and {@link QueueForms} write. */
final class CollectionReader {
    private CollectionReader() {}

    static Object read(CanonicalReader in, int tag) {
        return switch (tag) {
            case Tag.LIST -> list(in);
            case Tag.SET -> set(in);
            case Tag.MAP -> MapReader.map(in);
            case Tag.ENTRY -> MapReader.entry(in);
            case Tag.QUEUE -> queue(in);
            case Tag.PRIORITY_QUEUE -> priorityQueue(in);
            case Tag.COLLECTION -> Collections.unmodifiableCollection(in.elements());
            default -> throw in.source().damaged("a tag is not known");
        };
    }

    // A list is given back as the class that it was.
    @SuppressWarnings("JdkObsolete")
    private static List<@Nullable Object> list(CanonicalReader in) {
        int kind = in.kind();
        List<@Nullable Object> elements = in.elements();
        return switch (kind) {
            case CollectionForms.PLAIN -> elements;
            case CollectionForms.UNMODIFIABLE -> Collections.unmodifiableList(elements);
            case CollectionForms.LINKED_LIST -> new LinkedList<>(elements);
            case CollectionForms.VECTOR -> new Vector<>(elements);
            case CollectionForms.STACK -> filled(in, new Stack<>(), elements);
            case CollectionForms.COPY_ON_WRITE -> new CopyOnWriteArrayList<>(elements);
            default -> throw unknown(in);
        };
    }

    private static Set<?> set(CanonicalReader in) {
        return switch (in.kind()) {
            case CollectionForms.PLAIN -> filled(in, new LinkedHashSet<>(), in.elements());
            case CollectionForms.UNMODIFIABLE ->
                Collections.unmodifiableSet(filled(in, new LinkedHashSet<>(), in.elements()));
            case CollectionForms.SORTED -> sorted(in);
            case CollectionForms.UNMODIFIABLE_SORTED -> Collections.unmodifiableNavigableSet(sorted(in));
            case CollectionForms.CONCURRENT_SORTED -> {
                Comparator<Object> order = Comparators.read(in.source());
                yield filled(in, new ConcurrentSkipListSet<>(order), in.elements());
            }
            case CollectionForms.ENUMS -> enums(in);
            case CollectionForms.CONCURRENT -> filled(in, ConcurrentHashMap.newKeySet(), in.elements());
            case CollectionForms.COPY_ON_WRITE_SET -> distinctCopy(in);
            default -> throw unknown(in);
        };
    }

    /** At once, since adding them singly takes the square of their number. */
    private static Set<?> distinctCopy(CanonicalReader in) {
        return new CopyOnWriteArraySet<>(filled(in, new LinkedHashSet<>(), in.elements()));
    }

    private static NavigableSet<Object> sorted(CanonicalReader in) {
        Comparator<Object> order = Comparators.read(in.source());
        return filled(in, new TreeSet<>(order), in.elements());
    }

    // EnumSet wants a type variable, where all that is known is that the class is an enum; add checks each element.
    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Set<?> enums(CanonicalReader in) {
        Class type = in.enumType();
        return filled(in, (Set<Object>) EnumSet.noneOf(type), in.elements());
    }

    private static Queue<?> queue(CanonicalReader in) {
        int kind = in.kind();
        int capacity = kind >= QueueForms.BLOCKING ? in.source().length() : 0;
        List<@Nullable Object> elements = in.elements();
        return switch (kind) {
            case QueueForms.ARRAY -> filled(in, new ArrayDeque<>(), elements);
            case QueueForms.LINKED -> filled(in, new ConcurrentLinkedQueue<>(), elements);
            case QueueForms.LINKED_DEQUE -> filled(in, new ConcurrentLinkedDeque<>(), elements);
            case QueueForms.BLOCKING -> filled(in, new LinkedBlockingQueue<>(capacity), elements);
            case QueueForms.BLOCKING_DEQUE -> filled(in, new LinkedBlockingDeque<>(capacity), elements);
            default -> throw unknown(in);
        };
    }

    /** The elements come in the order of a heap, which adding them one after the other keeps. */
    private static Queue<?> priorityQueue(CanonicalReader in) {
        int kind = in.kind();
        Comparator<Object> order = Comparators.read(in.source());
        List<@Nullable Object> elements = in.elements();
        return switch (kind) {
            case QueueForms.PRIORITY -> filled(in, new PriorityQueue<>(order), elements);
            case QueueForms.BLOCKING_PRIORITY ->
                filled(in, new PriorityBlockingQueue<>(Math.max(1, elements.size()), order), elements);
            default -> throw unknown(in);
        };
    }

    private static <C extends Collection<Object>> C filled(CanonicalReader in, C to, List<@Nullable Object> elements) {
        for (Object element : elements) {
            if (!to.add(element)) {
                throw in.source().damaged("a set holds an element twice");
            }
        }
        return to;
    }

    static RuntimeException unknown(CanonicalReader in) {
        return in.source().damaged("a kind of collection is not known");
    }
}
