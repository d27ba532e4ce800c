package io.github.twatcache.config;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Classes that somebody has named. Immutable; two are equal when the classes are the same, in whatever order.
 *
 * @param named the classes
 */
public record Classes(Set<Class<?>> named) {
    /** Copies the set. */
    public Classes {
        named = Set.copyOf(named);
    }

    /**
     * These classes and more.
     *
     * @param more the others
     * @return all of them
     */
    public Classes and(Set<Class<?>> more) {
        Set<Class<?>> all = new LinkedHashSet<>(named);
        all.addAll(more);
        return new Classes(all);
    }

    /** Their names, in order. */
    @Override
    public String toString() {
        return named.stream()
                .map(Class::getName)
                .sorted(Comparator.naturalOrder())
                .collect(Collectors.joining(", "));
    }
}
