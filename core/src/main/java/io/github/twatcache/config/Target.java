package io.github.twatcache.config;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Which caches a value of a configuration is for.
 *
 * @param override whether it beats what code says
 * @param caches the name or the pattern, or {@code null} for all
 */
record Target(boolean override, @Nullable NamePattern caches) implements Comparable<Target> {
    private static final Comparator<Target> ORDER = Comparator.comparing(Target::override)
            .thenComparing(Target::caches, Comparator.nullsFirst(Comparator.naturalOrder()));

    boolean matches(String name) {
        return caches == null || caches.matches(name);
    }

    /** Whether all caches that the other is for are among those that this one is for, as far as can be told. */
    boolean covers(Target other) {
        NamePattern theirs = other.caches;
        return caches == null
                || (theirs != null && (caches.equals(theirs) || (theirs.exact() && caches.matches(theirs.name()))));
    }

    /** Whether it is for one cache and no other. */
    boolean aimed() {
        return caches != null && caches.exact();
    }

    /** What beats less, first. */
    @Override
    public int compareTo(Target other) {
        return ORDER.compare(this, other);
    }
}
