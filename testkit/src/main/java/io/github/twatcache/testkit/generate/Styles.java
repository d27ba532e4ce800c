package io.github.twatcache.testkit.generate;

import java.util.AbstractMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Vector;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CopyOnWriteArraySet;
import org.jspecify.annotations.Nullable;

/** Fills collections of some class, in some order where order does not count. */
final class Styles {
    private final SplittableRandom random;

    Styles(SplittableRandom random) {
        this.random = random;
    }

    // Old classes are lists, too.
    @SuppressWarnings("JdkObsolete")
    List<@Nullable Object> list(List<@Nullable Object> elements) {
        return switch (random.nextInt(7)) {
            case 0 -> new LinkedList<>(elements);
            case 1 -> new Vector<>(elements);
            case 2 -> new CopyOnWriteArrayList<>(elements);
            case 3 -> Collections.unmodifiableList(elements);
            case 4 -> Arrays.asList(elements.toArray());
            case 5 -> elements.contains(null) ? elements : List.copyOf(elements);
            default -> elements;
        };
    }

    Set<@Nullable Object> set(List<@Nullable Object> elements) {
        shuffle(elements);
        if (allNumbers(elements)) {
            return new TreeSet<>(elements);
        }
        return switch (random.nextInt(4)) {
            case 0 -> new HashSet<>(elements);
            case 1 -> new CopyOnWriteArraySet<>(elements);
            case 2 -> Collections.unmodifiableSet(new LinkedHashSet<>(elements));
            default -> new LinkedHashSet<>(elements);
        };
    }

    Map<@Nullable Object, @Nullable Object> map(List<@Nullable Object> keys, List<@Nullable Object> items) {
        Map<@Nullable Object, @Nullable Object> byKey = new LinkedHashMap<>();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            order.add(i);
        }
        shuffle(order);
        for (int i : order) {
            byKey.put(keys.get(i), items.get(i));
        }
        if (allNumbers(keys)) {
            return new TreeMap<>(byKey);
        }
        // No ConcurrentHashMap: its equals throws when it meets a TreeMap of other keys in a set.
        return switch (random.nextInt(4)) {
            case 0 -> new HashMap<>(byKey);
            case 1 -> Collections.synchronizedMap(byKey);
            case 2 -> Collections.unmodifiableMap(byKey);
            default -> byKey;
        };
    }

    Queue<Object> queue(Collection<Object> elements) {
        return random.nextBoolean() ? new ArrayDeque<>(elements) : new ConcurrentLinkedDeque<>(elements);
    }

    Map.Entry<Object, @Nullable Object> entry(Object key, @Nullable Object value) {
        return random.nextBoolean()
                ? new AbstractMap.SimpleEntry<>(key, value)
                : new AbstractMap.SimpleImmutableEntry<>(key, value);
    }

    private boolean allNumbers(List<@Nullable Object> elements) {
        return random.nextBoolean() && elements.stream().allMatch(Integer.class::isInstance);
    }

    private void shuffle(List<?> elements) {
        for (int i = elements.size(); i > 1; i--) {
            Collections.swap(elements, i - 1, random.nextInt(i));
        }
    }
}
