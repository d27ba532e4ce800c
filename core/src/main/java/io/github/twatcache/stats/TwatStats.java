package io.github.twatcache.stats;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the open caches have counted: each by its name, and all together. A snapshot: immutable. */
public final class TwatStats extends AbstractMap<String, CacheStats> {
    private final Map<String, CacheStats> caches;

    /**
     * Copies the counts.
     *
     * @param caches the counts by name, in the order in which they are shown
     */
    public TwatStats(Map<String, CacheStats> caches) {
        this.caches = Collections.unmodifiableMap(new LinkedHashMap<>(caches));
    }

    /**
     * The counts of all caches together.
     *
     * @return the sums; hits count as counted, and bytes and the time of loads are there, only if every cache knows its own
     */
    public CacheStats total() {
        return caches.values().stream().reduce(CacheStats.NONE, CacheStats::plus);
    }

    @Override
    public @Nullable CacheStats get(Object name) {
        return caches.get(name);
    }

    @Override
    public boolean containsKey(Object name) {
        return caches.containsKey(name);
    }

    @Override
    public Set<Entry<String, CacheStats>> entrySet() {
        return caches.entrySet();
    }

    /** A line for each cache, and one for all together. */
    @Override
    public String toString() {
        StringBuilder lines = new StringBuilder(128);
        caches.forEach(
                (name, stats) -> lines.append(name).append(": ").append(stats).append('\n'));
        return lines.append("total: ").append(total()).toString();
    }
}
