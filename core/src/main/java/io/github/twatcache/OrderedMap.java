package io.github.twatcache;

import io.github.twatcache.config.Policy;
import io.github.twatcache.config.Setting;
import io.github.twatcache.config.Settings;
import io.github.twatcache.error.ConfigurationException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A map in insertion order that outlives the process and is shared by all that open its cache. Thread-safe.
 *
 * <p>It is {@link Cache#asMap()} in order, with its ends: null is no value here, each method that concerns one key is
 * atomic, functions given to {@code compute} methods may run again. A key keeps its place when its value is replaced, and
 * goes to the end when it was removed in between. Iteration is weakly consistent and does not see what is inserted after it
 * has begun; {@link #size()} counts one by one.
 *
 * <p>A map must not lose anything, so a cache that evicts or expires entries is refused.
 *
 * <pre>{@code
 * OrderedMap<String, Job> jobs = OrderedMap.of(twat.disk("jobs").types(String.class, Job.class).build());
 * jobs.put("a", job);
 * Map.Entry<String, Job> oldest = jobs.pollFirstEntry();
 * }</pre>
 *
 * @param <K> the type of the keys
 * @param <V> the type of the values
 */
public final class OrderedMap<K, V extends @Nullable Object> extends MapView<K, V> {
    private static final List<Setting<?>> LOSING = List.of(Settings.EXPIRE_AFTER_WRITE, Settings.EXPIRE_AFTER_ACCESS);

    private final Ordered<K, V> ordered;

    private OrderedMap(DataCache<K, V> cache, Ordered<K, V> ordered) {
        super(cache, () -> ordered.iterator(false));
        this.ordered = ordered;
    }

    /**
     * A cache as an ordered map.
     *
     * @param <K> the type of the keys
     * @param <V> the type of the values
     * @param cache a cache without a maximum (or with {@code policy(NONE)}) and without lifetimes
     * @return the map
     * @throws ConfigurationException when the engine keeps no order, naming those that do, or when the cache may lose entries
     * @throws IllegalStateException when the cache is closed
     */
    public static <K, V extends @Nullable Object> OrderedMap<K, V> of(Cache<K, V> cache) {
        Ordered<K, V> ordered = Ordered.of(cache);
        DataCache<K, V> face = Ability.face(cache);
        for (Setting<?> setting : face.core.spec.given()) {
            boolean maximum = setting.group().equals(Settings.MAXIMUM_SIZE.group())
                    && face.core.spec.get(Settings.POLICY) != Policy.NONE;
            if (maximum || LOSING.contains(setting)) {
                throw new ConfigurationException("cache '" + cache.name() + "' may lose entries: " + setting + " = "
                        + face.core.spec.get(setting) + "; an ordered map must not: leave the setting out"
                        + (maximum ? ", or add policy(NONE)" : ""));
            }
        }
        return new OrderedMap<>(face, ordered);
    }

    /**
     * The entry that was inserted first.
     *
     * @return the entry; {@code null} where there is none
     */
    public Map.@Nullable Entry<K, V> firstEntry() {
        return ordered.first().orElse(null);
    }

    /**
     * The entry that was inserted last.
     *
     * @return the entry; {@code null} where there is none
     */
    public Map.@Nullable Entry<K, V> lastEntry() {
        return ordered.last().orElse(null);
    }

    /**
     * Takes the entry out that was inserted first. Atomic: it goes to one taker.
     *
     * @return the entry; {@code null} where there is none
     */
    public Map.@Nullable Entry<K, V> pollFirstEntry() {
        return ordered.pollFirst().orElse(null);
    }

    /**
     * Takes the entry out that was inserted last. Atomic: it goes to one taker.
     *
     * @return the entry; {@code null} where there is none
     */
    public Map.@Nullable Entry<K, V> pollLastEntry() {
        return ordered.pollLast().orElse(null);
    }

    /**
     * The entries from the last that was inserted to the first.
     *
     * @return an iterator of immutable entries, to be walked to its end
     */
    public Iterator<Map.Entry<K, V>> descendingIterator() {
        return ordered.iterator(true);
    }
}
