package io.github.twatcache;

import io.github.twatcache.config.Sourced;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a cache came to be what it is: which engine, why, what was passed over, which settings from where.
 *
 * @param cache the cache's name
 * @param engine the engine's name
 * @param reasons why this engine, in sentences
 * @param settings the settings that were given, each with its source, in the order in which they were given
 * @param notes which settings gave way to others, and which were skipped because they were meant for many caches and this
 *     one's engine cannot honour them, in sentences
 * @param function the function that is memoized, or that there is none
 */
public record Explanation(
        String cache,
        String engine,
        List<String> reasons,
        Map<String, Sourced<?>> settings,
        List<String> notes,
        String function) {
    /** Copies the lists and the map. */
    public Explanation {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }

    /** The explanation as sentences, a line each. */
    @Override
    public String toString() {
        StringBuilder words = new StringBuilder(128);
        words.append("cache '")
                .append(cache)
                .append("' is on engine '")
                .append(engine)
                .append("'\n");
        words.append("function: ").append(function).append('\n');
        reasons.forEach(reason -> words.append("engine: ").append(reason).append('\n'));
        settings.forEach((key, value) -> words.append(key)
                .append(" = ")
                .append(value.value())
                .append(" (from ")
                .append(value.source())
                .append(")\n"));
        notes.forEach(note -> words.append("note: ").append(note).append('\n'));
        return words.toString();
    }
}
