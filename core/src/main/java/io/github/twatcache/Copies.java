package io.github.twatcache;

import java.lang.reflect.Array;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.PriorityBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * Copies of arrays and JDK collections, to any depth, for {@code copyOnRead()}. Anything else is handed through.
 *
 * <p>A copy keeps the class where that is one that anybody can make, so that a caller who knows it is not surprised;
 * else the kind and the order: a list becomes an {@link ArrayList}, a sorted set a {@link TreeSet} with its comparator,
 * and so on.
 */
final class Copies {
    private Copies() {}

    static @Nullable Object of(@Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (value.getClass().isArray()) {
            return array(value);
        }
        if (!value.getClass().getName().startsWith("java.util.")) {
            return value;
        }
        if (value instanceof Map<?, ?> map) {
            return map(map);
        }
        return value instanceof Collection<?> collection ? collection(collection) : value;
    }

    private static Object array(Object array) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        if (copy instanceof Object[] elements) {
            for (int i = 0; i < length; i++) {
                Object element = elements[i];
                if (element != null && element.getClass().isArray()) {
                    elements[i] = array(element);
                } else if (elements.getClass().getComponentType().isAssignableFrom(Object.class)) {
                    elements[i] = of(element);
                }
            }
        }
        return copy;
    }

    @SuppressWarnings("unchecked") // a copy of a map holds what the map holds
    private static Object map(Map<?, ?> map) {
        Map<@Nullable Object, @Nullable Object> copy;
        if (map instanceof EnumMap<?, ?> byEnum) {
            copy = (Map<@Nullable Object, @Nullable Object>) (Map<?, ?>) byEnum.clone();
        } else if (map instanceof ConcurrentSkipListMap<?, ?> sorted) {
            copy = new ConcurrentSkipListMap<>(((SortedMap<Object, Object>) (SortedMap<?, ?>) sorted).comparator());
        } else if (map instanceof SortedMap<?, ?> sorted) {
            copy = new TreeMap<>(((SortedMap<Object, Object>) sorted).comparator());
        } else {
            copy = empty(map) instanceof Map<?, ?> same
                    ? (Map<@Nullable Object, @Nullable Object>) same
                    : new LinkedHashMap<>();
        }
        map.forEach((key, value) -> copy.put(of(key), of(value)));
        return copy;
    }

    @SuppressWarnings("unchecked") // a copy of a collection holds what the collection holds
    private static Object collection(Collection<?> collection) {
        Collection<@Nullable Object> copy;
        if (collection instanceof EnumSet<?> ofEnums) {
            return ofEnums.clone();
        } else if (collection instanceof PriorityQueue<?> queue) {
            copy = new PriorityQueue<>(((PriorityQueue<Object>) queue).comparator());
        } else if (collection instanceof PriorityBlockingQueue<?> queue) {
            return new PriorityBlockingQueue<>(queue);
        } else if (collection instanceof ConcurrentSkipListSet<?> sorted) {
            copy = new ConcurrentSkipListSet<>(((SortedSet<Object>) (SortedSet<?>) sorted).comparator());
        } else if (collection instanceof SortedSet<?> sorted) {
            copy = new TreeSet<>(((SortedSet<Object>) sorted).comparator());
        } else if (empty(collection) instanceof Collection<?> same) {
            copy = (Collection<@Nullable Object>) same;
        } else if (collection instanceof Set) {
            copy = new LinkedHashSet<>();
        } else if (collection instanceof List) {
            copy = new ArrayList<>(collection.size());
        } else if (collection instanceof Deque) {
            copy = new ArrayDeque<>(collection.size());
        } else {
            return Collections.unmodifiableCollection(new ArrayList<>(collection));
        }
        collection.forEach(element -> copy.add(of(element)));
        return copy;
    }

    /** An empty collection of the same public class of the JDK's, or {@code null} where none can be made. */
    private static @Nullable Object empty(Object collection) {
        if (!Modifier.isPublic(collection.getClass().getModifiers())) {
            return null;
        }
        try {
            return collection.getClass().getConstructor().newInstance();
        } catch (ReflectiveOperationException notForAll) {
            return null;
        }
    }
}
